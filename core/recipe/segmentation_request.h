// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/base/image.h"
#include "core/metrics/calibration.h"
#include "core/nets/segmenter_info.h"

namespace vitrine {

/// The bundled variant that panel and command line use by default.
inline constexpr const char* kDefaultSegmentationModel = "cvae";

/// What a network that segments is asked. The maps are empty or of the image's size.
struct SegmentationRequest : SamplingOptions {
    static constexpr int kMaxSamples = 10000, kDefaultSamples = 10, kMaxSweeps = 1000, kMaxSamplingSteps = 64,
                         kMaxSteps = 256;
    static constexpr double kMaxTemperature = 3;

    Image image;        ///< any size, 1, 3 or 4 channels
    LabelMap omission;  ///< left out where not 0
    LabelMap observed;  ///< labels that are known; kUnknownLabel elsewhere. The samples follow them
    LabelMap truth;     ///< to score against
    int numSamples = kDefaultSamples;
};

/// Scores against the truth; IoU without the background, an empty class leaves no number (NaN where none is
/// left).
struct SegmentationScores {
    double meanIou = 0, guessIou = 0,
           bestIou = 0;  ///< answer at the prior mean; the CNN's guess; best sample
    double reconstructionIou = 0, nearestKnownIou = 0;  ///< NaN without the map of that name
    std::vector<double> sampleIous;
    double pixelAccuracy = 0;  ///< at the prior mean
    double energyDistance = 0;
    double wholeLegs =
               0,  ///< share of the samples whose hidden legs are whole; NaN where the truth hides none
        falseLegs =
            0;  ///< of a sample's hidden leg pixels the share far from any true leg, mean; see LegMeasures
    Calibration calibration;  ///< of the samples' mean probability, where labels were not given; ten bins
};

/// What it answers. Shapes: all of the network's size.
struct SegmentationResult {
    Image input;     ///< what the network saw
    LabelMap guess;  ///< the CNN alone; empty without one
    LabelMap mean;   ///< at the prior mean: the deterministic answer
    LabelMap
        reconstruction;  ///< when the latent has seen the truth; empty without truth or recognition network
    LabelMap
        nearestKnown;  ///< no network's: each unknown pixel has the nearest known label; see knownLabels()
    std::vector<LabelMap> samples;  ///< argmax of each
    LabelMap argmax;                ///< of the samples' mean probability
    Raster<float> probability;      ///< [H, W, K], mean over the samples
    ScalarMap entropy;              ///< of that mean, in 0..1: 1 is no idea
    ScalarMap mutualInformation;    ///< the part of it that is disagreement between the samples, in 0..1
    std::vector<double>
        changedShares;  ///< after each sweep: share of open pixels whose class changed, mean over the samples
    double diversity = 0;                      ///< mean 1 - IoU between samples
    std::optional<SegmentationScores> scores;  ///< with a truth
    bool isComplete = true;                    ///< false: a callback stopped it
};

}  // namespace vitrine
