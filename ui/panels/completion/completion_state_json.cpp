// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/completion_state.h"
#include "ui/shell/state_fields.h"

namespace vitrine {
namespace {

/// How the panel shows an answer: what no recipe needs.
void bindAppearance(FieldSet& fields, CompletionState& state) {
    fields.choice("samples",
                  state.samples,
                  FieldNames{"mean", "chosen", "path"}.formerly("way", CompletionSamples::Path));
    fields.choice("answer", state.answer, {"guess", "prior mean", "reconstruction"});
    bindPins(fields, state);
}

/// The panel draws no more samples, and no wider, than its sliders have.
CompletionState questionOf(const CompletionRecipe& recipe) {
    const CompletionRequest& request = recipe.request;
    CompletionState state;
    if (!request.image.empty())
        setPicture(state, {request.image, QString::fromStdString(recipe.pictureName)});
    state.numQuadrants = recipe.numQuadrants;
    state.model = QString::fromStdString(recipe.model);
    takeSamples(state, request);
    return state;
}

}  // namespace

CompletionRecipe recipeOf(const CompletionState& state, const CompletionRequest& request) {
    CompletionRecipe recipe;
    recipe.numQuadrants = state.numQuadrants;
    recipe.model = state.model.toStdString();
    recipe.request = request;
    if (state.picture) recipe.pictureName = state.picture->name.toStdString();
    recipe.panel = textOf(stateJson(state, bindAppearance));
    return recipe;
}

Result<CompletionState> completionStateOfRecipe(const std::string& text) {
    VITRINE_TRY(const CompletionRecipe recipe, completionRecipeFromJson(text));
    CompletionState state = questionOf(recipe);
    if (const auto fault = readState(objectOf(recipe.panel), state, bindAppearance))
        return Error{ErrorCode::BadFormat,
                     "The saved state of Completion has a bad \"" + fault->name + "\".",
                     fault->what};
    setNumSamples(state, state.numSamples);
    return state;
}

QJsonObject toJson(const CompletionState& state) {
    return objectOf(recipeToJson(recipeOf(state, requestOf(state))));
}

Result<CompletionState> completionStateFromJson(const QJsonObject& json) {
    return completionStateOfRecipe(textOf(json));
}

}  // namespace vitrine
