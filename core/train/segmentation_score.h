// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/image.h"
#include "core/nets/segmentation_net.h"
#include "core/train/segmentation_objective.h"

namespace vitrine {

/// Answers of a network to a batch. Shapes: labels [N, H, W] uint8 on the CPU; samples one such for each
/// draw.
struct SegmentationAnswers {
    torch::Tensor guess, mean;           ///< of the CNN alone (undefined without one), at the prior mean
    std::vector<torch::Tensor> samples;  ///< none without noise
    double crossEntropy = 0;             ///< at the prior mean. Units: nats per image
    torch::Tensor klPerChannel;          ///< [Z] nats per image; undefined without a recognition network
};
/// Seed: the samples' noise is the same at each call.
SegmentationAnswers answersOf(SegmentationNetImpl& network,
                              const SegmentationBatchTensors& batch,
                              int numSamples);

/// Scores over the batch: "Iou", "PixelAccuracy", "Ce", and what the network has of "Kl", "ActiveChannels",
/// "BestIou", "Diversity", "CnnIou", each with the prefix. IoU: mean over the classes but the background,
/// then over images.
std::map<std::string, double> scoresOf(const SegmentationAnswers& answers,
                                       const SegmentationBatchTensors& batch,
                                       std::int64_t numClasses,
                                       const std::string& prefix);

/// One column an image: input, truth, answer at the prior mean, samples. At most 12 columns.
Image answerSheet(const SegmentationAnswers& answers, const SegmentationBatchTensors& batch);

}  // namespace vitrine
