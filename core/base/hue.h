// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>

#include "core/base/vector3.h"

namespace vitrine {

/// A colour by hue, saturation and value, all in [0, 1]; the hue is periodic. Returns sRGB in [0, 1].
inline Vector3 fromHue(float hue, float saturation, float value) {
    const auto channel = [&](float n) {
        const float k = std::fmod(n + hue * 6, 6.f);
        return value - value * saturation * std::max(0.f, std::min({k, 4 - k, 1.f}));
    };
    return {channel(5), channel(3), channel(1)};
}

}  // namespace vitrine
