// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/base/vector3.h"

namespace vitrine {

enum class FamilyLegs { Four, Cantilever, Runners, Column, Crossed, Panels, Plinth };
enum class FamilyBack { None, Panel, Slats, Rungs, Spindles, Cushions, Hoop };
enum class FamilyArms { None, Rails, Tubes, Blocks };
enum class FamilyStretchers {
    None,
    Cross,  ///< both sides, and a bar between their middles
    Open,   ///< both sides and the front
    Ring,   ///< all four sides
};
enum class FamilyHoop { Open, Double, Splat };

/// The discrete choices of a chair of the family: which solids it is made of, and how many. What a chair does
/// not have keeps its default, so that two builds are equal exactly where each solid of one has its like in
/// the other.
struct FamilyBuild {
    std::string type = "chair";  ///< as ChairEntry::type
    FamilyLegs legs = FamilyLegs::Four;
    FamilyBack back = FamilyBack::None;
    FamilyArms arms = FamilyArms::None;
    bool isUpholstered = false;
    int numSeatBoards = 0;  ///< 0: a plate or cushions
    int numSeatCushions = 1;

    int legSides = 0;  ///< of a leg's or a tube's cross section
    bool hasMiddleLeg = false, hasApron = false;
    FamilyStretchers stretchers = FamilyStretchers::None;
    int stretcherSides = 0;
    bool hasDiscFoot = false;
    int numStarArms = 0;
    bool hasCastors = false;
    bool hasPlinthFeet = false;

    int numBackCushions = 0;
    bool hasBackGap = false;
    std::array<int, 2> backPostSides{};
    FamilyHoop hoop = FamilyHoop::Open;
    int backSides = 0;  ///< of the bars of a back
    bool hasLowRail = false;
    int numBackBars = 0;  ///< slats, rungs or spindles

    bool hasRolledArms = false;
    bool armsReachFloor = false;

    int numStripes = 0;  ///< of the cover's pattern; 0: plain
    bool isChecked = false;
    bool isBackPatterned = false;

    bool operator==(const FamilyBuild&) const = default;
};

/// The continuous parameters. Units: metres, radians, or shares where said. Members are floats alone:
/// interpolation treats each struct as an array. A parameter that a build does not use is 0.
struct FamilySizes {
    float width = 0, depth = 0, seatTop = 0, seatThickness = 0;
    float backHeight = 0, leanRad = 0, armHeight = 0;
    float bar = 0;    ///< radius that all bars are derived from
    float inset = 0;  ///< of the legs
};
struct FamilySeatNumbers {
    float squareness = 0, narrowing = 0, bulge = 0;  ///< as those of Plate
    float boardShare = 0;                            ///< of a board's pitch
};
struct FamilyLegNumbers {
    float bodyTop = 0;   ///< height of the legs under an upholstered body
    float splayRad = 0;  ///< outwards
    float reach = 0;     ///< share of the seat that the legs stand apart
    float thickness = 0, taper = 0, turning = 0,
          rearLean = 0;  ///< turning: amplitude as a share of the radius
    float apron = 0;
    float stretcherRadius = 0, sideShare = 0, frontShare = 0;  ///< shares of the leg's length, from the top
    float tubeRadius = 0, tubeCorner = 0, tubeOut = 0;
    float columnRadius = 0, columnReach = 0, discTop = 0;
    float starFoot = 0, starHub = 0, starTurnRad = 0;
    std::array<float, 2> crossbars{};  ///< heights at a seat of 0.4 m, rear and front
    float plinthLow = 0;
    float panelThickness = 0, panelInset = 0, panelOpen = 0;
};
struct FamilyBackNumbers {
    float halfThickness = 0, bulge = 0, squareness = 0, narrowing = 0, bend = 0;  ///< as those of Plate
    float down = 0;  ///< how far a cushion goes below the seat's top
    float gap = 0;
    std::array<float, 2> postShares{};  ///< of half the width
    std::array<float, 2> hoopCorners{};
    float innerHoop = 0, splatShare = 0;
    float flare = 0, slatRadius = 0;
    float low = 0, tall = 0;  ///< of rails
    float bowSquareness = 0;
};
struct FamilyArmNumbers {
    float thickness = 0, front = 0, low = 0, rearShare = 0, squareness = 0, bulge = 0;  ///< of blocks
    float frontInset = 0, radius = 0, out = 0, corner = 0;  ///< of rails and tubes
};
/// Colours. Units: sRGB in [0, 1].
struct FamilyMaterialNumbers {
    Vector3 colour;
    float gloss = 0;
};
struct FamilyColours {
    FamilyMaterialNumbers frame, seatCover, backCover;
    Vector3 patternColour;  ///< the second colour of a pattern
};
struct FamilyNumbers {
    FamilySizes sizes;
    FamilySeatNumbers seat;
    FamilyLegNumbers legs;
    FamilyBackNumbers back;
    FamilyArmNumbers arms;
    FamilyColours colours;
};

/// All that a chair of the family is made from.
struct FamilyShape {
    FamilyBuild build;
    FamilyNumbers numbers;
};

/// The shape of chair `number`, a function of the number alone. Frozen: networks are trained on these chairs.
FamilyShape sampleFamilyShape(std::uint64_t number);

/// Whether two shapes can be interpolated: they are of the same build.
bool canInterpolate(const FamilyShape& a, const FamilyShape& b);
/// The shape at share `t` of the way from `a` to `b`: each parameter linear in t, the turn of a star foot the
/// shorter way round. t = 0 and t = 1 give the ends exactly. Errors: throws std::invalid_argument for
/// different builds.
FamilyShape interpolate(const FamilyShape& a, const FamilyShape& b, float t);

}  // namespace vitrine
