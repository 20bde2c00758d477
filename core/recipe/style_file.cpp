// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/style_file.h"

#include <fmt/format.h>

#include "core/io/atomic_file.h"

namespace vitrine {

Status writeStyleFile(const std::filesystem::path& file,
                      const ChairRequest& request,
                      const ChairModelInfo& model) {
    ChairRecipe recipe = recipeOf(request, model.styleIds);
    recipe.model = model.name;
    recipe.modelStep = model.step;
    recipe.weightsHash = model.weightsHash;
    return writeFileAtomically(file, recipeToJson(recipe) + "\n");
}

Result<RecipeMix> readStyleFile(const std::filesystem::path& file, const ChairModelInfo& model) {
    VITRINE_TRY(const std::string text, readTextFile(file));
    const auto recipe = recipeFromJson(text);
    if (!recipe)
        return Error{recipe.error().code,
                     file.string() + " holds no style: " + recipe.error().message,
                     recipe.error().detail};
    if (recipe->weightsHash != model.weightsHash)
        return invalidArgument(fmt::format(
            "{} belongs to another network ({}, SHA-256 {:.8}...); use that one, or fit the picture "
            "again with {}.",
            file.string(),
            recipe->model,
            recipe->weightsHash,
            model.file.filename().string()));
    VITRINE_TRY(const auto requests, requestsOf(*recipe, model.styleIds));
    return recipeOf(requests.front(), model.styleIds).corners.front();
}

bool namesStyleFile(std::string_view style) {
    return style.ends_with(".json");
}

}  // namespace vitrine
