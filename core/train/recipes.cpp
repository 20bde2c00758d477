// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recipes.h"

#include "core/train/recipe.h"

namespace vitrine {
namespace {

Result<const TrainingKind*> recipeNamedBy(const nlohmann::json& config) {
    if (config.contains("recipe") && !config["recipe"].is_string())
        return configError("recipe", "must be a text");
    const std::string wanted = config.value("recipe", trainRecipes().front()->id());
    std::string known;
    for (const auto* recipe : trainRecipes()) {
        const std::string id = recipe->id();
        if (id == wanted) return recipe;
        known += (known.empty() ? "" : ", ") + id;
    }
    return configError("recipe", "must be one of " + known);
}

}  // namespace

const std::vector<const TrainingKind*>& trainRecipes() {
    static const std::vector<const TrainingKind*> all = {
        &chairTrainingKind(), &segmentationTrainRecipe(), &completionTrainRecipe(), &tokenTrainingKind()};
    return all;
}

Result<std::string> TrainingKind::normalise(const std::string& configJson) const {
    VITRINE_TRY(const nlohmann::json config, parseConfig(configJson));
    VITRINE_TRY(const std::unique_ptr<TrainPlan> plan, read(config));
    return plan->toJson();
}

Result<std::string> TrainingKind::extend(const std::string& configJson, std::int64_t steps) const {
    VITRINE_TRY(const nlohmann::json config, parseConfig(configJson));
    VITRINE_TRY(const std::unique_ptr<TrainPlan> plan, read(config));
    return plan->prolonged(steps)->toJson();
}

Result<const TrainingKind*> recipeOf(const std::string& configJson) {
    VITRINE_TRY(const nlohmann::json config, parseConfig(configJson));
    return recipeNamedBy(config);
}

Result<std::unique_ptr<TrainPlan>> readPlan(const std::string& configJson) {
    VITRINE_TRY(const nlohmann::json config, parseConfig(configJson));
    VITRINE_TRY(const TrainingKind* recipe, recipeNamedBy(config));
    return recipe->read(config);
}

}  // namespace vitrine
