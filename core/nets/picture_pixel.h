// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/base/host_device.h"

/// How a pixel is shown: the arithmetic of writePremultiplied, written once for the CPU and for the kernel in core/cuda.
namespace vitrine {

/// Between 0 and `most`. Also makes 0 of NaN.
VITRINE_HOST_DEVICE inline float limited(float value, float most) {
    value = value > 0 ? value : 0;
    return value < most ? value : most;
}

VITRINE_HOST_DEVICE inline std::uint32_t toByte(float value) { return std::uint32_t(std::int32_t(value * 255 + 0.5f)); }

/// The network's answer for one pixel as premultiplied RGBA, red in the lowest byte: mask clamped to [0, 1], RGB to [0, mask].
VITRINE_HOST_DEVICE inline std::uint32_t premultipliedPixel(float red, float green, float blue, float mask) {
    const float alpha = limited(mask, 1);
    return toByte(limited(red, alpha)) | toByte(limited(green, alpha)) << 8 | toByte(limited(blue, alpha)) << 16 | toByte(alpha) << 24;
}

/// 0, or NaN if one of the numbers is not finite; sums of it stay NaN.
VITRINE_HOST_DEVICE inline float poisonOf(float red, float green, float blue, float mask) { return (red + green + blue + mask) * 0.0f; }

/// A premultiplied pixel over an opaque one: rgb + (1 - alpha) * background. The same roundings as composeOver.
VITRINE_HOST_DEVICE inline std::uint32_t pixelOver(std::uint32_t premultiplied, std::uint32_t background) {
    const std::uint32_t cover = premultiplied >> 24;
    std::uint32_t pixel = 255u << 24;
    for (int shift = 0; shift < 24; shift += 8) {
        const std::uint32_t value = (premultiplied >> shift & 255) + ((255 - cover) * (background >> shift & 255) + 127) / 255;
        pixel |= (value < 255 ? value : 255) << shift;
    }
    return pixel;
}

}  // namespace vitrine
