// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/unit_state.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <array>

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array kStrips{"units"_L1, "steps"_L1, "filters"_L1, "maps"_L1, "latent"_L1};
constexpr double kPaperValueOfFc4 = 8;
constexpr int kFirstWindow = 4;

Error damaged(const QString& field) {
    return {
        ErrorCode::BadFormat,
        u"The state of Units cannot be used: its field \"%1\" makes no sense."_s.arg(field).toStdString()};
}

}  // namespace

UnitState::UnitState() {
    recipe.chair = recipeOf(UnitRequest().chair, {});
    recipe.request.value = kPaperValueOfFc4;
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
    QJsonArray pinned;
    for (const int unit : state.pinned) pinned << unit;
    const std::string recipe = recipeToJson(state.recipe);
    return {{u"model"_s, state.model},
            {u"recipe"_s, QJsonDocument::fromJson(QByteArray::fromStdString(recipe)).object()},
            {u"strip"_s, kStrips[std::size_t(state.strip)]},
            {u"pinned"_s, pinned}};
}

Result<UnitState> unitStateFromJson(const QJsonObject& json) {
    UnitState state;
    state.model = json[u"model"_s].toString();
    if (json.contains(u"recipe"_s)) {
        const QByteArray recipe = QJsonDocument(json[u"recipe"_s].toObject()).toJson(QJsonDocument::Compact);
        VITRINE_TRY(state.recipe, unitRecipeFromJson(recipe.toStdString()));
    }
    const auto strip = std::ranges::find(kStrips, json[u"strip"_s].toString(kStrips.front()));
    if (strip == kStrips.end()) return damaged(u"strip"_s);
    state.strip = UnitStrip(strip - kStrips.begin());
    for (const QJsonValue& unit : json[u"pinned"_s].toArray()) {
        if (unit.toInt(-1) < 0) return damaged(u"pinned"_s);
        state.pinned << unit.toInt();
    }
    return state;
}

}  // namespace vitrine
