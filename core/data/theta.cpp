// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/theta.h"

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

constexpr float kSourceMargin = 0.25f;  // of the picture's side
constexpr int kMaxDraws = 20;

/// Where an output pixel comes from: rotate about the centre, translate, divide by zoom. Coordinates are fractions of the
/// side, 0 in the centre.
struct SourceFromOutput {
    float xx, xy, xt, yx, yy, yt;

    explicit SourceFromOutput(const Theta& theta) {
        const float c = std::cos(theta.rotateRad), s = std::sin(theta.rotateRad);
        const float zoomX = std::exp(theta.logZoom + theta.logStretch), zoomY = std::exp(theta.logZoom - theta.logStretch);
        xx = c / zoomX, xy = s / zoomX, xt = -theta.translateX / zoomX;
        yx = -s / zoomY, yy = c / zoomY, yt = -theta.translateY / zoomY;
    }
    float x(float u, float v) const { return xx * u + xy * v + xt; }
    float y(float u, float v) const { return yx * u + yy * v + yt; }
};

bool cornersInside(const Theta& theta) {
    const SourceFromOutput map(theta);
    constexpr float limit = 0.5f + kSourceMargin;
    for (float u : {-0.5f, 0.5f})
        for (float v : {-0.5f, 0.5f})
            if (std::abs(map.x(u, v)) > limit || std::abs(map.y(u, v)) > limit) return false;
    return true;
}

using Matrix3 = std::array<float, 9>;

Matrix3 multiply(const Matrix3& a, const Matrix3& b) {
    Matrix3 product{};
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j)
            for (int k = 0; k < 3; ++k) product[i * 3 + j] += a[i * 3 + k] * b[k * 3 + j];
    return product;
}

Matrix3 inverse(const Matrix3& m) {
    const auto minor = [&](int r, int c) {
        const int r1 = (r + 1) % 3, r2 = (r + 2) % 3, c1 = (c + 1) % 3, c2 = (c + 2) % 3;
        return m[r1 * 3 + c1] * m[r2 * 3 + c2] - m[r1 * 3 + c2] * m[r2 * 3 + c1];
    };
    const float determinant = m[0] * minor(0, 0) + m[1] * minor(0, 1) + m[2] * minor(0, 2);
    Matrix3 result;
    for (int r = 0; r < 3; ++r)
        for (int c = 0; c < 3; ++c) result[c * 3 + r] = minor(r, c) / determinant;
    return result;
}

/// Rows: lightness, two of chroma. Source: papers.md B4.
constexpr Matrix3 kColourBasis = {0.51f, 0.56f, 0.65f, 0.79f, 0.01f, -0.62f, 0.35f, -0.83f, 0.44f};

/// Brightness scales the colour, saturation and hue scale and turn its chroma.
Matrix3 colourMatrix(const Theta& theta) {
    const float brightness = std::exp(theta.logBrightness), chroma = brightness * std::exp(theta.logSaturation);
    const float c = chroma * std::cos(theta.hueRad), s = chroma * std::sin(theta.hueRad);
    static const Matrix3 rgbFromBasis = inverse(kColourBasis);
    return multiply(rgbFromBasis, multiply({brightness, 0, 0, 0, c, -s, 0, s, c}, kColourBasis));
}

bool isSpatialIdentity(const Theta& t) {
    return t.translateX == 0 && t.translateY == 0 && t.rotateRad == 0 && t.logZoom == 0 && t.logStretch == 0;
}

bool isColourIdentity(const Theta& t) { return t.logSaturation == 0 && t.logBrightness == 0 && t.hueRad == 0; }

struct Source {
    const std::uint8_t* pixels;
    int width, height;
};

/// Four channels at a sub-pixel position in [0, 255]; empty outside.
inline void sampleBilinear(const Source& source, float x, float y, float* out) {
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

void applySpatial(const Source& source, const Theta& theta, float* out) {
    const SourceFromOutput map(theta);
    const float w = float(source.width), h = float(source.height);
    for (int row = 0; row < source.height; ++row) {
        const float v = (row + 0.5f) / h - 0.5f;
        for (int column = 0; column < source.width; ++column, out += 4) {
            const float u = (column + 0.5f) / w - 0.5f;
            sampleBilinear(source, (map.x(u, v) + 0.5f) * w - 0.5f, (map.y(u, v) + 0.5f) * h - 0.5f, out);
            for (int c = 0; c < 4; ++c) out[c] *= 1.0f / 255;
        }
    }
}

void applyColour(const Matrix3& m, std::size_t numPixels, float* pixel) {
    for (std::size_t i = 0; i < numPixels; ++i, pixel += 4) {
        const float r = pixel[0], g = pixel[1], b = pixel[2], alpha = pixel[3];
        for (int c = 0; c < 3; ++c)
            pixel[c] = std::clamp(m[c * 3] * r + m[c * 3 + 1] * g + m[c * 3 + 2] * b, 0.0f, alpha);
    }
}

}  // namespace

std::array<float, kThetaSize> Theta::values() const {
    return {translateX, translateY, rotateRad, logZoom, logStretch, logSaturation, logBrightness, hueRad};
}

Theta Theta::fromValues(std::span<const float, kThetaSize> v) { return {v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]}; }

std::span<const ThetaRange, kThetaSize> thetaRanges() {
    using enum ThetaRange::Display;
    static const std::array<ThetaRange, kThetaSize> ranges = {{
        {"dx", "Move right", 0.1f, 0.2f, Fraction},
        {"dy", "Move down", 0.1f, 0.2f, Fraction},
        {"rotate", "Rotate", 0.2f, 0.5f, Degrees},
        {"zoom", "Zoom", 0.3f, 1.0f, Factor},
        {"stretch", "Stretch", 0.1f, 0.405f, Factor},
        {"saturation", "Saturation", 0.7f, 5.0f, Factor},
        {"brightness", "Brightness", 0.7f, 2.0f, Factor},
        {"hue", "Hue", 1.5f, 3.0f, Degrees},
    }};
    return ranges;
}

Theta sampleTheta(Rng& rng, double spread) {
    const auto draw = [&](int i) { return float(rng.uniform(-1, 1) * spread * thetaRanges()[i].trained); };
    Theta theta;
    for (int attempt = 0; attempt < kMaxDraws; ++attempt) {
        theta = {draw(0), draw(1), draw(2), draw(3), draw(4)};
        if (cornersInside(theta)) break;
        theta = {};
    }
    theta.logSaturation = draw(5);
    theta.logBrightness = draw(6);
    theta.hueRad = draw(7);
    return theta;
}

void applyTheta(const std::uint8_t* premultiplied, int width, int height, const Theta& theta, float* out) {
    const std::size_t numPixels = std::size_t(width) * height;
    if (isSpatialIdentity(theta))
        for (std::size_t i = 0; i < numPixels * 4; ++i) out[i] = premultiplied[i] * (1.0f / 255);
    else
        applySpatial({premultiplied, width, height}, theta, out);
    if (!isColourIdentity(theta)) applyColour(colourMatrix(theta), numPixels, out);
}

Image applyTheta(const Image& premultiplied, const Theta& theta) {
    std::vector<float> transformed(premultiplied.pixels.size());
    applyTheta(premultiplied.pixels.data(), premultiplied.width, premultiplied.height, theta, transformed.data());
    Image result(premultiplied.width, premultiplied.height, 4);
    std::transform(transformed.begin(), transformed.end(), result.pixels.begin(), [](float value) { return std::uint8_t(value * 255 + 0.5f); });
    return result;
}

}  // namespace vitrine
