// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>

namespace vitrine {

/// Units: both in [0, 1]. Source: IEC 61966-2-1.
inline float srgbToLinear(float c) {
    return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
}

/// The inverse; what is outside [0, 1] is clipped.
inline float linearToSrgb(float c) {
    c = std::clamp(c, 0.f, 1.f);
    return c <= 0.0031308f ? 12.92f * c : 1.055f * std::pow(c, 1 / 2.4f) - 0.055f;
}

/// Bends what is brighter than 0.8 towards 1, so that light upholstery keeps its folds.
inline float softenHighlight(float c) {
    constexpr float kKnee = 0.8f, kRoom = 1 - kKnee;
    return c <= kKnee ? c : kKnee + kRoom * (1 - std::exp(-(c - kKnee) / kRoom));
}

}  // namespace vitrine
