// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/transfer_recipe.h"

#include <algorithm>

#include "core/base/folders.h"
#include "core/recipe/compose.h"
#include "core/recipe/recipe.h"
#include "core/recipe/recipe_fields.h"
#include "core/render/contact_sheet.h"

namespace vitrine {
namespace {

constexpr RecipeHeader kTransferHeader{
    kTransferRecipeFormat, 1, "it is not one of Vitrine's pictures of transfer"};
constexpr float kStripElevationDeg = 20;

void bindTransferRecipe(FieldSet& fields, TransferRecipe& recipe) {
    fields.text("models", recipe.models).omitEmpty();
    fields.text("weightsHash", recipe.weightsHash).omitEmpty();
    fields.text("target", recipe.request.target).required().filled();
    fields.choice("views", recipe.request.setting, transferSettingNames()).required();
    bindView(fields, recipe.request.view, {-360, 360}, {-90, 90});
    fields.choice("without", recipe.without, withoutTransferNames());
    fields.choice("likeness", recipe.likeness, transferLikenessNames());
    fields.flag("nearest", recipe.hasNearest);
    fields.flag("real", recipe.hasReal);
    fields.choice("part", recipe.part, {"views", "strip"});
    fields.text("panel", recipe.panel).omitEmpty();
}

}  // namespace

std::vector<ChairView> transferStripViews(TransferSetting setting) {
    const std::vector<float> given = givenAzimuthsDeg(setting);
    const float last = given.size() > 1 ? given[1] : 360;
    std::vector<ChairView> views;
    for (int i = 0; i < kTransferStripColumns; ++i)
        views.push_back({last * float(i) / float(kTransferStripColumns - 1), kStripElevationDeg});
    return views;
}

std::vector<std::string> transferLikenessNames() {
    return {"rgb", "hog"};
}

std::vector<std::string> withoutTransferNames() {
    return {"few", "alone"};
}

bool isTransferRecipe(const std::string& text) {
    return hasFormat(text, kTransferHeader);
}

std::string recipeToJson(const TransferRecipe& recipe) {
    return writeRecipe(recipe, kTransferHeader, bindTransferRecipe);
}

Result<TransferRecipe> transferRecipeFromJson(const std::string& text) {
    return readRecipe<TransferRecipe>(text, kTransferHeader, bindTransferRecipe);
}

std::filesystem::path bundledTransferModels() {
    return modelFolder() / "transfer";
}

Image transferSheet(const TransferResult& result, WithoutTransfer without, const TransferNeighbours& beside) {
    std::vector<SheetTile> tiles;
    const auto add = [&tiles](const Image& picture, const char* label) {
        if (!picture.empty()) tiles.push_back({composeOver(picture, {}), label});
    };
    add(result.of(SourceViews::All), "with transfer");
    add(result.of(sourcesOf(without)),
        without == WithoutTransfer::Alone ? "targets alone" : "without transfer");
    add(beside.nearest, "nearest source");
    add(beside.real, "real chair");
    return makeContactSheet(tiles, std::max(1, int(tiles.size())));
}

Image transferStripSheet(const std::vector<Image>& strip) {
    const auto drawn = std::ranges::find_if(strip, [](const Image& picture) { return !picture.empty(); });
    if (drawn == strip.end()) return {};
    const Image white(drawn->width, drawn->height, 3, 255);
    std::vector<Image> cells;
    for (const Image& picture : strip) cells.push_back(picture.empty() ? white : composeOver(picture, {}));
    return contactSheet(cells, kTransferStripColumns);
}

}  // namespace vitrine
