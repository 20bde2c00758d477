// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/base/image.h"

namespace vitrine {

/// What is measured of one mask.
struct MaskFigures {
    double ambiguousArea =
        0;                  ///< sum of 4 m (1 - m): 1 for a pixel of m = 1/2, 0 for a sure one. Units: pixels
    int area = 0;           ///< pixels with m > 1/2
    int boundary = 0;       ///< of these, those with a neighbour on one of four sides of m <= 1/2
    int numComponents = 0;  ///< 8-connected parts of m > 1/2
    double outside = 0;     ///< share of the area outside the largest component; 0 of an empty mask
};
/// Shapes: mask [H, W, 1] in [0, 1].
MaskFigures measureMask(const ScalarMap& mask);
/// Shapes: [H, W, 4] premultiplied -> [H, W, 1] in [0, 1].
ScalarMap maskOf(const Image& premultiplied);

/// Mean absolute difference of all four channels, in [0, 1]. Shapes: both [H, W, 4] premultiplied, of one
/// size.
double pictureChange(const Image& a, const Image& b);
/// The largest step between neighbouring frames over the mean step: 1 where a morph changes evenly, the
/// number of steps where all change is in one. NaN where nothing changes, or of fewer than two frames.
double largestOverMeanStep(std::span<const Image> frames);

/// Whether a middle's area and boundary both lie between those of the ends, 15 % of either way allowed.
bool liesBetween(const MaskFigures& middle, const MaskFigures& from, const MaskFigures& to);
/// Whether the area of an extrapolated picture leaves half to twice that of the nearer end.
bool isLost(const MaskFigures& beyond, const MaskFigures& nearerEnd);

}  // namespace vitrine
