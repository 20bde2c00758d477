// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/unit_state.h"

#include <algorithm>

#include "ui/shell/state_fields.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr double kPaperValueOfFc4 = 8;
constexpr double kPaperBoostOfFc4 = 20;
constexpr int kFirstUnit = 0;
constexpr int kFirstWindow = 4;

/// All but the recipe.
void bindState(FieldSet& fields, UnitState& state) {
    fields.value("model", state.model, QtText());
    fields.choice("strip", state.strip, {"units", "steps", "filters", "maps", "latent"});
    fields.list("pinned", state.pinned, FieldRange{0, 1e6});
}

}  // namespace

UnitState::UnitState() {
    recipe.chair = recipeOf(UnitRequest().chair, {});
    recipe.request.value = kPaperValueOfFc4;
}

UnitState firstUnitState() {
    UnitState state;
    UnitRequest& request = state.recipe.request;
    request.mode = UnitMode::Add;
    request.unit = kFirstUnit;
    request.value = kPaperBoostOfFc4;
    state.recipe.measure = EffectMeasure::Difference;
    return state;
}

void setLayer(UnitState& state, const ChairLayer& layer) {
    UnitRequest& request = state.recipe.request;
    request.layer = layer.name;
    request.unit = 0;
    request.maps.clear();
    state.pinned.clear();
    const bool needsMaps = request.mode == UnitMode::Window || request.mode == UnitMode::Maps;
    setMode(state, needsMaps && !layer.isMap() ? UnitMode::Replace : request.mode, layer);
}

void setMode(UnitState& state, UnitMode mode, const ChairLayer& layer) {
    UnitRequest& request = state.recipe.request;
    request.mode = mode;
    request.value = mode == UnitMode::Add ? boostValue(layer) : paperValue(layer);
    request.cell = mode == UnitMode::Add ? std::nullopt : paperCell(layer);
    if (mode == UnitMode::Window) request.window = centralWindow(layer, std::min(kFirstWindow, layer.side));
}

bool sweepsTheSame(const UnitState& a, const UnitState& b) {
    UnitRequest first = a.recipe.request, second = b.recipe.request;
    first.unit = second.unit = 0;
    return a.model == b.model && a.recipe.chair == b.recipe.chair && a.recipe.channel == b.recipe.channel &&
           first == second;
}

QJsonObject toJson(const UnitState& state) {
    QJsonObject json = stateJson(state, bindState);
    json[u"recipe"_s] = objectOf(recipeToJson(state.recipe));
    return json;
}

Result<UnitState> unitStateFromJson(const QJsonObject& json) {
    UnitState state;
    if (json.contains(u"recipe"_s)) {
        VITRINE_TRY(state.recipe, unitRecipeFromJson(textOf(json[u"recipe"_s].toObject())));
    }
    if (const auto fault = readState(json, state, bindState))
        return Error{
            ErrorCode::BadFormat,
            "The state of Units cannot be used: its field \"" + fault->name + "\" has an invalid value.",
            fault->what};
    return state;
}

}  // namespace vitrine
