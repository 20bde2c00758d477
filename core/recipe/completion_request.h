// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/image.h"
#include "core/recipe/segmentation_request.h"

namespace vitrine {

/// What a quadrant network is asked: the rest of a picture of which it sees some quadrants.
struct CompletionRequest {
    static constexpr int kMaxSamples = SegmentationRequest::kMaxSamples, kDefaultSamples = 16;
    static constexpr double kMaxTemperature = SegmentationRequest::kMaxTemperature, kMaxDeviations = 100;

    Image image;  ///< the whole picture, any size, 1, 3 or 4 channels; a network that sees nothing asks for
                  ///< none but has nothing to score or to reconstruct without it
    int numSamples = kDefaultSamples;
    std::uint64_t seed = 1;
    double temperature = 1;  ///< times the prior's standard deviation, see SegmentationRequest
    std::vector<ForcedChannel> forced;
};

/// How well the hidden pixels are predicted, whatever the request's seed, temperature and held channels.
/// Units: nats, less is better; NaN where the network cannot tell. Source: papers.md A8, A10.
struct CompletionScores {
    double guess = 0;       ///< -log p(y|x) of the deterministic network
    double monteCarlo = 0;  ///< of the latent one, z ~ p(z|x), 1,000 samples
    double importance = 0;  ///< z ~ q(z|x, y), 100 samples
};

/// What it answers. Shapes: pictures and maps [28, 28, 1]; in all but `reconstruction` the seen pixels are
/// the picture's own.
struct CompletionResult {
    Image picture;         ///< as the network was trained to see it; black without one
    LabelMap hidden;       ///< 1 = hidden from the network
    Image guess;           ///< of the deterministic network; empty where nothing is seen
    Image priorMean;       ///< at the prior mean; empty without a latent
    Image reconstruction;  ///< at the recognition network's mean; empty without one or without a picture
    std::vector<Image> samples;  ///< probabilities of each sample; one, the guess, without a latent
    Image mean;                  ///< of the samples
    ScalarMap deviation;         ///< standard deviation between the samples, 0 to 0.5
    double meanDeviation = 0;    ///< over the hidden pixels
    std::optional<CompletionScores> scores;  ///< with a picture
    std::vector<double>
        channelNats;  ///< KL(q || p) of each latent channel; empty without a recognition network
};

}  // namespace vitrine
