// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipe_file.h"
#include "core/recipe/recipe_kinds.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine;

namespace {

/// What is written is read, and is the same then.
void readRecipeText(const std::string& text) {
    const auto once = normalisedRecipe(text);
    if (!once) return;
    const auto twice = normalisedRecipe(*once);
    fuzz::require(twice && *twice == *once);
}

}  // namespace

/// A picture with a recipe, or a recipe.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = fuzz::textOf(data, size);
    if (input.starts_with("{")) {
        readRecipeText(std::string(input));
        return 0;
    }
    const auto recipe = readRecipe(fuzz::fileOf("input.png", input));
    if (recipe && *recipe) readRecipeText(**recipe);
    return 0;
}
