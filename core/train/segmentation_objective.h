// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nets/segmentation_net.h"
#include "core/train/task.h"

namespace vitrine {

/// How the terms of a structured predictor's loss are weighed. Which there are is the network's variant.
struct SegmentationObjective {
    double alpha = 0.5;   ///< hybrid: alpha (KL + CE at z ~ q) + (1 - alpha) CE at z ~ p
    double klWeight = 1;  ///< 1 is the bound on the likelihood; less at first keeps the latent alive
    double freeBits =
        0;  ///< nats that each latent channel may cost an image for nothing. Source: Kingma et al. 2016
};

/// A mini-batch. Shapes: image [N, 3, H, W] in [0, 1]; labels [N, H, W] int64, kUnknownLabel counts nowhere;
/// recognitionNoise and priorNoise [N, Z, H/16, W/16] standard normal; observed [N, H, W] bool, where the
/// prior knows the labels, undefined for nowhere.
struct SegmentationBatchTensors {
    torch::Tensor image, labels, recognitionNoise, priorNoise, observed;
};

/// Cross-entropy summed over an image's known pixels. Shapes: logits [N, K, H, W], labels [N, H, W] -> [N].
torch::Tensor labelCrossEntropy(const torch::Tensor& logits, const torch::Tensor& labels);
/// The same for soft targets. Shapes: target [N, K, H, W], all zero where unknown -> [N].
torch::Tensor softCrossEntropy(const torch::Tensor& logits, const torch::Tensor& target);
/// One-hot labels at 1 / factor of the size: max-pooled, then renormalised to sum 1 over the classes.
/// Shapes: [N, K, H, W] -> [N, K, H/factor, W/factor]. Source: papers.md A3.
torch::Tensor coarseTarget(const torch::Tensor& oneHot, std::int64_t factor);
/// Channels whose latent says something: at least 0.1 nats per image. Shapes: klPerChannel [N, Z].
double numActiveChannels(const torch::Tensor& klPerChannel);

/// CNN, GDNN: CE. GSNN: CE at z ~ p. CVAE: KL + CE at z ~ q. Hybrid: alpha CVAE + (1 - alpha) GSNN. With
/// multi-scale prediction, CE at 1/2 and 1/4 of the size on top. Sums over an image, averages over the batch.
/// The hybrid's CE at z ~ p sees no known labels. Parts: "ceRecognition", "cePrior", "ceScales", "kl",
/// "activeChannels", those that there are. Source: Sohn, Lee, Yan 2015, section 4; papers.md A3.
LossTerms segmentationLoss(SegmentationNetImpl& network,
                           const SegmentationBatchTensors& batch,
                           const SegmentationObjective& objective);

}  // namespace vitrine
