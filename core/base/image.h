// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vitrine {

/// A dense row-major picture: `at(y, x, c)`, rows top to bottom. The base of all value pictures.
template <class Scalar>
struct Raster {
    int width = 0;
    int height = 0;
    int channels = 0;
    std::vector<Scalar> pixels;  // [H, W, C]

    Raster() = default;
    Raster(int w, int h, int c, Scalar fill = {})
        : width(w), height(h), channels(c), pixels(std::size_t(w) * h * c, fill) {}

    bool empty() const { return pixels.empty(); }
    std::size_t index(int y, int x, int c = 0) const { return (std::size_t(y) * width + x) * channels + c; }
    Scalar& at(int y, int x, int c = 0) { return pixels[index(y, x, c)]; }
    Scalar at(int y, int x, int c = 0) const { return pixels[index(y, x, c)]; }
    Scalar* row(int y) { return pixels.data() + index(y, 0); }
    const Scalar* row(int y) const { return pixels.data() + index(y, 0); }
    bool operator==(const Raster&) const = default;
};

/// Shapes: [H, W, 3 or 4] uint8, sRGB; with 4 channels the alpha is straight (not premultiplied) unless said.
using Image = Raster<std::uint8_t>;
/// Shapes: [H, W, 1] uint8 class indices; 255 = unknown.
using LabelMap = Raster<std::uint8_t>;
/// Shapes: [H, W, 1] float32.
using ScalarMap = Raster<float>;
/// Shapes: [H, W, 2] float32. Units: pixels, +x right, +y down, from frame t to t+1.
using FlowField = Raster<float>;

inline constexpr std::uint8_t kUnknownLabel = 255;

}  // namespace vitrine
