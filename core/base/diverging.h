// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace vitrine {

/// Blue (-1) over white (0) to red (+1), sRGB. The ends are equally dark, so that neither sign looks
/// stronger. Values outside are clamped, NaN is grey.
inline std::array<std::uint8_t, 3> divergingRgb(double value) {
    using Stop = std::array<double, 3>;
    // From white outwards.
    constexpr std::array<Stop, 4> kBlue{Stop{247, 247, 247}, {146, 197, 222}, {67, 120, 184}, {33, 62, 140}};
    constexpr std::array<Stop, 4> kRed{Stop{247, 247, 247}, {244, 165, 130}, {206, 78, 72}, {150, 18, 36}};
    if (std::isnan(value)) return {128, 128, 128};
    const auto& stops = value < 0 ? kBlue : kRed;
    const double place = std::min(std::abs(value), 1.0) * double(stops.size() - 1);
    const auto left = std::min(std::size_t(place), stops.size() - 2);
    std::array<std::uint8_t, 3> rgb;
    for (std::size_t c = 0; c < 3; ++c)
        rgb[c] =
            std::uint8_t(std::lround(std::lerp(stops[left][c], stops[left + 1][c], place - double(left))));
    return rgb;
}

}  // namespace vitrine
