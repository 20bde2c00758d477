// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/chair_panel_state.h"

#include <fmt/format.h>

#include <QJsonDocument>
#include <QtMath>
#include <algorithm>
#include <cmath>

#include "core/base/fnv_hash.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr double kNothing = 1e-3;    ///< of what is shown
constexpr double kCancelled = 1e-6;  ///< less than the parts of a fitted mix, which are many and small

/// Sums up parts of the same style; order of first appearance.
RecipeMix weightedSum(const std::vector<RecipeMix>& mixes, std::span<const double> factors) {
    RecipeMix sum;
    for (std::size_t i = 0; i < mixes.size(); ++i) {
        for (const RecipeStyle& part : mixes[i]) {
            const auto same = std::find_if(sum.begin(), sum.end(), [&part](const RecipeStyle& other) {
                return other.id == part.id && other.index == part.index;
            });
            const float weight = float(part.weight * factors[i]);
            if (same == sum.end())
                sum.push_back({part.id, part.index, weight});
            else
                same->weight += weight;
        }
    }
    std::erase_if(sum, [](const RecipeStyle& part) { return std::abs(part.weight) < kCancelled; });
    return sum;
}

ParameterInfo thetaInfo(const ThetaRange& range, bool extrapolated) {
    ParameterInfo info{range.key, tr(range.label), {}, 0, 0, 1, false, 2};
    const double spread = extrapolated ? range.extrapolated : range.trained;
    info.minimum = -spread;
    info.maximum = spread;
    switch (range.display) {
        case ThetaRange::Display::Fraction:
            info.displayFactor = 100;
            info.unit = u" %"_s;
            info.decimals = 1;
            break;
        case ThetaRange::Display::Degrees:
            info.displayFactor = 180 / M_PI;
            info.unit = u"°"_s;
            info.decimals = 1;
            break;
        case ThetaRange::Display::Factor:
            info.exponential = true;
            info.unit = u"×"_s;
            break;
    }
    return info;
}

int thetaIndex(const std::string& key) {
    const auto ranges = thetaRanges();
    const auto found = std::ranges::find(ranges, key, &ThetaRange::key);
    return found == ranges.end() ? -1 : int(found - ranges.begin());
}

RecipeAxis axisOf(const AxisChoice& choice, MorphSchedule schedule) {
    RecipeAxis axis{choice.parameter, morphPositions(choice.count, schedule)};
    for (double& value : axis.values) {
        value = std::lerp(choice.from, choice.to, value);
        if (choice.parameter == kChairParameter) value = std::round(value);
    }
    return axis;
}

}  // namespace

bool sameSettings(const ChairPanelState& a, const ChairPanelState& b) {
    ChairPanelState moved = a;
    moved.u = b.u;
    moved.v = b.v;
    moved.view = b.view;
    moved.theta = b.theta;
    moved.units = b.units;
    return moved == b;
}

void setAnimated(ChairStateStore& store, const std::string& parameter, double value) {
    store.setOverlay([parameter, value](ChairPanelState& state) { setParameter(state, parameter, value); });
}

void endAnimation(ChairStateStore& store) {
    store.keepOverlay(u"animation"_s, tr("Animate"));
}

StyleMode styleMode(const ChairPanelState& state) {
    const auto filled = [&state](std::size_t slot) { return !state.slots[slot].empty(); };
    if (!filled(0)) return StyleMode::Empty;
    if (!filled(1)) return StyleMode::Single;
    if (state.arithmetic && filled(2)) return StyleMode::Arithmetic;
    return filled(2) && filled(3) ? StyleMode::Pad : StyleMode::Line;
}

std::vector<RecipeMix> styleCorners(const ChairPanelState& state) {
    const auto& [a, b, c, d] = state.slots;
    switch (styleMode(state)) {
        case StyleMode::Empty:
            break;
        case StyleMode::Single:
            return {a};
        case StyleMode::Line:
            return {a, b};
        case StyleMode::Pad:
            return {a, b, c, d};
        case StyleMode::Arithmetic:
            return {a, weightedSum({a, b, c}, std::array{1.0, -1.0, 1.0})};
    }
    return {};
}

RecipeMix shownMix(const ChairPanelState& state) {
    const std::vector<RecipeMix> corners = styleCorners(state);
    RecipeMix mix;
    if (corners.size() == 1) mix = weightedSum(corners, std::array{1.0});
    if (corners.size() == 2) mix = weightedSum(corners, std::array{1 - state.u, state.u});
    if (corners.size() == 4) mix = weightedSum(corners, bilinearWeights(state.u, state.v));
    std::erase_if(mix, [](const RecipeStyle& part) { return std::abs(part.weight) < kNothing; });
    return mix;
}

std::string pureStyleOf(const RecipeMix& mix) {
    return mix.size() == 1 && std::abs(mix.front().weight - 1) < kNothing ? mix.front().id : std::string();
}

ChairRecipe recipeOf(const ChairPanelState& state, RecipeKind kind) {
    ChairRecipe recipe = recipeWithoutState(state, kind);
    recipe.panel = QJsonDocument(toJson(state)).toJson(QJsonDocument::Compact).toStdString();
    return recipe;
}

ChairRecipe recipeWithoutState(const ChairPanelState& state, RecipeKind kind) {
    ChairRecipe recipe;
    recipe.kind = kind;
    recipe.corners = styleCorners(state);
    recipe.u = state.u;
    recipe.v = state.v;
    recipe.view = state.view;
    recipe.theta = state.theta;
    for (const UnitSlider& unit : state.units)
        if (unit.boost.value != 0) recipe.boosts.push_back(unit.boost);
    recipe.background = state.background;
    recipe.backgroundFile =
        state.background == BackgroundKind::Picture ? state.backgroundFile : std::string();
    recipe.channel = state.channel;
    if (kind == RecipeKind::Grid) {
        recipe.columns = axisOf(state.columns, MorphSchedule::Linear);
        recipe.rows = axisOf(state.rows, MorphSchedule::Linear);
    }
    if (kind == RecipeKind::Morph) {
        recipe.frames = axisOf(state.frames, state.schedule);
        recipe.framesPerSecond = state.framesPerSecond;
    }
    return recipe;
}

Result<ChairPanelState> stateOf(const ChairRecipe& recipe) {
    if (!recipe.panel.empty()) {
        return chairPanelStateFromJson(
            QJsonDocument::fromJson(QByteArray::fromStdString(recipe.panel)).object());
    }
    ChairPanelState state;
    for (std::size_t i = 0; i < std::min(recipe.corners.size(), state.slots.size()); ++i)
        state.slots[i] = recipe.corners[i];
    state.u = recipe.u;
    state.v = recipe.v;
    state.view = recipe.view;
    state.theta = recipe.theta;
    for (const UnitBoost& boost : recipe.boosts)
        state.units.push_back({boost, std::max(1.0, 2 * std::abs(double(boost.value)))});
    state.background = recipe.background;
    state.backgroundFile = recipe.backgroundFile;
    state.channel = recipe.channel;
    const auto choiceOf = [](const RecipeAxis& axis) {
        return AxisChoice{axis.parameter, axis.values.front(), axis.values.back(), int(axis.values.size())};
    };
    if (recipe.kind == RecipeKind::Grid) {
        state.strip = StripMode::Grid;
        state.columns = choiceOf(recipe.columns);
        state.rows = choiceOf(recipe.rows);
    }
    if (recipe.kind == RecipeKind::Morph) {
        state.strip = StripMode::Morph;
        state.frames = choiceOf(recipe.frames);
        state.framesPerSecond = recipe.framesPerSecond;
    }
    return state;
}

double ParameterInfo::toDisplay(double value) const {
    return exponential ? std::exp(value) : value * displayFactor;
}

double ParameterInfo::fromDisplay(double displayed) const {
    return exponential ? std::log(std::max(displayed, 1e-3)) : displayed / displayFactor;
}

QString ParameterInfo::text(double value) const {
    return QString::number(toDisplay(value), 'f', decimals) + unit;
}

ParameterInfo parameterInfo(const ChairPanelState& state, const std::string& key) {
    if (const int index = thetaIndex(key); index >= 0)
        return thetaInfo(thetaRanges()[std::size_t(index)], state.extrapolated);
    if (key == "azimuth") return {key, tr("Azimuth"), u"°"_s, 0, 360, 1, false, 0};
    if (key == "elevation") return {key, tr("Elevation"), u"°"_s, 10, 40, 1, false, 0};
    if (key == kChairParameter) return {key, tr("Chair, by number"), {}, 0, 1, 1, false, 0};
    if (key == "style2") return {key, tr("Style, A–B to C–D"), u" %"_s, 0, 1, 100, false, 0};
    return {"style",
            styleMode(state) == StyleMode::Arithmetic ? tr("Style, A to A − B + C") : tr("Style, A to B"),
            u" %"_s,
            0,
            1,
            100,
            false,
            0};
}

std::vector<ParameterInfo> parametersOf(const ChairPanelState& state) {
    std::vector<ParameterInfo> infos;
    const std::size_t numCorners = styleCorners(state).size();
    if (numCorners >= 2) infos.push_back(parameterInfo(state, "style"));
    if (numCorners == 4) infos.push_back(parameterInfo(state, "style2"));
    for (const char* key : {"azimuth", "elevation"}) infos.push_back(parameterInfo(state, key));
    for (const ThetaRange& range : thetaRanges()) infos.push_back(parameterInfo(state, range.key));
    return infos;
}

std::vector<ParameterInfo> axisParametersOf(const ChairPanelState& state) {
    std::vector<ParameterInfo> infos = parametersOf(state);
    infos.insert(infos.begin(), parameterInfo(state, kChairParameter));
    return infos;
}

double parameterValue(const ChairPanelState& state, const std::string& key) {
    if (const int index = thetaIndex(key); index >= 0) return state.theta.values()[std::size_t(index)];
    if (key == "azimuth") return state.view.azimuthDeg;
    if (key == "elevation") return state.view.elevationDeg;
    return key == "style2" ? state.v : state.u;
}

void setParameter(ChairPanelState& state, const std::string& key, double value) {
    if (const int index = thetaIndex(key); index >= 0) {
        auto values = state.theta.values();
        values[std::size_t(index)] = float(value);
        state.theta = Theta::fromValues(values);
    } else if (key == "azimuth") {
        const double wrapped = std::fmod(value, 360.0);
        state.view.azimuthDeg = float(wrapped < 0 ? wrapped + 360 : wrapped);
    } else if (key == "elevation") {
        state.view.elevationDeg = float(value);
    } else if (key == "style2") {
        state.v = value;
    } else if (key == "style") {
        state.u = value;
    }
}

int shownSlot(const ChairPanelState& state) {
    const StyleMode mode = styleMode(state);
    if (mode != StyleMode::Line && mode != StyleMode::Pad) return 0;
    const int column = state.u == 1 ? 1 : 0, row = mode == StyleMode::Pad && state.v == 1 ? 2 : 0;
    const bool isCorner =
        (state.u == 0 || state.u == 1) && (row == 2 || mode == StyleMode::Line || state.v == 0);
    return isCorner ? row + column : 0;
}

void showSlot(ChairPanelState& state, int slot) {
    const bool pad = styleMode(state) == StyleMode::Pad;
    if (slot >= 2 && !pad) return;
    state.u = slot % 2;
    state.v = pad ? slot / 2 : 0;
}

void rememberNewChair(ChairPanelState& state, int seed) {
    constexpr std::size_t kMaxRemembered = 48;
    std::erase(state.newChairs, seed);
    state.newChairs.insert(state.newChairs.begin(), seed);
    if (state.newChairs.size() > kMaxRemembered) state.newChairs.resize(kMaxRemembered);
}

std::string keyOf(const RecipeMix& mix) {
    FnvHash hash;
    for (const RecipeStyle& part : mix)
        for (const char letter :
             fmt::format("{}#{}*{} ", part.id, part.index, std::lround(1e6 * part.weight)))
            hash.add(std::uint8_t(letter));
    return fmt::format("{:016x}", hash.value());
}

void nameMix(ChairPanelState& state, const RecipeMix& mix, const std::string& name) {
    constexpr std::size_t kMaxNames = 48;
    const std::string key = keyOf(mix);
    std::erase_if(state.mixNames, [&key](const MixName& other) { return other.mix == key; });
    state.mixNames.insert(state.mixNames.begin(), {key, name});
    if (state.mixNames.size() > kMaxNames) state.mixNames.resize(kMaxNames);
}

std::string givenName(const ChairPanelState& state, const RecipeMix& mix) {
    if (state.mixNames.empty() || mix.size() < 2) return {};
    const auto found = std::ranges::find(state.mixNames, keyOf(mix), &MixName::mix);
    return found == state.mixNames.end() ? std::string() : found->name;
}

void compactSlots(ChairPanelState& state) {
    const auto firstFilled =
        std::ranges::find_if(state.slots, [](const RecipeMix& mix) { return !mix.empty(); });
    if (firstFilled != state.slots.end() && firstFilled != state.slots.begin())
        std::swap(state.slots[0], *firstFilled);
    if (state.slots[1].empty()) state.u = 0;
}

}  // namespace vitrine
