// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/family_shape.h"

#include <bit>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace vitrine {
namespace {

constexpr std::size_t kNumFloats = sizeof(FamilyNumbers) / sizeof(float);
using Floats = std::array<float, kNumFloats>;
static_assert(sizeof(Floats) == sizeof(FamilyNumbers));

/// A star of n arms is the same after a turn by 1/n.
float turnBetween(float from, float to, float t, int numArms) {
    const float period = 2 * std::numbers::pi_v<float> / float(numArms);
    return from + t * std::remainder(to - from, period);
}

}  // namespace

bool canInterpolate(const FamilyShape& a, const FamilyShape& b) {
    return a.build == b.build;
}

FamilyShape interpolate(const FamilyShape& a, const FamilyShape& b, float t) {
    if (!canInterpolate(a, b)) throw std::invalid_argument("The shapes are of different builds.");
    if (t == 0) return a;
    if (t == 1) return b;
    const auto from = std::bit_cast<Floats>(a.numbers), to = std::bit_cast<Floats>(b.numbers);
    Floats between;
    for (std::size_t i = 0; i < kNumFloats; ++i) between[i] = std::lerp(from[i], to[i], t);
    FamilyShape shape{a.build, std::bit_cast<FamilyNumbers>(between)};
    if (a.build.numStarArms > 0)
        shape.numbers.legs.starTurnRad =
            turnBetween(a.numbers.legs.starTurnRad, b.numbers.legs.starTurnRad, t, a.build.numStarArms);
    return shape;
}

}  // namespace vitrine
