// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/metrics/conditional_likelihood.h"

namespace vitrine {

class Segmenter;

/// log p(y|x) of the true labels in nats, of a segmenter that has looked at a picture; a lower bound, on
/// average. NaN where a network has no such estimate. Monte Carlo is exact without noise, and too costly for
/// tokens. Importance sampling needs recognition; with tokens it is log p(z|x) + log p(y|x, z) at the tokens
/// of y, of which q is certain. Shapes: labels [1, H, W] int64, kUnknownLabel where nothing counts.
/// `picture`: its number; the noise is a function of it and of the seed. Stops: between passes of samples
/// when `keepGoing` returns false; then NaN. Source: papers.md A8.
double truthLogLikelihood(const Segmenter& segmenter,
                          LikelihoodEstimator estimator,
                          const torch::Tensor& labels,
                          std::int64_t numSamples,
                          std::uint64_t seed,
                          std::uint64_t picture = 0,
                          const std::function<bool()>& keepGoing = {});

}  // namespace vitrine
