// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/eval/calibration.h"
#include "core/jobs/job.h"
#include "core/nets/structured_weights_info.h"

namespace vitrine {

struct SegmentationEvalOptions {
    std::int64_t numScenes = 0;  ///< of the test split, evenly spread; 0 = all
    int numSamples = 20;
    int numParts = 1;  ///< that samples are drawn in, where the prior was told labels; see partwiseLogits
    std::int64_t numCalibrationScenes = 200;  ///< of the validation split, for the temperature
    bool studio = false;  ///< the rooms give way to plain walls and floors: what is left is the chair alone
    std::int64_t numLikelihoodSamples = 0;  ///< of each estimate of the likelihood; 0 = leave it out
    std::uint64_t seed = 1;
};

/// The answer at the prior mean to whole pictures: the paper's protocol. IoU here and below: mean over the
/// classes but the background that answer or truth has, then over pictures. Source: papers.md A7.
struct WholeScores {
    double pixelAccuracy = 0, iou = 0;
    double guessIou = 0;  ///< of the CNN's logits alone; NaN without a CNN
};

/// Samples for pictures of which a box of 20 to 75% a side is left out, the same boxes for every model. A
/// variant without noise has one sample.
struct OmittedScores {
    double iou = 0;                     ///< of the answer at the prior mean
    double sampleIou = 0, bestIou = 0;  ///< mean and best of the samples; the mean is also matchedIou
    double diversity = 0;               ///< mean 1 - IoU between samples
    double sampleToTruth = 0;           ///< the same between samples and truth
    double energyDistance = 0;          ///< squared, classes that neither has skipped
    double energyDistancePerfect = 0;   ///< squared, such classes counted as IoU 1
    double uncertaintyCorrelation = 0;  ///< NCC; NaN without noise
    double temperature = 1;             ///< fitted on validation scenes
    Calibration calibration, scaledCalibration;  ///< of the samples' mean, before and after it
    double monteCarlo = 0;  ///< -log p(y|x) in nats, z ~ p(z|x); exact without noise; NaN if not asked for
    double importance = 0;  ///< the same, z ~ q(z|x, y); NaN also without a recognition network
};

struct SegmentationEval {
    StructuredWeightsInfo model;
    std::size_t numScenes = 0;
    WholeScores whole;
    OmittedScores omitted;
};

/// One network on the held-out scenes. Errors: those of the weight file and the set; InvalidArgument (another
/// number of classes, a size that does not divide the set's, no test scenes). Stops: between scenes (Result
/// is an error that says so).
Result<SegmentationEval> evaluateSegmentation(const std::filesystem::path& weights,
                                              const std::filesystem::path& scenes,
                                              const SegmentationEvalOptions& options,
                                              const JobContext& job);

struct PartialEvalOptions {
    std::int64_t numScenes = 200;  ///< of the validation split, as the paper's table
    int numSweeps = 20;            ///< of iterative inference
    std::vector<double> omitted = {0.25, 0.5, 0.7};
    std::vector<int> blocks = {1, 4, 8};
    std::uint64_t seed = 1;
};

/// One column of the table of partially observed output. Scores over the omitted pixels alone.
struct PartialScores {
    double omitted = 0;
    int block = 0;
    double iou = 0, pixelAccuracy = 0;
};

/// Blocks of the picture are left out; the labels of the others are given. A network with recognition
/// alternates y and z (their means, no noise) from the prior mean on; another answers as it does. Errors and
/// stops: as above. Source: papers.md A9.
Result<std::vector<PartialScores>> evaluatePartial(const std::filesystem::path& weights,
                                                   const std::filesystem::path& scenes,
                                                   const PartialEvalOptions& options,
                                                   const JobContext& job);

}  // namespace vitrine
