// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/resize.h"

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

struct CubicTaps {
    std::vector<int> from;
    std::vector<float> weights;
};

float cubic(float x) {
    x = std::abs(x);
    if (x < 1) return (1.5f * x - 2.5f) * x * x + 1;
    return x < 2 ? ((-0.5f * x + 2.5f) * x - 4) * x + 2 : 0;
}

int mirrored(int i, int size) {
    const int period = 2 * size, rest = ((i % period) + period) % period;
    return rest < size ? rest : period - 1 - rest;
}

/// What each pixel of the result is made of, along one axis.
std::vector<CubicTaps> cubicTapsOf(int size, int sourceSize) {
    const float scale = float(sourceSize) / float(size), spread = std::max(scale, 1.f);
    std::vector<CubicTaps> all(std::size_t(size), CubicTaps{});
    for (int i = 0; i < size; ++i) {
        CubicTaps& taps = all[std::size_t(i)];
        const float centre = (float(i) + 0.5f) * scale - 0.5f;
        float sum = 0;
        for (int x = int(std::ceil(centre - 2 * spread)); x <= int(std::floor(centre + 2 * spread)); ++x) {
            taps.from.push_back(mirrored(x, sourceSize));
            taps.weights.push_back(cubic((float(x) - centre) / spread));
            sum += taps.weights.back();
        }
        for (float& weight : taps.weights) weight /= sum;
    }
    return all;
}

}  // namespace

Image resizeBicubic(const Image& image, int width, int height) {
    if (image.width == width && image.height == height) return image;
    const std::vector<CubicTaps> across = cubicTapsOf(width, image.width),
                                 down = cubicTapsOf(height, image.height);
    Raster<float> rows(width, image.height, image.channels);
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < width; ++x) {
            const CubicTaps& taps = across[std::size_t(x)];
            for (std::size_t k = 0; k < taps.from.size(); ++k)
                for (int c = 0; c < image.channels; ++c)
                    rows.at(y, x, c) += taps.weights[k] * float(image.at(y, taps.from[k], c));
        }
    Image out(width, height, image.channels);
    for (int y = 0; y < height; ++y) {
        const CubicTaps& taps = down[std::size_t(y)];
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < image.channels; ++c) {
                float sum = 0;
                for (std::size_t k = 0; k < taps.from.size(); ++k)
                    sum += taps.weights[k] * rows.at(taps.from[k], x, c);
                out.at(y, x, c) = std::uint8_t(std::clamp(sum + 0.5f, 0.f, 255.f));
            }
    }
    return out;
}

void boxShrink(const std::uint8_t* source, int sourceSize, int size, std::uint8_t* out) {
    const int factor = sourceSize / size, count = factor * factor;
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x)
            for (int c = 0; c < 4; ++c) {
                int sum = count / 2;
                for (int dy = 0; dy < factor; ++dy)
                    for (int dx = 0; dx < factor; ++dx)
                        sum += source[((y * factor + dy) * sourceSize + x * factor + dx) * 4 + c];
                *out++ = std::uint8_t(sum / count);
            }
}

LabelMap resizeNearest(const LabelMap& labels, int width, int height) {
    LabelMap out(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const auto from = [](int i, int size, int sourceSize) {
                return std::min(sourceSize - 1, int((float(i) + 0.5f) * float(sourceSize) / float(size)));
            };
            out.at(y, x) = labels.at(from(y, height, labels.height), from(x, width, labels.width));
        }
    return out;
}

}  // namespace vitrine
