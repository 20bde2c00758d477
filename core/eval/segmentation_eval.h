// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/data/split.h"
#include "core/jobs/job.h"
#include "core/metrics/sample_scores.h"
#include "core/nets/segmenter_info.h"

namespace vitrine {

struct SegmentationEvalOptions {
    std::int64_t numScenes = 0;  ///< of the split, evenly spread; 0 = all
    int numSamples = 20;
    int numSamplingSteps = 1;                 ///< as in SamplingOptions
    int numSteps = 12;                        ///< likewise
    double temperature = 1;                   ///< likewise
    std::int64_t numCalibrationScenes = 200;  ///< of the validation split, for the temperature
    bool studio = false;  ///< the rooms give way to plain walls and floors: what is left is the chair alone
    std::int64_t numLikelihoodSamples = 0;  ///< of each estimate of the likelihood; 0 = leave it out
    std::uint64_t seed = 1;
    Split split = Split::Test;               ///< Validation: to choose by
    std::size_t numRetrievalScenes = 2'000;  ///< of the training split, that the retrieval baseline looks up
};

/// The answer at the prior mean to whole pictures: the paper's protocol. IoU: as in OmittedScores. Source:
/// papers.md A7.
struct WholeScores {
    GroupedMean pixelAccuracy, iou;
    GroupedMean guessIou;       ///< of the CNN's logits alone; NaN without a CNN
    GroupedMean foregroundIou;  ///< all parts against background, summed over the set
    GroupedMean
        reconstructionIou;  ///< at the mean of q(z|x, y): the ceiling; NaN without a recognition network
};

/// `omitted` is of pictures of which a box of 20 to 75% a side is left out, the same boxes for every method.
struct SegmentationEval {
    SegmenterInfo model;   ///< of a network
    std::string baseline;  ///< name of what is no network; else empty
    std::size_t numScenes = 0;
    WholeScores whole;  ///< of a network
    OmittedScores omitted;
};

/// One network on held-out scenes. Errors: those of the weight file and the set; InvalidArgument (another
/// number of classes, a size that does not divide the set's, no scenes in the split). Stops: between scenes
/// (Result is an error that says so).
Result<SegmentationEval> evaluateSegmentation(const std::filesystem::path& weights,
                                              const std::filesystem::path& scenes,
                                              const SegmentationEvalOptions& options,
                                              const JobContext& job);

/// What the networks are compared with, on the same hidden boxes. "truth": the true labels, which show what
/// the rule of whole legs makes of them. "retrieval": as many samples as a network draws, each a training
/// label map in place of the hidden pixels; the maps agree best with the labels that the network of the
/// weight file, at the prior mean, gives the visible pixels. It sees what the network sees, and no true
/// label. Its single answer is the samples' vote. There is no retrieval where the set has no training scenes.
/// Errors and stops: as above.
Result<std::vector<SegmentationEval>> evaluateSegmentationBaselines(const std::filesystem::path& weights,
                                                                    const std::filesystem::path& scenes,
                                                                    const SegmentationEvalOptions& options,
                                                                    const JobContext& job);

}  // namespace vitrine
