// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/correspondence_recipe.h"

#include "core/recipe/recipe_fields.h"

namespace vitrine {

namespace {

constexpr RecipeHeader kCorrespondenceHeader{
    kCorrespondenceRecipeFormat, 1, "it is not one of Vitrine's matches"};
constexpr std::size_t kMaxMatchedStyles = 65536, kMaxMatchedPoints = 10'000;

void bindCorrespondenceRequest(FieldSet& fields, CorrespondenceRequest& request) {
    bindView(fields, request.view, {-360, 360}, {-90, 90});
    fields.choice("route", request.route, correspondenceRouteNames()).formerly("way");
    fields.integer("frames", request.numFrames, {2, CorrespondenceRequest::kMaxFrames});
    fields.integer("stride", request.stride, {1, CorrespondenceRequest::kMaxFrames});
    fields.flag("guided", request.isGuided);
    fields.choice("schedule", request.schedule, morphScheduleNames());
    fields.choice("method", request.method, flowMethodNames());
}

void bindCorrespondenceRecipe(FieldSet& fields, CorrespondenceRecipe& recipe) {
    fields.text("model", recipe.model);
    fields.text("weightsHash", recipe.weightsHash).omitEmpty();
    fields.list("from", recipe.from, bindStyle, kMaxMatchedStyles).required();
    fields.list("to", recipe.to, bindStyle, kMaxMatchedStyles).required();
    bindCorrespondenceRequest(fields, recipe.request);
    fields.list(
        "points",
        recipe.points,
        [](FieldSet& inner, NamedPoint& point) { bindPoint(inner, point); },
        kMaxMatchedPoints);
    fields.choice("part", recipe.part, {"sheet", "forward", "backward", "warped"});
    fields.text("panel", recipe.panel).omitEmpty();
}

}  // namespace

bool isCorrespondenceRecipe(const std::string& text) {
    return hasFormat(text, kCorrespondenceHeader);
}

std::string recipeToJson(const CorrespondenceRecipe& recipe) {
    return writeRecipe(recipe, kCorrespondenceHeader, bindCorrespondenceRecipe);
}

Result<CorrespondenceRecipe> correspondenceRecipeFromJson(const std::string& text) {
    CorrespondenceRecipe before;
    before.request.view = {};
    before.request.isGuided = false;  // as before there was a choice
    return readRecipe(text, kCorrespondenceHeader, bindCorrespondenceRecipe, before);
}

Result<CorrespondenceRequest> requestOf(const CorrespondenceRecipe& recipe,
                                        std::span<const std::string> styleIds) {
    CorrespondenceRequest request = recipe.request;
    for (const auto& [mix, styles] :
         {std::pair(&recipe.from, &request.from), std::pair(&recipe.to, &request.to)}) {
        ChairRecipe chair;
        chair.corners = {*mix};
        VITRINE_TRY(const auto requests, requestsOf(chair, styleIds));
        *styles = requests.front().styleWeights;
    }
    return request;
}

RecipeMix recipeMixOf(const StyleMix& mix, std::span<const std::string> styleIds) {
    return recipeOf({mix, {}, {}}, styleIds).corners.front();
}

}  // namespace vitrine
