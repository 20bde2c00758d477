// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/colour_maps.h"

namespace vitrine {

/// Blue (-1) over white (0) to red (+1), sRGB. The ends are equally dark, so that neither sign looks
/// stronger. Values outside are clamped, NaN is grey.
inline std::array<std::uint8_t, 3> divergingRgb(double value) {
    // From white outwards.
    static constexpr std::array<ColourStop, 4> kBlue{
        ColourStop{247, 247, 247}, {146, 197, 222}, {67, 120, 184}, {33, 62, 140}};
    static constexpr std::array<ColourStop, 4> kRed{
        ColourStop{247, 247, 247}, {244, 165, 130}, {206, 78, 72}, {150, 18, 36}};
    return blendStops(value < 0 ? kBlue : kRed, std::abs(value));
}

}  // namespace vitrine
