// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/runs/segmentation_config.h"

namespace vitrine {

/// A part of a training of the token predictor.
struct TokenStage : TrainStage {
    std::string trains = "tokens";  ///< tokens: recognition and generation, from labels alone; prior: the
                                    ///< networks that see the picture
    bool trainsTokens() const { return trains == "tokens"; }

    void bind(FieldSet& fields);
    static constexpr const char* kLikeness = "that trains the same";
    bool isLike(const TokenStage& other) const { return trains == other.trains; }
};

/// Everything a training of the token predictor depends on.
struct TokenTrainConfig : StagedConfig<TokenTrainConfig, TokenStage> {
    static constexpr const char* kRecipe = "tokens";
    std::int64_t size = 128;   ///< pixels a side
    std::string classWeights;  ///< of each class in the cross-entropy, separated by commas; empty: 1 each
    double guessWeight = 5;    ///< of the initial guess's cross-entropy a pixel, beside that of a token
    std::int64_t priorWidth = 32, priorLayers = 2, priorHeads = 4;
    SegmentationAugmentation
        augmentation;  ///< observedLabelFraction: images whose labels are known in blocks

    /// One for each class. Errors: InvalidArgument (not a number above 0 for each).
    Result<std::vector<double>> weightsOfClasses(std::int64_t numClasses) const;
    void bind(FieldSet& fields);
    Status check() const;
};

}  // namespace vitrine
