// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/recipe/chair_request.h"

namespace vitrine {

/// A point in style space: how much of which style. Weights need not sum to 1.
using StyleMix = std::vector<StyleWeight>;

StyleMix pureStyle(int styleIndex);
/// Adds weights of the same style, drops those that are 0, sorts by style: two mixes that paint the same
/// picture are equal.
StyleMix normalised(const StyleMix& mix);
/// The sum of factors[i] * mixes[i], normalised.
StyleMix combine(std::span<const StyleMix> mixes, std::span<const double> factors);

/// Weights of the corners A, B, C, D of a pad; A (0, 0), B (1, 0), C (0, 1), D (1, 1). Outside [0, 1] they
/// extrapolate.
std::array<double, 4> bilinearWeights(double u, double v);
/// The mix at (u, v) of 1 corner (u, v ignored), 2 (A to B along u) or 4 corners (bilinear).
StyleMix mixAt(std::span<const StyleMix> corners, double u, double v);

/// A - B + C. Source: papers.md B6.
StyleMix arithmetic(const StyleMix& a, const StyleMix& b, const StyleMix& c);
/// The mean of several styles.
StyleMix average(std::span<const int> styleIndices);
/// A chair that does not exist: `numMixed` distinct styles in random proportions that sum to 1. Seed: all of
/// it from `rng`.
StyleMix randomMix(Rng& rng, int numStyles, int numMixed);

enum class MorphSchedule {
    Linear,  ///< equal steps
    Paper,   ///< w = 1, .65, .57, .5, .43, .35, 0 of A: dense in the middle, where the change is
};
/// Positions u of a morph's frames, from 0 (A) to 1 (B). Paper's schedule with 7 frames gives its own
/// numbers, with other counts the piecewise linear curve through them. `numFrames` >= 1. Source: papers.md
/// B6.
std::vector<double> morphPositions(int numFrames, MorphSchedule schedule = MorphSchedule::Linear);
/// `count` equally spaced values, both ends included; one value: the start.
std::vector<double> linearValues(double from, double to, int count);

}  // namespace vitrine
