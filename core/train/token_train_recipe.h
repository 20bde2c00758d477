// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/recipe.h"

namespace vitrine {

/// "tokens": a conditional VAE with discrete tokens as latent.
class TokenTrainRecipe final : public TrainRecipe {
public:
    RecipeInfo info() const override;
    Result<std::string> normalise(const std::string& configJson) const override;
    Result<std::string> extend(const std::string& configJson, std::int64_t steps) const override;
    Result<std::unique_ptr<TrainTask>> open(const std::string& configJson) const override;
};

}  // namespace vitrine
