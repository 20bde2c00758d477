// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/export_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/data/rendered_chairs.h"
#include "core/io/atomic_file.h"
#include "core/io/png.h"
#include "core/recipe/recipe_file.h"
#include "ui/panels/chairs/sheet_figure.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMaxColumns = 16;

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

Status writeImage(const std::filesystem::path& file, ChairRecipe recipe, const Image& image) {
    recipe.pictureHash = pictureHash(image);
    return writePng(file, image, recipeToJson(recipe));
}

Status writeOne(const std::filesystem::path& file,
                const ChairRecipe& recipe,
                const Background& background,
                const ChairPicture& picture) {
    return writeImage(file, recipe, channelPicture(picture.premultiplied, recipe.channel, background));
}

Status writeBytes(const std::filesystem::path& file, const QByteArray& bytes) {
    return writeFileAtomically(file, std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size()))));
}

}  // namespace

int numSheetColumns(const ChairRecipe& recipe) {
    if (recipe.kind == RecipeKind::Grid) return int(recipe.columns.values.size());
    const int count = int(recipe.frames.values.size());
    return count <= kMaxColumns ? count : std::min(kMaxColumns, int(std::ceil(std::sqrt(double(count)))));
}

void scalePictures(ExportPlan& plan) {
    if (plan.scale == 1) return;
    for (ChairPicture& picture : plan.pictures) {
        const int side = picture.premultiplied.width;
        picture.premultiplied = resampleSquare(picture.premultiplied, 0, 0, side, side * plan.scale);
    }
}

Status writePicture(const std::filesystem::path& file, const ExportPlan& plan) {
    return writeOne(file, plan.recipe, plan.background, plan.pictures.front());
}

Status writeSheet(const std::filesystem::path& file, const ExportPlan& plan) {
    const SheetFigure figure{finishPictures(plan.recipe, plan.background, plan.pictures),
                             numSheetColumns(plan.recipe),
                             plan.axes.columns,
                             plan.axes.rows,
                             plan.axes.columnTitle,
                             plan.axes.rowTitle};
    const QString suffix = QString::fromStdString(file.extension().string()).toLower();
    if (suffix == ".pdf"_L1) return writeBytes(file, sheetAsPdf(figure));
    if (suffix == ".svg"_L1) return writeBytes(file, sheetAsSvg(figure));
    const LabelledSheet sheet = paintSheet(figure);
    ChairRecipe recipe = plan.recipe;
    recipe.labelsLeft = sheet.left;
    recipe.labelsTop = sheet.top;
    return writeImage(file, recipe, sheet.picture);
}

Status writeFrames(const std::filesystem::path& folder, const ExportPlan& plan) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) {
        return Error{ErrorCode::Io,
                     "The folder " + folder.string() + " cannot be made: " + failure.message() +
                         ". Choose another one."};
    }
    for (std::size_t i = 0; i < plan.pictures.size(); ++i) {
        VITRINE_CHECK(writeOne(folder / fmt::format("frame-{:04}.png", i + 1),
                               frameRecipe(plan.recipe, plan.recipe.frames.values[i]),
                               plan.background,
                               plan.pictures[i]));
    }
    return {};
}

Status writeGifFile(const std::filesystem::path& file, const ExportPlan& plan) {
    // A GIF's transparency is all or nothing, which frays a chair's edge.
    Background background = plan.background;
    if (background.kind == BackgroundKind::Transparent) background.kind = BackgroundKind::White;
    return writeGifWithRecipe(file,
                              finishPictures(plan.recipe, background, plan.pictures),
                              plan.recipe.framesPerSecond,
                              recipeToJson(plan.recipe));
}

Status writeWebPFile(const std::filesystem::path& file, const ExportPlan& plan) {
    return writeWebPWithRecipe(file,
                               finishPictures(plan.recipe, plan.background, plan.pictures),
                               plan.recipe.framesPerSecond,
                               recipeToJson(plan.recipe));
}

}  // namespace vitrine
