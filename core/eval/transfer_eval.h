// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/data/packed_chairs.h"
#include "core/jobs/job.h"
#include "core/metrics/chair_score.h"
#include "core/recipe/transfer_nearest.h"
#include "core/sessions/transfer_models.h"

namespace vitrine {

/// A method's pictures of unseen views of the targets.
struct TransferRow {
    std::string method;
    std::vector<ChairScore> scores;  ///< by TransferSetting; 0 views where no network has it
};

struct TransferEval {
    std::vector<TransferRow> rows;
    std::size_t numTargets = 0, numSources = 0;
};

/// Scores networks with and without transfer, both readings of it, beside the nearest source chair on the
/// given views and the nearest given view. Several networks of one setting (seeds) are averaged. Stops:
/// between networks. Errors: InvalidArgument (a data set that does not fit the networks), those of
/// ChairSession::generate(), Busy (stopped). Source: papers.md B6.
Result<TransferEval> evaluateTransfer(std::vector<TransferModel>& models,
                                      const PackedChairs& data,
                                      const JobContext& job);

/// The nearest source chairs of every target in every setting, for the window. Errors: as above. Source:
/// papers.md B6.
Result<std::vector<NearestSource>> nearestSources(const std::vector<TransferModel>& models,
                                                  const PackedChairs& data,
                                                  const JobContext& job);

}  // namespace vitrine
