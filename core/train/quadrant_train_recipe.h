// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/recipe.h"

namespace vitrine {

/// Training of the networks that complete pictures of which 0 to 3 quadrants are seen. Source: Sohn, Lee, Yan
/// 2015, section 5.1; papers.md A10.
class QuadrantTrainRecipe final : public TrainRecipe {
public:
    RecipeInfo info() const override;
    Result<std::string> normalise(const std::string& configJson) const override;
    Result<std::string> extend(const std::string& configJson, std::int64_t steps) const override;
    Result<std::unique_ptr<TrainTask>> open(const std::string& configJson) const override;
};

}  // namespace vitrine
