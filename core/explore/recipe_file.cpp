// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/recipe_file.h"

#include <string_view>

#include "core/explore/completion_recipe.h"
#include "core/explore/correspondence_recipe.h"
#include "core/explore/segmentation_recipe.h"
#include "core/explore/unit_recipe.h"
#include "core/io/gif.h"
#include "core/io/mapped_file.h"
#include "core/io/png.h"

namespace vitrine {
namespace {

constexpr std::string_view kMark = "vitrine ";  // what our comment begins with

}  // namespace

Status writeGifWithRecipe(const std::filesystem::path& file,
                          std::span<const Image> frames,
                          int framesPerSecond,
                          const std::string& recipe) {
    return writeGif(file, frames, framesPerSecond, std::string(kMark) + recipe);
}

Result<std::optional<std::string>> readRecipe(const std::filesystem::path& file) {
    VITRINE_TRY(const MappedFile mapped, MappedFile::open(file));
    const std::string_view content(reinterpret_cast<const char*>(mapped.bytes().data()), mapped.bytes().size());
    if (content.starts_with("GIF87a") || content.starts_with("GIF89a"))
        return gifComment(mapped.bytes(), kMark);
    return readPngRecipe(file);
}

RecipeFormat recipeFormat(const std::filesystem::path& file) {
    const auto recipe = readRecipe(file);
    if (!recipe || !*recipe) return RecipeFormat::None;
    if (isCompletionRecipe(**recipe)) return RecipeFormat::Completion;
    if (isCorrespondenceRecipe(**recipe)) return RecipeFormat::Correspondence;
    if (isSegmentationRecipe(**recipe)) return RecipeFormat::Segmentation;
    if (isUnitRecipe(**recipe)) return RecipeFormat::Unit;
    return RecipeFormat::Other;
}

}  // namespace vitrine
