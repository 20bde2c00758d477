// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/unit_recipe.h"

#include "core/recipe/recipe_fields.h"

namespace vitrine {

namespace {

constexpr RecipeHeader kUnitHeader{kUnitRecipeFormat, 1, "it is not one of a unit's picture"};
constexpr FieldRange kUnitRange{0, 1 << 20}, kCellRange{0, 4096};

/// The whole recipe of a picture of a chair, as an object.
struct ChairField {
    FieldCheck read(const nlohmann::json& json, ChairRecipe& recipe) const {
        auto chair = recipeFromJson(compactText(json));
        if (!chair) return FieldFault{{}, chair.error().message};
        if (chair->kind != RecipeKind::Picture) return FieldFault{{}, "must be the recipe of a picture"};
        recipe = std::move(chair).value();
        return {};
    }
    nlohmann::json write(const ChairRecipe& recipe) const {
        return nlohmann::json::parse(recipeToJson(recipe));
    }
};

void bindCell(FieldSet& fields, MapCell& cell) {
    fields.integer("row", cell.row, kCellRange);
    fields.integer("column", cell.column, kCellRange);
}

void bindWindow(FieldSet& fields, MapWindow& window) {
    fields.integer("top", window.top, kCellRange);
    fields.integer("left", window.left, kCellRange);
    fields.integer("height", window.height, kCellRange);
    fields.integer("width", window.width, kCellRange);
}

void bindUnitRequest(FieldSet& fields, UnitRequest& request) {
    const auto isOneUnit = [&request] {
        return request.mode == UnitMode::Replace || request.mode == UnitMode::Add;
    };
    const auto isWindow = [&request] { return request.mode == UnitMode::Window; };
    const auto isMaps = [&request] { return request.mode == UnitMode::Maps; };
    fields.text("layer", request.layer);
    fields.choice("mode", request.mode, {"replace", "add", "window", "maps"});
    fields.integer("unit", request.unit, kUnitRange).when(isOneUnit);
    fields.number("value", request.value, kRecipeRange).when(isOneUnit);
    fields.optional("cell", request.cell, bindCell).when(isOneUnit);
    fields.object("window", request.window, bindWindow).when(isWindow);
    fields.flag("outside", request.outside).when(isWindow);
    fields.list("maps", request.maps, kUnitRange, 4096).when(isMaps);
    fields.flag("keepMaps", request.keepMaps).when(isMaps);
}

FieldNames measureNames() {
    std::vector<const char*> keys;
    for (const EffectMeasureInfo& info : effectMeasures()) keys.push_back(info.key);
    return keys;
}

void bindUnitRecipe(FieldSet& fields, UnitRecipe& recipe) {
    fields.choice("kind",
                  recipe.kind,
                  {"picture", "base", "difference", "closeUp", "strip", "sheet", "filters", "maps"});
    fields.text("model", recipe.model);
    fields.integer("modelStep", recipe.modelStep, {0, 1e15});
    fields.text("weightsHash", recipe.weightsHash).omitEmpty();
    fields.value("chair", recipe.chair, ChairField()).required();
    fields.object("request", recipe.request, bindUnitRequest).required();
    fields.choice("channel", recipe.channel, channelNames());
    fields.optional("measure", recipe.measure, measureNames());
    fields.integer("count", recipe.count, kUnitRange).omitEmpty();
    fields.flag("mask", recipe.mask).omitEmpty();
    fields.text("pictureHash", recipe.pictureHash).omitEmpty();
    fields.text("panel", recipe.panel).omitEmpty();
}

}  // namespace

std::string recipeToJson(const UnitRecipe& recipe) {
    return writeRecipe(recipe, kUnitHeader, bindUnitRecipe);
}

bool isUnitRecipe(const std::string& text) {
    return hasFormat(text, kUnitHeader);
}

Result<UnitRecipe> unitRecipeFromJson(const std::string& text) {
    return readRecipe<UnitRecipe>(text, kUnitHeader, bindUnitRecipe);
}

Result<UnitRequest> requestOf(const UnitRecipe& recipe, std::span<const std::string> styleIds) {
    VITRINE_TRY(const auto chairs, requestsOf(recipe.chair, styleIds));
    UnitRequest request = recipe.request;
    request.chair = chairs.front();
    return request;
}

UnitRecipe recipeOf(const UnitRequest& request, const ChairModelInfo& model, UnitFigureKind kind) {
    UnitRecipe recipe;
    recipe.kind = kind;
    recipe.model = model.name;
    recipe.modelStep = model.step;
    recipe.weightsHash = model.weightsHash;
    recipe.chair = recipeOf(request.chair, model.styleIds);
    recipe.request = request;
    return recipe;
}

}  // namespace vitrine
