// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/token_objective.h"

#include <numbers>

#include "core/base/label_colours.h"
#include "core/nets/segmentation_net.h"

namespace vitrine {

torch::Tensor weightedCrossEntropy(const torch::Tensor& logits,
                                   const torch::Tensor& labels,
                                   const torch::Tensor& weights) {
    return at::cross_entropy_loss(
        logits.to(torch::kFloat32), labels, weights, at::Reduction::Mean, /*ignore_index=*/kUnknownLabel);
}

torch::Tensor maskTokens(const torch::Tensor& isSeen, torch::Generator generator) {
    const auto isHidden =
        at::max_pool2d(1 - isSeen, kTokenStride).squeeze(1).to(torch::kCPU) > 0;  // [N, h, w]
    const std::int64_t count = isHidden.size(0), numTokens = isHidden[0].numel();
    constexpr std::int64_t kTokens = 1;
    const auto share = (torch::rand({count, 1}, generator) * (std::numbers::pi / 2)).cos();
    const auto isOneOfTwo = torch::rand({count, 1}, generator) < 0.5;
    const auto hidden = isHidden.flatten(1);
    const auto isLeftOut =
        isOneOfTwo.logical_and(hidden.any(1, /*keepdim=*/true)).logical_and(hidden.logical_not());
    const auto order = (torch::rand({count, numTokens}, generator) + isLeftOut)
                           .argsort(kTokens)
                           .argsort(kTokens);  // what is left out comes last
    const auto numMaskable = numTokens - isLeftOut.sum(1, /*keepdim=*/true);
    return (order < (share * numMaskable).clamp_min(1)).view_as(isHidden);
}

LossTerms tokenLoss(TokenPredictorImpl& network,
                    const TokenBatchTensors& batch,
                    const torch::Tensor& classWeights) {
    const auto labels = oneHotLabels(batch.labels, network.options.numClasses);
    const auto loss = weightedCrossEntropy(
        network.generation->forward(network.recognition->forward(labels)), batch.labels, classWeights);
    return {loss, {{"reconstructionCe", loss.detach()}}};
}

LossTerms priorLoss(TokenPredictorImpl& network,
                    const TokenBatchTensors& batch,
                    const torch::Tensor& classWeights,
                    double guessWeight) {
    torch::Tensor tokens, generated;
    {
        const torch::NoGradGuard noGrad;
        tokens = network.tokensOf(oneHotLabels(batch.labels, network.options.numClasses));
        generated = network.generation->forward(network.recognition->quantiser.vectorsOf(tokens));
    }
    const PictureReading reading = network.picture->forward(batch.evidence);
    const auto logits = network.prior->forward(
        reading.features, tokens.masked_fill(batch.isMasked, network.options.numCodes()));
    const auto isMasked = batch.isMasked.flatten();
    const auto tokenCe = at::cross_entropy_loss(logits.flatten(0, 1).index({isMasked}).to(torch::kFloat32),
                                                tokens.flatten().index({isMasked}));
    const auto guessCe = weightedCrossEntropy(reading.guess, batch.labels, classWeights);
    const auto isHidden = batch.evidence.isSeen.squeeze(1) == 0;
    const auto seenCe = weightedCrossEntropy(generated + batch.evidence.isSeen * reading.guess,
                                             batch.labels.masked_fill(isHidden, kUnknownLabel),
                                             classWeights);
    return {tokenCe + guessWeight * (guessCe + seenCe),
            {{"tokenCe", tokenCe.detach()}, {"guessCe", guessCe.detach()}, {"seenCe", seenCe.detach()}}};
}

}  // namespace vitrine
