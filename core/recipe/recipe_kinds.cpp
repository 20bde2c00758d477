// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipe_kinds.h"

#include <array>
#include <string_view>

#include "core/recipe/completion_recipe.h"
#include "core/recipe/correspondence_recipe.h"
#include "core/recipe/recipe.h"
#include "core/recipe/recipe_file.h"
#include "core/recipe/segmentation_recipe.h"
#include "core/recipe/transfer_recipe.h"
#include "core/recipe/unit_recipe.h"

namespace vitrine {
namespace {

struct RecipeKindEntry {
    std::string_view format;
    Result<std::string> (*normalise)(const std::string& recipe);
};

template <auto read>
Result<std::string> readAndWritten(const std::string& text) {
    const auto recipe = read(text);
    if (!recipe) return recipe.error();
    return recipeToJson(*recipe);
}

constexpr std::array kRecipeKinds{
    RecipeKindEntry{kCompletionRecipeFormat, readAndWritten<completionRecipeFromJson>},
    RecipeKindEntry{kCorrespondenceRecipeFormat, readAndWritten<correspondenceRecipeFromJson>},
    RecipeKindEntry{kSegmentationRecipeFormat, readAndWritten<segmentationRecipeFromJson>},
    RecipeKindEntry{kTransferRecipeFormat, readAndWritten<transferRecipeFromJson>},
    RecipeKindEntry{kUnitRecipeFormat, readAndWritten<unitRecipeFromJson>}};

}  // namespace

Result<std::string> normalisedRecipe(const std::string& recipe) {
    const std::string format = formatOfRecipe(recipe);
    for (const RecipeKindEntry& kind : kRecipeKinds)
        if (kind.format == format) return kind.normalise(recipe);
    return readAndWritten<recipeFromJson>(recipe);
}

}  // namespace vitrine
