// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/truth_likelihood.h"

#include <limits>

#include "core/nets/gaussian_segmenter.h"
#include "core/nets/random_tensors.h"
#include "core/nets/token_segmenter.h"

namespace vitrine {

double truthLogLikelihood(const Segmenter& segmenter,
                          LikelihoodEstimator estimator,
                          const torch::Tensor& labels,
                          std::int64_t numSamples,
                          std::uint64_t seed,
                          std::uint64_t picture) {
    constexpr double kNoEstimate = std::numeric_limits<double>::quiet_NaN();
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
    const LatentLikelihood model = likelihoodOf(gaussian.network(), gaussian.condition(), labels);
    const auto generator = generatorOf({seed, 0xC11, std::uint64_t(estimator), picture});
    return estimatedLogLikelihood(model, estimator, numSamples, generator);
}

}  // namespace vitrine
