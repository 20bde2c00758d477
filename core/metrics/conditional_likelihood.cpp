// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/conditional_likelihood.h"

#include <cmath>
#include <limits>
#include <utility>

namespace vitrine {
namespace {

using torch::Tensor;

constexpr std::int64_t kSamplesPerPass = 25;
constexpr double kMinLikelihood = 1e-7;

/// The same noise whatever the number of samples and the size of a pass.
Tensor drawNoise(const LatentGaussian& gaussian, std::int64_t count, torch::Generator& generator) {
    std::vector<Tensor> drawn;
    for (std::int64_t i = 0; i < count; ++i) drawn.push_back(torch::randn(gaussian.mean.sizes(), generator));
    return torch::cat(drawn).to(gaussian.mean.device());
}

/// Adds log(exp(a) + exp(b)) without overflow.
double logAdd(double a, double b) {
    const double most = std::max(a, b);
    return std::isinf(most) ? most : most + std::log1p(std::exp(std::min(a, b) - most));
}

}  // namespace

std::vector<double> logWeights(const LatentLikelihood& model,
                               LikelihoodEstimator estimator,
                               std::int64_t numSamples,
                               torch::Generator generator) {
    const torch::NoGradGuard noGrad;
    const bool weighted = estimator == LikelihoodEstimator::ImportanceSampling;
    const LatentGaussian& source = weighted ? model.proposal : model.prior;
    std::vector<double> weights;
    while (std::int64_t(weights.size()) < numSamples) {
        const auto count = std::min(kSamplesPerPass, numSamples - std::int64_t(weights.size()));
        const Tensor z = source.sample(drawNoise(source, count, generator));
        Tensor logs = model.logLikelihood(z).to(torch::kFloat64);
        if (weighted) logs = logs + model.prior.logDensity(z) - model.proposal.logDensity(z);
        const Tensor onCpu = logs.to(torch::kCPU).contiguous();
        weights.insert(weights.end(), onCpu.data_ptr<double>(), onCpu.data_ptr<double>() + count);
    }
    return weights;
}

std::vector<double> likelihoodCurve(std::span<const double> logWeights,
                                    std::span<const std::int64_t> counts) {
    std::vector<double> curve;
    double sum = -std::numeric_limits<double>::infinity();
    std::size_t used = 0;
    for (const std::int64_t count : counts) {
        for (; used < std::size_t(count); ++used) sum = logAdd(sum, logWeights[used]);
        curve.push_back(sum - std::log(double(count)));
    }
    return curve;
}

double estimatedLogLikelihood(const LatentLikelihood& model,
                              LikelihoodEstimator estimator,
                              std::int64_t numSamples,
                              torch::Generator generator) {
    const auto weights = logWeights(model, estimator, numSamples, std::move(generator));
    return likelihoodCurve(weights, std::span(&numSamples, 1)).front();
}

double evidenceLowerBound(const LatentLikelihood& model,
                          std::int64_t numSamples,
                          torch::Generator generator) {
    const torch::NoGradGuard noGrad;
    const Tensor z = model.proposal.sample(drawNoise(model.proposal, numSamples, generator));
    const double kl = klPerChannel(model.proposal, model.prior).sum().item<double>();
    return model.logLikelihood(z).mean().item<double>() - kl;
}

Tensor labelLogLikelihood(const Tensor& logits, const Tensor& labels) {
    const auto all = labels.dim() == 3 && labels.size(0) == logits.size(0)
                         ? labels
                         : labels.view({1, logits.size(2), logits.size(3)}).expand({logits.size(0), -1, -1});
    const auto logProbability = -at::cross_entropy_loss(
        logits.to(torch::kFloat32), all, /*weight=*/{}, at::Reduction::None, kUnknownLabel);
    const auto clamped = logProbability.clamp(std::log(kMinLikelihood), std::log1p(-kMinLikelihood));
    return clamped.masked_fill(all == std::int64_t(kUnknownLabel), 0).flatten(1).sum(1);
}

LatentLikelihood likelihoodOf(const FastSegmentationNet& network,
                              const FastSegmentationNet::Condition& condition,
                              const Tensor& labels) {
    LatentLikelihood model;
    model.prior = condition.prior;
    if (network.options().hasRecognition())
        model.proposal = network.recognition(condition, oneHotLabels(labels, network.options().numClasses));
    model.logLikelihood = [&network, condition, labels](const Tensor& z) {
        return labelLogLikelihood(network.logits(condition, z), labels);
    };
    return model;
}

LatentLikelihood likelihoodOf(CompletionNet network, const Tensor& image) {
    const torch::NoGradGuard noGrad;
    LatentLikelihood model;
    model.prior = network->priorOf(image, network->guess(image));
    if (network->recognition) model.proposal = network->recognitionOf(image);
    model.logLikelihood = [network, image](const Tensor& z) mutable {
        return hiddenLogLikelihood(network->logitsOf(z), image, network->seen);
    };
    return model;
}

}  // namespace vitrine
