// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/texture.h"

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

/// Half the size; each texel the mean of up to 2 x 2.
Image halved(const Image& image) {
    Image half(std::max(1, image.width / 2), std::max(1, image.height / 2), image.channels);
    for (int y = 0; y < half.height; ++y)
        for (int x = 0; x < half.width; ++x) {
            const int x0 = std::min(2 * x, image.width - 1), x1 = std::min(2 * x + 1, image.width - 1);
            const int y0 = std::min(2 * y, image.height - 1), y1 = std::min(2 * y + 1, image.height - 1);
            for (int c = 0; c < image.channels; ++c) {
                const int sum =
                    image.at(y0, x0, c) + image.at(y0, x1, c) + image.at(y1, x0, c) + image.at(y1, x1, c);
                half.at(y, x, c) = std::uint8_t((sum + 2) / 4);
            }
        }
    return half;
}

int wrapped(int i, int size) {
    const int rest = i % size;
    return rest < 0 ? rest + size : rest;
}

}  // namespace

Texture::Texture(Image image) {
    m_levels.push_back(std::move(image));
    while (std::max(m_levels.back().width, m_levels.back().height) > 1)
        m_levels.push_back(halved(m_levels.back()));
}

Texture::Texel Texture::sample(float u, float v, float texelsPerSample) const {
    const int level =
        texelsPerSample > 1 ? std::min(int(std::log2(texelsPerSample)), int(m_levels.size()) - 1) : 0;
    const Image& image = m_levels[level];
    const float x = (u - std::floor(u)) * float(image.width) - 0.5f;
    const float y = (1 - (v - std::floor(v))) * float(image.height) - 0.5f;
    const int left = int(std::floor(x)), top = int(std::floor(y));
    const float fx = x - float(left), fy = y - float(top);
    const int xs[2] = {wrapped(left, image.width), wrapped(left + 1, image.width)};
    const int ys[2] = {wrapped(top, image.height), wrapped(top + 1, image.height)};
    float sum[4] = {0, 0, 0, 0};
    for (int j = 0; j < 2; ++j)
        for (int i = 0; i < 2; ++i) {
            const float weight = (i ? fx : 1 - fx) * (j ? fy : 1 - fy);
            const std::uint8_t* texel = image.pixels.data() + image.index(ys[j], xs[i]);
            for (int c = 0; c < image.channels; ++c) sum[c] += weight * texel[c];
        }
    constexpr float kUnit = 1.f / 255;
    return {{sum[0] * kUnit, sum[1] * kUnit, sum[2] * kUnit}, image.channels == 4 ? sum[3] * kUnit : 1.f};
}

}  // namespace vitrine
