// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/theta.h"

#include <algorithm>
#include <cmath>

#include "core/data/theta_pixel.h"

namespace vitrine {
namespace {

constexpr float kSourceMargin = 0.25f;  // of the picture's side
constexpr int kMaxDraws = 20;

bool cornersInside(const Theta& theta) {
    const auto values = theta.values();
    const SourceFromOutput map = sourceFromOutput(values.data());
    constexpr float limit = 0.5f + kSourceMargin;
    for (float u : {-0.5f, 0.5f})
        for (float v : {-0.5f, 0.5f})
            if (std::abs(map.x(u, v)) > limit || std::abs(map.y(u, v)) > limit) return false;
    return true;
}

}  // namespace

std::array<float, kThetaSize> Theta::values() const {
    return {translateX, translateY, rotateRad, logZoom, logStretch, logSaturation, logBrightness, hueRad};
}

Theta Theta::fromValues(std::span<const float, kThetaSize> v) {
    return {v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]};
}

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

Theta sampleTheta(Rng& rng, double scale) {
    const auto draw = [&](int i) { return float(rng.uniform(-1, 1) * scale * thetaRanges()[i].trained); };
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
    const auto values = theta.values();
    const ThetaTransform transform = thetaTransform(values.data());
    const ThetaSource source{premultiplied, width, height};
    const auto forEachPixel = [&](const auto& work) {
        float* pixel = out;
        for (int row = 0; row < height; ++row)
            for (int column = 0; column < width; ++column, pixel += 4) work(row, column, pixel);
    };
    if (transform.moves)
        forEachPixel([&](int row, int column, float* pixel) {
            movedPixel(source, transform.source, row, column, pixel);
        });
    else
        forEachPixel([&](int row, int column, float* pixel) { keptPixel(source, row, column, pixel); });
    if (transform.colours) forEachPixel([&](int, int, float* pixel) { turnColour(transform.colour, pixel); });
}

Image applyTheta(const Image& premultiplied, const Theta& theta) {
    std::vector<float> transformed(premultiplied.pixels.size());
    applyTheta(
        premultiplied.pixels.data(), premultiplied.width, premultiplied.height, theta, transformed.data());
    Image result(premultiplied.width, premultiplied.height, 4);
    std::transform(transformed.begin(), transformed.end(), result.pixels.begin(), [](float value) {
        return std::uint8_t(value * 255 + 0.5f);
    });
    return result;
}

}  // namespace vitrine
