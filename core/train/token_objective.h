// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nets/token_predictor.h"
#include "core/train/task.h"

namespace vitrine {

/// A mini-batch. Shapes: evidence as the networks take it; labels [N, H, W] int64, kUnknownLabel counts
/// nowhere; isMasked [N, h, w] bool, the tokens that the prior predicts.
struct TokenBatchTensors {
    PictureEvidence evidence;
    torch::Tensor labels, isMasked;
};

/// Cross-entropy, each class by its weight: the mean over known pixels. Shapes: logits [N, K, H, W], labels
/// [N, H, W], weights [K].
torch::Tensor weightedCrossEntropy(const torch::Tensor& logits,
                                   const torch::Tensor& labels,
                                   const torch::Tensor& weights);
/// Masks a part of the tokens of each image that is drawn along a cosine, at least one; of one image in two
/// with something hidden only tokens there, as when samples are drawn. Shapes: isSeen [N, 1, H, W] -> [N, h,
/// w] bool. Source: Chang et al. 2022, section 3.2.
torch::Tensor maskTokens(const torch::Tensor& isSeen, torch::Generator generator);

/// Of recognition and generation. Parts: "reconstructionCe".
LossTerms tokenLoss(TokenPredictorImpl& network,
                    const TokenBatchTensors& batch,
                    const torch::Tensor& classWeights);
/// Of the networks that see the picture: the masked tokens, the initial guess by itself, and the guess as the
/// correction of the generated labels where the picture is seen. Parts: "tokenCe" (nats a token), "guessCe",
/// "seenCe" (nats a pixel).
LossTerms priorLoss(TokenPredictorImpl& network,
                    const TokenBatchTensors& batch,
                    const torch::Tensor& classWeights,
                    double guessWeight);

}  // namespace vitrine
