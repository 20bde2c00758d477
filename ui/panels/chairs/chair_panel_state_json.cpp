// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/drawn_style.h"
#include "core/recipe/recipe_fields.h"
#include "ui/panels/chairs/chair_panel_state.h"
#include "ui/shell/state_fields.h"

namespace vitrine {
namespace {

void bindUnitSlider(FieldSet& fields, UnitSlider& unit) {
    bindBoost(fields, unit.boost);
    fields.number("largest", unit.largest, {1e-6, 1e6});
}

void bindAxisChoice(FieldSet& fields, AxisChoice& axis) {
    fields.choice("parameter", axis.parameter, axisParameters());
    fields.number("from", axis.from, kRecipeRange);
    fields.number("to", axis.to, kRecipeRange);
    fields.integer("count", axis.count, {1, 4096});
}

void bindMixName(FieldSet& fields, MixName& name) {
    fields.text("mix", name.mix);
    fields.text("name", name.name);
}

void bindStyles(FieldSet& fields, ChairPanelState& state) {
    fields.list("slots", state.slots, FieldList{bindStyle, 4096});
    fields.number("u", state.u, {-10, 10});
    fields.number("v", state.v, {-10, 10});
    fields.flag("arithmetic", state.arithmetic);
}

void bindPicture(FieldSet& fields, ChairPanelState& state) {
    bindView(fields, state.view, kRecipeRange, {-90, 90});
    fields.flag("snapToTrainedViews", state.snapToTrainedViews);
    fields.object("theta", state.theta, [](FieldSet& inner, Theta& theta) {
        bindTheta(inner, theta, {-100, 100});
    });
    fields.list("units", state.units, bindUnitSlider, 1024);
    fields.flag("extrapolated", state.extrapolated);
    fields.choice("background", state.background, backgroundNames());
    fields.text("backgroundFile", state.backgroundFile);
    fields.choice("channel", state.channel, channelNames());
    fields.choice("compare", state.compare, {"off", "real", "difference"});
    fields.flag("smooth", state.smooth);
    fields.integer("exportScale", state.exportScale, {1, 4});
}

void bindAnimation(FieldSet& fields, ChairPanelState& state) {
    std::vector<std::string_view> parameters;
    for (const std::string_view parameter : axisParameters())
        if (parameter != kChairParameter) parameters.push_back(parameter);
    fields.choice("animatedParameter", state.animatedParameter, parameters);
    fields.number("animateFrom", state.animateFrom, kRecipeRange);
    fields.number("animateTo", state.animateTo, kRecipeRange);
    fields.choice("loop", state.timing.loop, {"once", "loop", "pingpong"});
    fields.choice("easing", state.timing.easing, {"linear", "smooth", "slow start", "slow end"});
    fields.number("secondsPerPass", state.timing.secondsPerPass, {0.1, 600});
}

void bindStrip(FieldSet& fields, ChairPanelState& state) {
    fields.choice("strip", state.strip, {"styles", "map", "grid", "morph"});
    fields.choice("styleGroup", state.styleGroup, {"catalogue", "family", "scans", "new", "all"});
    fields.list("newChairs", state.newChairs, FieldRange{0, kLargestStyleSeed}, 4096);
    fields.list("mixNames", state.mixNames, bindMixName, 4096);
    fields.object("columns", state.columns, bindAxisChoice);
    fields.object("rows", state.rows, bindAxisChoice);
    fields.object("frames", state.frames, bindAxisChoice);
    fields.choice("schedule", state.schedule, morphScheduleNames());
    fields.integer("framesPerSecond", state.framesPerSecond, {1, 100});
}

void bindState(FieldSet& fields, ChairPanelState& state) {
    bindStyles(fields, state);
    bindPicture(fields, state);
    bindAnimation(fields, state);
    bindStrip(fields, state);
}

}  // namespace

QJsonObject toJson(const ChairPanelState& state) {
    return stateJson(state, bindState);
}

Result<ChairPanelState> chairPanelStateFromJson(const QJsonObject& json) {
    ChairPanelState state;
    if (const auto fault = readState(json, state, bindState))
        return Error{
            ErrorCode::BadFormat,
            "The saved state cannot be used: its field \"" + fault->name + "\" has an invalid value.",
            fault->what};
    setParameter(state, "azimuth", state.view.azimuthDeg);
    compactSlots(state);
    return state;
}

}  // namespace vitrine
