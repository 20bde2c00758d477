// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "core/train/chair_train_recipe.h"
#include "core/train/quadrant_train_recipe.h"
#include "core/train/structured_train_recipe.h"
#include "core/train/token_train_recipe.h"

namespace vitrine {

const std::vector<const TrainRecipe*>& trainRecipes() {
    static const ChairTrainRecipe chairs;
    static const StructuredTrainRecipe segmentation;
    static const QuadrantTrainRecipe quadrants;
    static const TokenTrainRecipe tokens;
    static const std::vector<const TrainRecipe*> all = {&chairs, &segmentation, &quadrants, &tokens};
    return all;
}

Result<const TrainRecipe*> recipeOf(const std::string& configJson) {
    const auto config =
        nlohmann::json::parse(configJson, nullptr, /*allow_exceptions=*/false, /*ignore_comments=*/true);
    if (!config.is_object())
        return Error{ErrorCode::BadFormat, "The training configuration is not a JSON object."};
    if (config.contains("recipe") && !config["recipe"].is_string())
        return configError("recipe", "must be a text");
    const std::string wanted = config.value("recipe", trainRecipes().front()->info().id);
    std::string known;
    for (const auto* recipe : trainRecipes()) {
        const std::string id = recipe->info().id;
        if (id == wanted) return recipe;
        known += (known.empty() ? "" : ", ") + id;
    }
    return configError("recipe", "must be one of " + known);
}

}  // namespace vitrine
