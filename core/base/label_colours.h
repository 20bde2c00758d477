// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

#include "core/base/image.h"

namespace vitrine {

/// The colour that stands for a label everywhere: black for the background, then hues that the colour-blind
/// tell apart, over and over; grey for what is unknown. With five classes the hues are seat, back, arms and
/// legs. Source: Okabe, Ito 2008.
constexpr std::array<std::uint8_t, 3> labelColour(std::uint8_t label) {
    constexpr std::array<std::array<std::uint8_t, 3>, 7> kHues = {{{0, 114, 178},
                                                                   {213, 94, 0},
                                                                   {204, 121, 167},
                                                                   {0, 158, 115},
                                                                   {230, 159, 0},
                                                                   {86, 180, 233},
                                                                   {240, 228, 66}}};
    if (label == 0) return {0, 0, 0};
    if (label == kUnknownLabel) return {128, 128, 128};
    return kHues[std::size_t(label - 1) % kHues.size()];
}

/// The colours of all labels, for pictures whose pixels are labels.
constexpr std::array<std::array<std::uint8_t, 3>, 256> labelPalette() {
    std::array<std::array<std::uint8_t, 3>, 256> palette{};
    for (std::size_t label = 0; label < palette.size(); ++label)
        palette[label] = labelColour(std::uint8_t(label));
    return palette;
}

}  // namespace vitrine
