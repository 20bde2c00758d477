// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/export_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/io/png.h"
#include "core/recipe/recipe_file.h"

namespace vitrine {
namespace {

constexpr int kMaxColumns = 16;

int numColumnsOf(const ChairRecipe& recipe, std::size_t numPictures) {
    if (recipe.kind == RecipeKind::Grid) return int(recipe.columns.values.size());
    const int count = int(numPictures);
    return count <= kMaxColumns ? count : std::min(kMaxColumns, int(std::ceil(std::sqrt(double(count)))));
}

/// A frame's recipe: the morph's with the frame's value put in. Only the morph itself carries the panel's
/// state.
ChairRecipe frameRecipe(ChairRecipe recipe, double value) {
    const std::string parameter = recipe.frames.parameter;
    if (parameter == "style")
        recipe.u = value;
    else if (parameter == "style2")
        recipe.v = value;
    else if (parameter == "azimuth")
        recipe.view.azimuthDeg = float(value);
    else if (parameter == "elevation")
        recipe.view.elevationDeg = float(value);
    auto theta = recipe.theta.values();
    for (std::size_t i = 0; i < theta.size(); ++i) {
        if (parameter == thetaRanges()[i].key) theta[i] = float(value);
    }
    recipe.theta = Theta::fromValues(theta);
    recipe.kind = RecipeKind::Picture;
    recipe.frames = {};
    recipe.panel.clear();
    return recipe;
}

Status writeImage(const std::filesystem::path& file, ChairRecipe& recipe, const Image& image) {
    recipe.pictureHash = pictureHash(image);
    return writePng(file, image, recipeToJson(recipe));
}

}  // namespace

Status writePicture(const std::filesystem::path& file,
                    ChairRecipe recipe,
                    const Background& background,
                    const ChairPicture& picture) {
    return writeImage(file, recipe, channelPicture(picture.premultiplied, recipe.channel, background));
}

Status writeSheet(const std::filesystem::path& file,
                  ChairRecipe recipe,
                  const Background& background,
                  const std::vector<ChairPicture>& pictures) {
    return writeImage(
        file,
        recipe,
        contactSheet(finishPictures(recipe, background, pictures), numColumnsOf(recipe, pictures.size())));
}

Status writeFrames(const std::filesystem::path& folder,
                   const ChairRecipe& recipe,
                   const Background& background,
                   const std::vector<ChairPicture>& pictures) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) {
        return Error{ErrorCode::Io,
                     "The folder " + folder.string() + " cannot be made: " + failure.message() +
                         ". Choose another one."};
    }
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        VITRINE_CHECK(writePicture(folder / fmt::format("frame-{:04}.png", i + 1),
                                   frameRecipe(recipe, recipe.frames.values[i]),
                                   background,
                                   pictures[i]));
    }
    return {};
}

Status writeGifFile(const std::filesystem::path& file,
                    ChairRecipe recipe,
                    Background background,
                    const std::vector<ChairPicture>& pictures) {
    // A GIF's transparency is all or nothing, which frays a chair's edge.
    if (background.kind == BackgroundKind::Transparent) background.kind = BackgroundKind::White;
    return writeGifWithRecipe(
        file, finishPictures(recipe, background, pictures), recipe.framesPerSecond, recipeToJson(recipe));
}

}  // namespace vitrine
