// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace vitrine {

using ColourStop = std::array<double, 3>;

/// Between evenly spaced colours; `value` from 0 to 1, clamped. NaN is grey.
inline std::array<std::uint8_t, 3> blendStops(std::span<const ColourStop> stops, double value) {
    if (std::isnan(value)) return {128, 128, 128};
    const double place = std::clamp(value, 0.0, 1.0) * double(stops.size() - 1);
    const auto left = std::min(std::size_t(place), stops.size() - 2);
    std::array<std::uint8_t, 3> rgb;
    for (std::size_t c = 0; c < 3; ++c)
        rgb[c] =
            std::uint8_t(std::lround(std::lerp(stops[left][c], stops[left + 1][c], place - double(left))));
    return rgb;
}

/// Viridis: dark violet (0) to yellow (1). Ten colours of matplotlib's map.
inline std::array<std::uint8_t, 3> viridisRgb(double value) {
    static constexpr std::array<ColourStop, 10> kStops{ColourStop{68, 1, 84},
                                                       {72, 40, 120},
                                                       {62, 74, 137},
                                                       {49, 104, 142},
                                                       {38, 130, 142},
                                                       {31, 158, 137},
                                                       {53, 183, 121},
                                                       {109, 205, 89},
                                                       {180, 222, 44},
                                                       {253, 231, 37}};
    return blendStops(kStops, value);
}

/// Of uncertainty: inferno, black (0) to pale yellow (1). Ten colours of matplotlib's map.
inline std::array<std::uint8_t, 3> uncertaintyRgb(double value) {
    static constexpr std::array<ColourStop, 10> kStops{ColourStop{0, 0, 4},
                                                       {27, 12, 66},
                                                       {75, 12, 107},
                                                       {120, 28, 109},
                                                       {165, 44, 96},
                                                       {207, 68, 70},
                                                       {237, 105, 37},
                                                       {251, 154, 6},
                                                       {247, 208, 60},
                                                       {252, 255, 164}};
    return blendStops(kStops, value);
}

}  // namespace vitrine
