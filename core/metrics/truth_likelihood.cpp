// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/truth_likelihood.h"

#include <limits>
#include <vector>

#include "core/nets/gaussian_segmenter.h"
#include "core/nets/random_tensors.h"
#include "core/nets/token_segmenter.h"

namespace vitrine {
namespace {

constexpr double kNoEstimate = std::numeric_limits<double>::quiet_NaN();

/// The same numbers: the network generates as many at a time anyway. `isWhole` becomes false where it stops.
void stopBetweenPasses(LatentLikelihood& model, const std::function<bool()>& keepGoing, bool& isWhole) {
    model.logLikelihood =
        [&keepGoing, &isWhole, likelihoodOfAll = model.logLikelihood](const torch::Tensor& z) {
            std::vector<torch::Tensor> logs;
            for (const torch::Tensor& part : z.split(FastSegmentationNet::kSamplesPerPass)) {
                isWhole = isWhole && keepGoing();
                logs.push_back(isWhole ? likelihoodOfAll(part) : torch::zeros({part.size(0)}));
            }
            return torch::cat(logs);
        };
}

}  // namespace

double truthLogLikelihood(const Segmenter& segmenter,
                          LikelihoodEstimator estimator,
                          const torch::Tensor& labels,
                          std::int64_t numSamples,
                          std::uint64_t seed,
                          std::uint64_t picture,
                          const std::function<bool()>& keepGoing) {
    const bool isWeighted = estimator == LikelihoodEstimator::ImportanceSampling;
    if (!segmenter.info().hasNoise)
        return isWeighted ? kNoEstimate : labelLogLikelihood(segmenter.mean({}), labels).item<double>();
    if (const auto* tokens = dynamic_cast<const TokenSegmenter*>(&segmenter)) {
        if (!isWeighted) return kNoEstimate;
        const auto oneHot = oneHotLabels(labels, segmenter.info().numClasses);
        return tokens->priorLogLikelihood(oneHot) +
               labelLogLikelihood(tokens->reconstruction(oneHot), labels).item<double>();
    }
    const auto& gaussian = dynamic_cast<const GaussianSegmenter&>(segmenter);
    if (isWeighted && !gaussian.network().options().hasRecognition()) return kNoEstimate;
    LatentLikelihood model = likelihoodOf(gaussian.network(), gaussian.condition(), labels);
    bool isWhole = true;
    if (keepGoing) stopBetweenPasses(model, keepGoing, isWhole);
    const auto generator = generatorOf({seed, 0xC11, std::uint64_t(estimator), picture});
    const double estimate = estimatedLogLikelihood(model, estimator, numSamples, generator);
    return isWhole ? estimate : kNoEstimate;
}

}  // namespace vitrine
