// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/image.h"

namespace vitrine {

/// At most 256 colours that stand for those of many pictures, e.g. all frames of an animation, and the
/// nearest of them to any colour (looked up with 5 bits a channel). Source: median cut after Heckbert 1982,
/// splitting where the squared error is largest.
class Palette {
public:
    static constexpr int kSize = 256;
    using Colour = std::array<std::uint8_t, 3>;

    /// Shapes: frames [H, W, 3].
    static Palette ofFrames(std::span<const Image> frames);

    const std::vector<Colour>& colours() const { return m_colours; }
    std::uint8_t indexOf(const std::uint8_t* rgb) const { return m_nearest[binOf(rgb)]; }

private:
    static constexpr std::size_t kBins = 1 << 15;
    static std::size_t binOf(const std::uint8_t* rgb) {
        return std::size_t(rgb[0] >> 3) << 10 | std::size_t(rgb[1] >> 3) << 5 | std::size_t(rgb[2] >> 3);
    }

    std::vector<Colour> m_colours;
    std::vector<std::uint8_t> m_nearest = std::vector<std::uint8_t>(kBins);
};

}  // namespace vitrine
