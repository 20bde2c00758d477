// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/segmentation_objective.h"

#include "core/base/image.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr double kActiveNats = 0.1;

/// Sums the terms of one loss and keeps them for the curves.
class Terms {
public:
    void add(const char* name, const Tensor& value, double weight) {
        const auto weighted = weight * value;
        m_loss.total = m_loss.total.defined() ? m_loss.total + weighted : weighted;
        show(name, value);
    }
    void show(const char* name, const Tensor& value) { m_loss.parts.emplace_back(name, value.detach()); }
    LossTerms take() { return std::move(m_loss); }

private:
    LossTerms m_loss;
};

void addScales(Terms& terms, const ScaledLogits& guess, const Tensor& oneHot) {
    terms.add("ceScales",
              (softCrossEntropy(guess.half, coarseTarget(oneHot, 2)) +
               softCrossEntropy(guess.quarter, coarseTarget(oneHot, 4)))
                  .mean(),
              1);
}

/// The price of a channel is not below the free bits, on the batch's average.
Tensor paidKl(const Tensor& perChannel, double freeBits) {
    return perChannel.mean(0).clamp_min(freeBits).sum();
}

void addKl(Terms& terms,
           const LatentGaussian& q,
           const LatentGaussian& p,
           const SegmentationObjective& objective,
           double share) {
    const auto perChannel = klPerChannel(q, p);  // [N, Z]
    terms.add("kl", paidKl(perChannel, objective.freeBits), share * objective.klWeight);
    terms.show("activeChannels", torch::tensor(numActiveChannels(perChannel)));
}

}  // namespace

Tensor labelCrossEntropy(const Tensor& logits, const Tensor& labels) {
    return at::cross_entropy_loss(
               logits.to(torch::kFloat32), labels, /*weight=*/{}, at::Reduction::None, kUnknownLabel)
        .flatten(1)
        .sum(1);
}

Tensor softCrossEntropy(const Tensor& logits, const Tensor& target) {
    return -(target * torch::log_softmax(logits.to(torch::kFloat32), 1)).flatten(1).sum(1);
}

Tensor coarseTarget(const Tensor& oneHot, std::int64_t factor) {
    const auto pooled = at::max_pool2d(oneHot, factor);
    return pooled / pooled.sum(1, /*keepdim=*/true).clamp_min(1);
}

double numActiveChannels(const Tensor& perChannel) {
    return double((perChannel.detach().mean(0) >= kActiveNats).sum().item<std::int64_t>());
}

LossTerms segmentationLoss(SegmentationNetImpl& network,
                           const SegmentationBatchTensors& batch,
                           const SegmentationObjective& objective) {
    const auto& options = network.options;
    const bool hybrid = options.variant == SegmentationVariant::Hybrid;
    Terms terms;
    const ScaledLogits guess = network.guess(batch.image);
    const auto ceAt = [&](const Tensor& z) {
        return labelCrossEntropy(network.logitsOf(guess.logits, z), batch.labels).mean();
    };
    const bool needsOneHot = options.multiScale || options.hasRecognition() || batch.observed.defined();
    const Tensor oneHot = needsOneHot ? oneHotLabels(batch.labels, options.numClasses) : Tensor();
    if (!options.hasLatent()) {
        terms.add("cePrior", labelCrossEntropy(guess.logits, batch.labels).mean(), 1);
    } else {
        const Tensor known = batch.observed.defined() ? oneHot * batch.observed.unsqueeze(1) : Tensor();
        const LatentGaussian prior = network.priorOf(batch.image, guess.logits, known);
        if (options.hasRecognition()) {
            const double share = hybrid ? objective.alpha : 1;
            const LatentGaussian recognition = network.recognitionOf(batch.image, oneHot);
            addKl(terms, recognition, prior, objective, share);
            terms.add("ceRecognition", ceAt(recognition.sample(batch.recognitionNoise)), share);
        }
        if (options.variant != SegmentationVariant::Cvae) {
            const bool seesLabels = hybrid && known.defined();
            const LatentGaussian blind = seesLabels ? network.priorOf(batch.image, guess.logits) : prior;
            terms.add("cePrior", ceAt(blind.sample(batch.priorNoise)), hybrid ? 1 - objective.alpha : 1);
        }
    }
    if (options.multiScale) addScales(terms, guess, oneHot);
    return terms.take();
}

}  // namespace vitrine
