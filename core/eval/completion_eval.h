// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/jobs/job.h"
#include "core/metrics/likelihood_summary.h"
#include "core/nets/completion_net_options.h"

namespace vitrine {

struct CompletionEvalOptions {
    std::vector<std::int64_t> counts = {10, 30, 100, 300, 1000, 3000, 10000};  ///< S, ascending
    std::int64_t numPictures = 100;  ///< of the test set, evenly spread
    std::uint64_t seed = 1;
};

/// -log p(y|x) over pictures for each S. Units: nats per image.
using LikelihoodCurve = std::vector<LikelihoodSummary>;

/// One network on held-out pictures. What the network cannot tell is empty or NaN.
struct CompletionEval {
    CompletionNetOptions network;
    LikelihoodSummary baseline;  ///< the deterministic network (NN)
    LikelihoodCurve monteCarlo;  ///< z ~ p(z|x)
    LikelihoodCurve importance;  ///< z ~ q(z|x, y); CVAE only
    LikelihoodSummary bound;     ///< -ELBO, 100 samples; CVAE only
};

/// `folder`: the idx files; empty = Fashion-MNIST of Debian's package. Errors: those of the weight file and
/// the pictures; NotFound, BadFormat; InvalidArgument (counts not ascending). Stops: between pictures (Result
/// is an error that says so). Source: papers.md A8, A10.
Result<CompletionEval> evaluateCompletion(const std::filesystem::path& weights,
                                          const std::filesystem::path& folder,
                                          const CompletionEvalOptions& options,
                                          const JobContext& job);

}  // namespace vitrine
