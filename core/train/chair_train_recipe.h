// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/recipe.h"

namespace vitrine {

/// Training of the chair generator. Source: Dosovitskiy et al. 2015; papers.md B1-B4.
class ChairTrainRecipe final : public TrainRecipe {
public:
    RecipeInfo info() const override;
    Result<std::string> normalise(const std::string& configJson) const override;
    Result<std::string> extend(const std::string& configJson, std::int64_t steps) const override;
    Result<std::unique_ptr<TrainTask>> open(const std::string& configJson) const override;
};

}  // namespace vitrine
