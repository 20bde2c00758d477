// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "ui/panels/segmentation/segmentation_state.h"
#include "ui/shell/state_fields.h"

namespace vitrine {
namespace {

/// How the panel shows an answer: what no recipe needs.
void bindAppearance(FieldSet& fields, SegmentationState& state) {
    fields.number("opacity", state.opacity, {0, 1});
    fields
        .choice(
            "aggregate",
            state.aggregate,
            FieldNames{"mean", "vote", "chosen", "difference", "path"}.formerly("way", AggregateView::Path))
        .formerly("consensus");
    fields.choice("uncertainty", state.uncertainty, {"entropy", "mutual information"}).formerly("doubt");
    fields.choice("answer", state.answer, {"prior mean", "guess", "gdnn", "reconstruction", "nearest known"});
    fields.choice("order", state.order, {"drawn", "differing", "best"});
    bindPins(fields, state);
}

/// The panel draws no more samples and sweeps, and no wider, than its sliders have.
SegmentationState questionOf(const SegmentationRecipe& recipe) {
    const SegmentationRequest& request = recipe.request;
    SegmentationState state;
    if (!request.image.empty())
        setPicture(state, {request.image, request.truth, QString::fromStdString(recipe.pictureName)});
    if (!request.omission.empty()) state.marks.omission = request.omission;
    for (std::uint8_t& hidden : state.marks.omission.pixels) hidden = hidden != 0;
    if (!request.observed.empty()) state.marks.observed = request.observed;
    state.model = QString::fromStdString(recipe.model);
    takeSamples(state, request);
    state.numSamplingSteps = std::min(request.numSamplingSteps, kMaxSamplingSteps);
    state.numSteps = std::min(request.numSteps, kMaxSteps);
    state.numSweeps = std::min(request.numSweeps, kMaxSweeps);
    state.samplingSweeps = request.samplingSweeps;
    return state;
}

}  // namespace

SegmentationRecipe recipeOf(const SegmentationState& state, const SegmentationRequest& request) {
    SegmentationRecipe recipe;
    recipe.model = state.model.toStdString();
    recipe.request = request;
    if (state.picture) recipe.pictureName = state.picture->name.toStdString();
    recipe.panel = textOf(stateJson(state, bindAppearance));
    return recipe;
}

Result<SegmentationState> stateOfRecipe(const std::string& text) {
    VITRINE_TRY(const SegmentationRecipe recipe, segmentationRecipeFromJson(text));
    SegmentationState state = questionOf(recipe);
    if (const auto fault = readState(objectOf(recipe.panel), state, bindAppearance))
        return Error{ErrorCode::BadFormat,
                     "The saved state of Segmentation has a bad \"" + fault->name + "\".",
                     fault->what};
    setNumSamples(state, state.numSamples);
    return state;
}

QJsonObject toJson(const SegmentationState& state) {
    return objectOf(recipeToJson(recipeOf(state, requestOf(state))));
}

Result<SegmentationState> segmentationStateFromJson(const QJsonObject& json) {
    return stateOfRecipe(textOf(json));
}

}  // namespace vitrine
