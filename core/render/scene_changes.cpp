// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/scene_changes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/base/image.h"

namespace vitrine {
namespace {

constexpr int kColourChannels = 3;
constexpr double kWhiteShare = 0.2;              // of the studios, as the renders of chairs have it
constexpr double kOneToneShare = 0.4;            // of the others: no floor
constexpr double kMaxShade = 60, kMaxNoise = 8;  // levels of 255

std::uint8_t toByte(double level) {
    return std::uint8_t(std::clamp(std::lround(level), 0L, 255L));
}

/// A colour that is lighter or darker at its foot.
struct Shade {
    std::array<double, kColourChannels> top{255, 255, 255};
    double change = 0;

    static Shade draw(Rng& rng) {
        Shade shade;
        const double grey = 255 * rng.uniform(), hue = 2 * std::numbers::pi * rng.uniform(),
                     colour = 60 * rng.uniform();
        for (int c = 0; c < kColourChannels; ++c)
            shade.top[std::size_t(c)] =
                grey + colour * std::cos(hue + 2 * std::numbers::pi * c / kColourChannels);
        shade.change = kMaxShade * (2 * rng.uniform() - 1);
        return shade;
    }
};

}  // namespace

void mirror(std::uint8_t* pixels, int size, int channels) {
    for (int y = 0; y < size; ++y) {
        std::uint8_t* const row = pixels + y * size * channels;
        for (int x = 0; x < size / 2; ++x)
            std::swap_ranges(row + x * channels, row + (x + 1) * channels, row + (size - 1 - x) * channels);
    }
}

void changeColours(std::uint8_t* image, int size, double strength, Rng& rng) {
    const auto change = [&] { return strength * (2 * rng.uniform() - 1); };
    std::array<int, kColourChannels> from = {0, 1, 2};
    for (int c = kColourChannels - 1; c > 0; --c)
        std::swap(from[std::size_t(c)], from[rng.below(std::uint64_t(c + 1))]);
    const double brightness = 0.5 * 255 * change();
    std::array<std::array<std::uint8_t, 256>, kColourChannels> tables;
    for (auto& table : tables) {
        const double gain = 1 + change();
        for (std::size_t v = 0; v < table.size(); ++v) table[v] = toByte(gain * double(v) + brightness);
    }
    for (std::uint8_t* pixel = image; pixel < image + std::size_t(size) * size * kColourChannels;
         pixel += kColourChannels) {
        const std::array<std::uint8_t, kColourChannels> old = {pixel[0], pixel[1], pixel[2]};
        for (std::size_t c = 0; c < kColourChannels; ++c) pixel[c] = tables[c][old[std::size_t(from[c])]];
    }
}

void putInStudio(std::uint8_t* image, const std::uint8_t* labels, int size, Rng& rng) {
    Shade wall, floor;
    double noise = 0;
    int horizon = size;
    if (rng.uniform() >= kWhiteShare) {
        wall = Shade::draw(rng);
        floor = Shade::draw(rng);
        noise = kMaxNoise * rng.uniform();
        if (rng.uniform() >= kOneToneShare) horizon = int(size * rng.uniform(0.1, 0.9));
    }
    for (int y = 0; y < size; ++y) {
        const Shade& shade = y < horizon ? wall : floor;
        for (int x = 0; x < size; ++x) {
            if (labels[y * size + x] != 0) continue;
            std::uint8_t* const pixel = image + (y * size + x) * kColourChannels;
            for (int c = 0; c < kColourChannels; ++c)
                pixel[c] = toByte(shade.top[std::size_t(c)] + shade.change * y / size +
                                  noise * (2 * rng.uniform() - 1));
        }
    }
}

}  // namespace vitrine
