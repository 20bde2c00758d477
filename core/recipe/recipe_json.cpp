// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "core/recipe/recipe_fields.h"

namespace vitrine {
namespace {

constexpr RecipeHeader kChairHeader{kChairRecipeFormat, 1, "it is not one of Vitrine's chair recipes"};
constexpr std::size_t kMaxPictures = 16384;
constexpr std::size_t kMaxStyles = 65536;
constexpr std::size_t kMaxBoosts = 1024;

/// Unlike in other recipes, an empty id is left out.
void bindCornerStyle(FieldSet& fields, RecipeStyle& style) {
    fields.text("id", style.id).omitEmpty();
    fields.integer("index", style.index, kRecipeRange);
    fields.number("weight", style.weight, kRecipeRange);
}

void bindAxis(FieldSet& fields, RecipeAxis& axis) {
    fields.choice("parameter", axis.parameter, axisParameters()).required();
    fields.list("values", axis.values, kRecipeRange, kMaxPictures).required().filled();
}

void bindChairRecipe(FieldSet& fields, ChairRecipe& recipe) {
    const auto isOf = [&recipe](RecipeKind kind) { return [&recipe, kind] { return recipe.kind == kind; }; };
    fields.choice("kind", recipe.kind, {"picture", "grid", "morph"});
    fields.text("model", recipe.model);
    fields.integer("modelStep", recipe.modelStep);
    fields.text("weightsHash", recipe.weightsHash).omitEmpty();
    fields.list("styles", recipe.corners, FieldList{bindCornerStyle, kMaxStyles}, 4).required().filled();
    fields.number("u", recipe.u, kRecipeRange);
    fields.number("v", recipe.v, kRecipeRange);
    bindView(fields, recipe.view);
    fields.object("theta", recipe.theta, [](FieldSet& inner, Theta& theta) { bindTheta(inner, theta); });
    fields.list("boosts", recipe.boosts, bindBoost, kMaxBoosts).omitEmpty();
    fields.choice("background", recipe.background, backgroundNames());
    fields.text("backgroundFile", recipe.backgroundFile).omitEmpty();
    fields.choice("channel", recipe.channel, channelNames());
    fields.object("columns", recipe.columns, bindAxis).required().when(isOf(RecipeKind::Grid));
    fields.object("rows", recipe.rows, bindAxis).required().when(isOf(RecipeKind::Grid));
    fields.object("frames", recipe.frames, bindAxis).required().when(isOf(RecipeKind::Morph));
    fields.integer("framesPerSecond", recipe.framesPerSecond, {1, 100}).when(isOf(RecipeKind::Morph));
    fields.text("pictureHash", recipe.pictureHash).omitEmpty();
    fields.integer("labelsLeft", recipe.labelsLeft, {0, 65535}).omitEmpty();
    fields.integer("labelsTop", recipe.labelsTop, {0, 65535}).omitEmpty();
    fields.text("panel", recipe.panel).omitEmpty();
}

}  // namespace

std::string recipeToJson(const ChairRecipe& recipe) {
    return writeRecipe(recipe, kChairHeader, bindChairRecipe);
}

Result<ChairRecipe> recipeFromJson(const std::string& text) {
    VITRINE_TRY(ChairRecipe recipe, readRecipe<ChairRecipe>(text, kChairHeader, bindChairRecipe));
    if (recipe.corners.size() == 3) return badRecipe({"styles", "must hold 1, 2 or 4 mixes"});
    if (recipe.columns.values.size() * recipe.rows.values.size() > kMaxPictures)
        return badRecipe({"rows", fmt::format("must not make more than {} pictures", kMaxPictures)});
    return recipe;
}

}  // namespace vitrine
