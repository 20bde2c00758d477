// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/recipe.h"

namespace vitrine {

/// Training of the structured predictor in all its variants. Source: Sohn, Lee, Yan 2015; papers.md A1-A5.
class StructuredTrainRecipe final : public TrainRecipe {
public:
    RecipeInfo info() const override;
    Result<std::string> normalise(const std::string& configJson) const override;
    Result<std::string> extend(const std::string& configJson, std::int64_t steps) const override;
    Result<std::unique_ptr<TrainTask>> open(const std::string& configJson) const override;
};

}  // namespace vitrine
