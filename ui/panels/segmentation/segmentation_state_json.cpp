// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "ui/panels/segmentation/segmentation_state.h"
#include "ui/shell/state_fields.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array kConsensus{"mean"_L1, "vote"_L1, "chosen"_L1, "difference"_L1};
constexpr std::array kDoubt{"entropy"_L1, "mutual information"_L1};
constexpr std::array kAnswer{"prior mean"_L1, "guess"_L1, "gdnn"_L1, "reconstruction"_L1, "nearest known"_L1};
constexpr std::array kOrder{"drawn"_L1, "differing"_L1, "best"_L1};

/// How the panel shows an answer: what no recipe needs.
QJsonObject viewJson(const SegmentationState& state) {
    return {{u"opacity"_s, state.opacity},
            {u"consensus"_s, kConsensus[std::size_t(state.consensus)]},
            {u"doubt"_s, kDoubt[std::size_t(state.doubt)]},
            {u"answer"_s, kAnswer[std::size_t(state.answer)]},
            {u"order"_s, kOrder[std::size_t(state.order)]},
            {u"pinned"_s, toJson(state.pinned)},
            {u"chosen"_s, state.chosen}};
}

Status readView(const QJsonObject& json, SegmentationState& state) {
    StateFields reader(json);
    state.opacity = reader.number(u"opacity"_s, state.opacity, 0, 1);
    state.consensus = reader.choice(u"consensus"_s, kConsensus, state.consensus);
    state.doubt = reader.choice(u"doubt"_s, kDoubt, state.doubt);
    state.answer = reader.choice(u"answer"_s, kAnswer, state.answer);
    state.order = reader.choice(u"order"_s, kOrder, state.order);
    state.chosen = int(reader.number(u"chosen"_s, state.chosen, -1, kMostSamples - 1));
    state.pinned = reader.wholeNumbers(u"pinned"_s, 0, kMostSamples - 1);
    if (reader.fault().isEmpty()) return {};
    return Error{ErrorCode::BadFormat,
                 "The saved state of Segmentation has a bad \"" + reader.fault().toStdString() + "\"."};
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
    state.numSamples = std::min(request.numSamples, kMostSamples);
    state.seed = request.seed;
    state.spread = std::min(request.spread, kMostSpread);
    state.numParts = std::min(request.numParts, kMostParts);
    state.numSteps = std::min(request.numSteps, kMostSteps);
    state.numSweeps = std::min(request.numSweeps, kMostSweeps);
    state.samplingSweeps = request.samplingSweeps;
    state.forced = request.forced;
    return state;
}

}  // namespace

SegmentationRecipe recipeOf(const SegmentationState& state, const SegmentationRequest& request) {
    SegmentationRecipe recipe;
    recipe.model = state.model.toStdString();
    recipe.request = request;
    if (state.picture) recipe.pictureName = state.picture->name.toStdString();
    recipe.panel = textOf(viewJson(state));
    return recipe;
}

Result<SegmentationState> stateOfRecipe(const std::string& text) {
    VITRINE_TRY(const SegmentationRecipe recipe, segmentationRecipeFromJson(text));
    SegmentationState state = questionOf(recipe);
    VITRINE_CHECK(readView(objectOf(recipe.panel), state));
    return state;
}

QJsonObject toJson(const SegmentationState& state) {
    return objectOf(recipeToJson(recipeOf(state, requestOf(state))));
}

Result<SegmentationState> segmentationStateFromJson(const QJsonObject& json) {
    return stateOfRecipe(textOf(json));
}

}  // namespace vitrine
