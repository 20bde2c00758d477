// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <functional>
#include <span>
#include <vector>

#include "core/base/image.h"
#include "core/metrics/likelihood_summary.h"
#include "core/nets/completion_nets.h"
#include "core/nets/fast_segmentation_net.h"

namespace vitrine {

/// How log p(y|x) = log E p(y|x, z) is estimated. Source: papers.md A8.
enum class LikelihoodEstimator {
    MonteCarlo,         ///< z ~ p(z|x)
    ImportanceSampling  ///< z ~ q(z|x, y), weighted by p / q; needs a trained recognition network
};

/// One image with its answer, under a model with a latent. Shapes: Gaussians over [1, Z, ...];
/// logLikelihood: z [S, Z, ...] -> log p(y|x, z) [S], in nats.
struct LatentLikelihood {
    LatentGaussian prior, proposal;  ///< proposal: of importance sampling only
    std::function<torch::Tensor(const torch::Tensor& z)> logLikelihood;
};

/// log w_s, so that the likelihood is their mean: log p(y|x, z_s), with importance sampling + log p(z_s) -
/// log q(z_s). Seed: the caller's generator. A longer run begins as a shorter one.
std::vector<double> logWeights(const LatentLikelihood& model,
                               LikelihoodEstimator estimator,
                               std::int64_t numSamples,
                               torch::Generator generator);

/// The estimate from the first S weights, for each S: log-sum-exp - log S. A lower bound that rises with S,
/// on average. Shapes: counts ascending, none above the number of weights.
std::vector<double> likelihoodCurve(std::span<const double> logWeights, std::span<const std::int64_t> counts);

/// The estimate from all of so many weights.
double estimatedLogLikelihood(const LatentLikelihood& model,
                              LikelihoodEstimator estimator,
                              std::int64_t numSamples,
                              torch::Generator generator);

/// -KL(q || p) + log p(y|x, z) averaged over the samples z ~ q: the bound that a CVAE is trained on.
double evidenceLowerBound(const LatentLikelihood& model, std::int64_t numSamples, torch::Generator generator);

/// log p(y|x, z) of whole label maps, probabilities clamped to [1e-7, 1 - 1e-7]; unknown pixels count
/// nothing. Shapes: logits [N, K, H, W], labels [H, W] or [N, H, W] int64 -> [N]. Source: papers.md A8.
torch::Tensor labelLogLikelihood(const torch::Tensor& logits, const torch::Tensor& labels);

/// A structured predictor on one image; it must live as long as what is returned. Shapes: labels [1, H, W]
/// int64. The variants cnn and gdnn have a single value: labelLogLikelihood() of meanLogits().
LatentLikelihood likelihoodOf(const FastSegmentationNet& network,
                              const FastSegmentationNet::Condition& condition,
                              const torch::Tensor& labels);

/// A latent's quadrant network on one picture. Shapes: image [1, 784].
LatentLikelihood likelihoodOf(CompletionNet network, const torch::Tensor& image);

}  // namespace vitrine
