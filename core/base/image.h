// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vitrine {

/// A dense row-major picture: `at(y, x, c)`, rows top to bottom. The base of all value pictures; those of
/// another `Kind` are types of their own, which do not convert.
template <class Scalar, class Kind = void>
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
/// Shapes: [H, W, 1] float32.
using ScalarMap = Raster<float>;
/// Shapes: [H, W, 1] uint8 class indices; 255 = unknown.
struct LabelMap : Raster<std::uint8_t, LabelMap> {
    LabelMap() = default;
    LabelMap(int w, int h, std::uint8_t fill = {}) : Raster(w, h, 1, fill) {}
};
/// Shapes: [H, W, 2] float32. Units: pixels, +x right, +y down, from frame t to t+1.
struct FlowField : Raster<float, FlowField> {
    FlowField() = default;
    FlowField(int w, int h) : Raster(w, h, 2) {}
};

inline constexpr std::uint8_t kUnknownLabel = 255;

/// The class indices as grey levels, for what keeps pictures. Shapes: [H, W, 1].
inline Image greyLevels(const LabelMap& labels) {
    Image image(labels.width, labels.height, labels.channels);
    image.pixels = labels.pixels;
    return image;
}

}  // namespace vitrine
