// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "core/base/host_device.h"

/// What theta does to one pixel: applyTheta's arithmetic, written once for the CPU and for the kernel in core/cuda.
namespace vitrine {

struct Matrix3 {
    float at[9];
};

VITRINE_HOST_DEVICE constexpr Matrix3 multiply(const Matrix3& a, const Matrix3& b) {
    Matrix3 product{};
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j)
            for (int k = 0; k < 3; ++k) product.at[i * 3 + j] += a.at[i * 3 + k] * b.at[k * 3 + j];
    return product;
}

VITRINE_HOST_DEVICE constexpr Matrix3 inverse(const Matrix3& m) {
    const auto minor = [&m](int r, int c) {
        const int r1 = (r + 1) % 3, r2 = (r + 2) % 3, c1 = (c + 1) % 3, c2 = (c + 2) % 3;
        return m.at[r1 * 3 + c1] * m.at[r2 * 3 + c2] - m.at[r1 * 3 + c2] * m.at[r2 * 3 + c1];
    };
    const float determinant = m.at[0] * minor(0, 0) + m.at[1] * minor(0, 1) + m.at[2] * minor(0, 2);
    Matrix3 result{};
    for (int r = 0; r < 3; ++r)
        for (int c = 0; c < 3; ++c) result.at[c * 3 + r] = minor(r, c) / determinant;
    return result;
}

/// Where an output pixel comes from: rotate about the centre, translate, divide by zoom. Coordinates are fractions of the
/// side, 0 in the centre.
struct SourceFromOutput {
    float xx, xy, xt, yx, yy, yt;

    VITRINE_HOST_DEVICE float x(float u, float v) const { return xx * u + xy * v + xt; }
    VITRINE_HOST_DEVICE float y(float u, float v) const { return yx * u + yy * v + yt; }
};

/// `theta`: the values of a Theta, in its order.
VITRINE_HOST_DEVICE inline SourceFromOutput sourceFromOutput(const float* theta) {
    const float c = std::cos(theta[2]), s = std::sin(theta[2]);
    const float zoomX = std::exp(theta[3] + theta[4]), zoomY = std::exp(theta[3] - theta[4]);
    return {c / zoomX, s / zoomX, -theta[0] / zoomX, -s / zoomY, c / zoomY, -theta[1] / zoomY};
}

/// Brightness scales the colour, saturation and hue scale and turn its chroma. Source: papers.md B4.
VITRINE_HOST_DEVICE inline Matrix3 colourMatrix(const float* theta) {
    constexpr Matrix3 kBasis = {{0.51f, 0.56f, 0.65f, 0.79f, 0.01f, -0.62f, 0.35f, -0.83f, 0.44f}};  // lightness, two of chroma
    constexpr Matrix3 kRgbFromBasis = inverse(kBasis);
    const float brightness = std::exp(theta[6]), chroma = brightness * std::exp(theta[5]);
    const float c = chroma * std::cos(theta[7]), s = chroma * std::sin(theta[7]);
    return multiply(kRgbFromBasis, multiply({{brightness, 0, 0, 0, c, -s, 0, s, c}}, kBasis));
}

/// Theta as each pixel of a picture needs it.
struct ThetaTransform {
    SourceFromOutput source;
    Matrix3 colour;
    bool moves, colours;  ///< false: that part is the identity, and skipped
};

VITRINE_HOST_DEVICE inline ThetaTransform thetaTransform(const float* theta) {
    const bool moves = theta[0] != 0 || theta[1] != 0 || theta[2] != 0 || theta[3] != 0 || theta[4] != 0;
    const bool colours = theta[5] != 0 || theta[6] != 0 || theta[7] != 0;
    return {sourceFromOutput(theta), colourMatrix(theta), moves, colours};
}

/// A picture, premultiplied. Shapes: [height, width, 4].
struct ThetaSource {
    const std::uint8_t* pixels;
    int width, height;
};

/// Four channels in [0, 255] at a sub-pixel position, bilinear; empty outside.
VITRINE_HOST_DEVICE inline void sampleBilinear(const ThetaSource& source, float x, float y, float* out) {
    const float floorX = std::floor(x), floorY = std::floor(y);
    const int x0 = int(floorX), y0 = int(floorY);
    const float fx = x - floorX, fy = y - floorY;
    out[0] = out[1] = out[2] = out[3] = 0;
    if (x0 < -1 || y0 < -1 || x0 >= source.width || y0 >= source.height) return;
    const float weights[4] = {(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy};
    for (int corner = 0; corner < 4; ++corner) {
        const int cx = x0 + (corner & 1), cy = y0 + (corner >> 1);
        if (cx < 0 || cy < 0 || cx >= source.width || cy >= source.height) continue;
        const std::uint8_t* pixel = source.pixels + (std::size_t(cy) * source.width + cx) * 4;
        for (int c = 0; c < 4; ++c) out[c] += weights[corner] * pixel[c];
    }
}

/// Colour stays within [0, alpha].
VITRINE_HOST_DEVICE inline void turnColour(const Matrix3& m, float* pixel) {
    const float r = pixel[0], g = pixel[1], b = pixel[2], alpha = pixel[3];
    for (int c = 0; c < 3; ++c) {
        const float value = m.at[c * 3] * r + m.at[c * 3 + 1] * g + m.at[c * 3 + 2] * b;
        pixel[c] = value < 0 ? 0 : value > alpha ? alpha : value;
    }
}

/// Pixel (row, column) of the moved picture. Shapes: out [4] in [0, 1], masked RGB and mask.
VITRINE_HOST_DEVICE inline void movedPixel(const ThetaSource& source, const SourceFromOutput& map, int row, int column, float* out) {
    const float w = float(source.width), h = float(source.height);
    const float u = (column + 0.5f) / w - 0.5f, v = (row + 0.5f) / h - 0.5f;
    sampleBilinear(source, (map.x(u, v) + 0.5f) * w - 0.5f, (map.y(u, v) + 0.5f) * h - 0.5f, out);
    for (int c = 0; c < 4; ++c) out[c] *= 1.0f / 255;
}

/// The same where nothing moves.
VITRINE_HOST_DEVICE inline void keptPixel(const ThetaSource& source, int row, int column, float* out) {
    const std::uint8_t* pixel = source.pixels + (std::size_t(row) * source.width + column) * 4;
    for (int c = 0; c < 4; ++c) out[c] = pixel[c] * (1.0f / 255);
}

}  // namespace vitrine
