// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/map_spectrum.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace vitrine {
namespace {

using Complex = std::complex<double>;
using Plane = std::vector<Complex>;  // [S, S], row by row

constexpr double kFewestWaves = 4;  // across the map

/// Transforms the rows and turns the plane, so that twice of it is the whole transform.
Plane transformedRows(const Plane& in, int size) {
    Plane roots(static_cast<std::size_t>(size));
    for (int k = 0; k < size; ++k) roots[std::size_t(k)] = std::polar(1.0, -2 * std::numbers::pi * k / size);
    Plane out(in.size());
    for (int y = 0; y < size; ++y) {
        for (int k = 0; k < size; ++k) {
            Complex sum;
            for (int x = 0; x < size; ++x)
                sum += in[std::size_t(y * size + x)] * roots[std::size_t(k * x % size)];
            out[std::size_t(k * size + y)] = sum;
        }
    }
    return out;
}

Plane windowed(const ScalarMap& map) {
    const int size = map.width;
    double mean = 0;
    for (const float value : map.pixels) mean += double(value) / double(map.pixels.size());
    const auto hann = [size](int i) { return std::pow(std::sin(std::numbers::pi * (i + 0.5) / size), 2); };
    Plane plane;
    plane.reserve(map.pixels.size());
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) plane.emplace_back((double(map.at(y, x)) - mean) * hann(y) * hann(x));
    return plane;
}

}  // namespace

MapSpectrum spectrumOf(const ScalarMap& map) {
    const int size = map.width;
    const Plane plane = transformedRows(transformedRows(windowed(map), size), size);
    const auto frequency = [size](int k) { return k <= size / 2 ? k : k - size; };
    const auto power = [&](int v, int u) {
        return std::norm(plane[std::size_t((v + size) % size * size + (u + size) % size)]);
    };
    double total = 0, highest = 0;
    int bestV = 0, bestU = 0;
    for (int v = 0; v < size; ++v) {
        for (int u = 0; u < size; ++u) {
            if (v == 0 && u == 0) continue;  // what the window leaves of the mean
            total += power(v, u);
            const bool isPattern = std::hypot(frequency(v), frequency(u)) >= kFewestWaves;
            if (isPattern && power(v, u) > highest)
                highest = power(v, u), bestV = frequency(v), bestU = frequency(u);
        }
    }
    constexpr double kEven = 1e-18;
    if (highest <= kEven * double(size)) return {};
    double wave = 0;
    for (int v = -1; v <= 1; ++v)
        for (int u = -1; u <= 1; ++u) wave += power(bestV + v, bestU + u);
    // A real map's spectrum is the same at -f, but for the highest frequency, which is its own mirror.
    const bool ownMirror = 2 * std::abs(bestV) % size == 0 && 2 * std::abs(bestU) % size == 0;
    const double angle = std::atan2(bestV, bestU) * 180 / std::numbers::pi;
    return {size / std::hypot(bestV, bestU),
            std::fmod(angle + 180, 180),
            std::min(1.0, (ownMirror ? 1 : 2) * wave / total)};
}

}  // namespace vitrine
