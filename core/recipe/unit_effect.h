// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/base/image.h"

namespace vitrine {

/// What the chair generator answers, before anything is clamped. Shapes: [S, S, 4] float32: RGB times mask,
/// mask.
using ChairOutput = Raster<float>;

/// How a picture of a chair differs from another. The similarity is the one that takes the first outline to
/// the second best: a shift, a rotation about the outline's centroid and a zoom.
struct UnitEffect {
    double areaFactor = 1;       ///< area of the mask, after / before
    double centroidShiftPx = 0;  ///< of the mask's centroid
    double shiftXPx = 0, shiftYPx = 0, rotationDeg = 0, zoomFactor = 1;
    double outlineChange =
        0;                  ///< share of the outline's area that the similarity leaves unexplained, at most 1
    double brightness = 0;  ///< change of the chair's mean luminance, of 1
    double hue = 0;         ///< distance of its mean colours across the a* b* plane of CIELAB
    double difference = 0;  ///< mean absolute difference over the picture on white, of 1
    bool operator==(const UnitEffect&) const = default;
};

/// Source of the registration: Lucas and Kanade 1981 (Gauss-Newton on grey values), here on blurred masks at
/// half size, started at the moments. Shapes: both of one size. A mask with next to no area has no outline:
/// then only `difference` says something.
UnitEffect measureEffect(const ChairOutput& before, const ChairOutput& after);

/// What units are ranked by.
enum class EffectMeasure { Zoom, Shift, Rotation, Brightness, Hue, Style, Difference };

struct EffectMeasureInfo {
    EffectMeasure measure;
    const char* key;    ///< on the command line and in recipes
    const char* label;  ///< in the window
    const char* unit;
    const char* definition;  ///< one sentence: what the number is
};
std::span<const EffectMeasureInfo> effectMeasures();
const EffectMeasureInfo& infoOf(EffectMeasure measure);

/// The number by which a unit is ranked, in the measure's unit; signed where the effect has two directions,
/// so that its magnitude ranks.
double scoreOf(const UnitEffect& effect, EffectMeasure measure);

}  // namespace vitrine
