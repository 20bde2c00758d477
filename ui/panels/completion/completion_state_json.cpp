// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "ui/panels/completion/completion_state.h"
#include "ui/shell/state_fields.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array kSamples{"mean"_L1, "chosen"_L1, "way"_L1};
constexpr std::array kAnswers{"guess"_L1, "prior mean"_L1, "reconstruction"_L1};

/// How the panel shows an answer: what no recipe needs.
QJsonObject viewJson(const CompletionState& state) {
    return {{u"samples"_s, kSamples[std::size_t(state.samples)]},
            {u"answer"_s, kAnswers[std::size_t(state.answer)]},
            {u"pinned"_s, toJson(state.pinned)},
            {u"chosen"_s, state.chosen},
            {u"way"_s, state.wayStep}};
}

Status readView(const QJsonObject& json, CompletionState& state) {
    constexpr int kLastSample = CompletionState::kMostSamples - 1;
    StateFields reader(json);
    state.samples = reader.choice(u"samples"_s, kSamples, state.samples);
    state.answer = reader.choice(u"answer"_s, kAnswers, state.answer);
    state.pinned = reader.wholeNumbers(u"pinned"_s, 0, kLastSample);
    state.chosen = int(reader.number(u"chosen"_s, state.chosen, -1, kLastSample));
    state.wayStep = int(reader.number(u"way"_s, state.wayStep, 0, CompletionState::kWaySteps - 1));
    if (reader.fault().isEmpty()) return {};
    return Error{ErrorCode::BadFormat,
                 "The saved state of Completion has a bad \"" + reader.fault().toStdString() + "\"."};
}

/// The panel draws no more samples, and no wider, than its sliders have.
CompletionState questionOf(const CompletionRecipe& recipe) {
    const CompletionRequest& request = recipe.request;
    CompletionState state;
    if (!request.image.empty())
        setPicture(state, {request.image, QString::fromStdString(recipe.pictureName)});
    state.numQuadrants = recipe.numQuadrants;
    state.model = QString::fromStdString(recipe.model);
    state.numSamples = std::min(request.numSamples, CompletionState::kMostSamples);
    state.seed = request.seed;
    state.spread = std::min(request.spread, CompletionState::kMostSpread);
    state.forced = request.forced;
    return state;
}

}  // namespace

CompletionRecipe recipeOf(const CompletionState& state, const CompletionRequest& request) {
    CompletionRecipe recipe;
    recipe.numQuadrants = state.numQuadrants;
    recipe.model = state.model.toStdString();
    recipe.request = request;
    if (state.picture) recipe.pictureName = state.picture->name.toStdString();
    recipe.panel = textOf(viewJson(state));
    return recipe;
}

Result<CompletionState> completionStateOfRecipe(const std::string& text) {
    VITRINE_TRY(const CompletionRecipe recipe, completionRecipeFromJson(text));
    CompletionState state = questionOf(recipe);
    VITRINE_CHECK(readView(objectOf(recipe.panel), state));
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
