// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <array>
#include <string>
#include <vector>

#include "core/recipe/animation.h"
#include "core/recipe/morph.h"
#include "core/recipe/recipe.h"
#include "ui/bridge/style_names.h"
#include "ui/panel_kit/state_store.h"

namespace vitrine {

enum class CompareMode { Off, Real, Difference };
enum class StripMode { Styles, Map, Grid, Morph };
/// What the filled slots make.
enum class StyleMode {
    Empty,
    Single,     ///< A
    Line,       ///< A to B
    Pad,        ///< A, B, C, D
    Arithmetic  ///< from A to A - B + C
};

/// The axis whose values are the network's chairs, by class index.
inline constexpr const char* kChairParameter = "chair";

/// A value that runs from one number to another in so many steps.
struct AxisChoice {
    std::string parameter = "azimuth";
    double from = 0;
    double to = 348;
    int count = 7;
    bool operator==(const AxisChoice&) const = default;
};

/// A unit of the network under a slider, from -largest to largest.
struct UnitSlider {
    UnitBoost boost;
    double largest = 1;
    bool operator==(const UnitSlider&) const = default;
};

/// What a mix of many styles is called, such as the picture that it was fitted to.
struct MixName {
    std::string mix;  ///< keyOf() the mix
    std::string name;
    bool operator==(const MixName&) const = default;
};

/// Everything the user can set in the chairs panel. A value: undo, files and recipes hold copies of it.
struct ChairPanelState {
    std::array<RecipeMix, 4> slots;  ///< A, B, C, D; a later one is filled only if A is
    double u = 0;
    double v = 0;
    bool arithmetic = false;
    ChairView view{325, 20};
    bool snapToTrainedViews = false;
    Theta theta;
    std::vector<UnitSlider> units;
    bool extrapolated = false;  ///< theta's sliders have the paper's extrapolation ranges
    BackgroundKind background = BackgroundKind::White;
    std::string backgroundFile;
    PictureChannel channel = PictureChannel::Composite;
    CompareMode compare = CompareMode::Difference;
    bool smooth = true;
    int exportScale = 1;  ///< pixels that an exported picture has for one of the network's, on each side
    std::string animatedParameter = "style";
    double animateFrom = 0;
    double animateTo = 1;
    AnimationTiming timing;
    StripMode strip = StripMode::Styles;
    StyleGroup styleGroup = StyleGroup::Catalogue;  ///< what the gallery shows
    std::vector<int> newChairs;                     ///< seeds of the chairs that were drawn, the newest first
    std::vector<MixName> mixNames;                  ///< the newest first
    AxisChoice columns{"azimuth", 0, 348, 9};
    AxisChoice rows{"style", 0, 1, 5};
    AxisChoice frames{"style", 0, 1, 16};
    MorphSchedule schedule = MorphSchedule::Linear;
    int framesPerSecond = 16;
    bool operator==(const ChairPanelState&) const = default;
};
/// Whether they differ at most in what sliders move while they are dragged: style position, view, theta,
/// units.
bool sameSettings(const ChairPanelState& a, const ChairPanelState& b);

using ChairStateStore = StateStore<ChairPanelState>;
/// Shows the value of a running animation.
void setAnimated(ChairStateStore& store, const std::string& parameter, double value);
/// Keeps the value that the animation has reached, as one step of undo.
void endAnimation(ChairStateStore& store);

QJsonObject toJson(const ChairPanelState& state);
/// Errors: BadFormat naming the field. Unknown fields are passed over, missing ones keep their default.
Result<ChairPanelState> chairPanelStateFromJson(const QJsonObject& json);

StyleMode styleMode(const ChairPanelState& state);
/// 1, 2 or 4 mixes, as a recipe has them; empty for StyleMode::Empty.
std::vector<RecipeMix> styleCorners(const ChairPanelState& state);
/// The style weights that are shown, by id. Parts of less than a thousandth are left out.
RecipeMix shownMix(const ChairPanelState& state);
/// The id of the one style that is shown unmixed; empty for a mix.
std::string pureStyleOf(const RecipeMix& mix);

/// What makes the stage's picture, the grid or the frames, with the whole state in `panel`.
ChairRecipe recipeOf(const ChairPanelState& state, RecipeKind kind);
/// The same with an empty `panel`: cheap enough for every move of a slider.
ChairRecipe recipeWithoutState(const ChairPanelState& state, RecipeKind kind);
/// The state that shows a recipe: its own panel state if it has one, else the nearest.
Result<ChairPanelState> stateOf(const ChairRecipe& recipe);

/// A value that axes and animations can run through, by its key in axisParameters().
struct ParameterInfo {
    std::string key;
    QString label;
    QString unit;        ///< as displayed
    double minimum = 0;  ///< in the state's own units
    double maximum = 1;
    double displayFactor = 1;  ///< displayed = value * factor, or exp(value) if exponential
    bool exponential = false;
    int decimals = 2;

    double toDisplay(double value) const;
    double fromDisplay(double displayed) const;
    QString text(double value) const;  ///< with its unit
};
/// Those that make sense in this state ("style" needs two slots, "style2" four).
std::vector<ParameterInfo> parametersOf(const ChairPanelState& state);
/// The same and the chairs themselves: an axis can list them, a slider can't run through them.
std::vector<ParameterInfo> axisParametersOf(const ChairPanelState& state);
ParameterInfo parameterInfo(const ChairPanelState& state, const std::string& key);
double parameterValue(const ChairPanelState& state, const std::string& key);
void setParameter(ChairPanelState& state, const std::string& key, double value);

/// The slot whose style is shown unmixed; A between them.
int shownSlot(const ChairPanelState& state);
/// Moves to the corner of a slot. C and D have one only where four styles are mixed.
void showSlot(ChairPanelState& state, int slot);
/// Puts it before the others; of many, the oldest is forgotten.
void rememberNewChair(ChairPanelState& state, int seed);
/// The same for equal mixes; weights are rounded to a millionth.
std::string keyOf(const RecipeMix& mix);
/// Puts the name before the others; of many, the oldest is forgotten.
void nameMix(ChairPanelState& state, const RecipeMix& mix, const std::string& name);
/// Empty: it was given none.
std::string givenName(const ChairPanelState& state, const RecipeMix& mix);

/// Moves a filled slot to A when A is empty, so that slots fill from A on.
void compactSlots(ChairPanelState& state);

}  // namespace vitrine
