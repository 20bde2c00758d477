// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/color_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "core/base/diverging.h"

namespace vitrine {
namespace {

using Stop = std::array<double, 3>;

// Ten evenly spaced colours of each of matplotlib's maps.
constexpr std::array<Stop, 10> kViridis{Stop{68, 1, 84},
                                        {72, 40, 120},
                                        {62, 74, 137},
                                        {49, 104, 142},
                                        {38, 130, 142},
                                        {31, 158, 137},
                                        {53, 183, 121},
                                        {109, 205, 89},
                                        {180, 222, 44},
                                        {253, 231, 37}};
constexpr std::array<Stop, 10> kInferno{Stop{0, 0, 4},
                                        {27, 12, 66},
                                        {75, 12, 107},
                                        {120, 28, 109},
                                        {165, 44, 96},
                                        {207, 68, 70},
                                        {237, 105, 37},
                                        {251, 154, 6},
                                        {247, 208, 60},
                                        {252, 255, 164}};
constexpr QRgb kNoNumber = 0xff808080;

/// Between the stops; `value` from 0 to 1.
QRgb blend(std::span<const Stop> stops, double value) {
    if (std::isnan(value)) return kNoNumber;
    const double place = std::clamp(value, 0.0, 1.0) * double(stops.size() - 1);
    const auto left = std::min(std::size_t(place), stops.size() - 2);
    const auto channel = [&](std::size_t c) {
        return int(std::lround(std::lerp(stops[left][c], stops[left + 1][c], place - double(left))));
    };
    return qRgb(channel(0), channel(1), channel(2));
}

template <class ColorOf>
QImage picture(const ScalarMap& map, ColorOf colorOf) {
    if (map.empty()) return {};
    QImage out(map.width, map.height, QImage::Format_RGB32);
    for (int y = 0; y < map.height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(out.scanLine(y));
        for (int x = 0; x < map.width; ++x) line[x] = colorOf(double(map.at(y, x)));
    }
    return out;
}

}  // namespace

QRgb viridisColor(double value) {
    return blend(kViridis, value);
}

QRgb uncertaintyColor(double value) {
    return blend(kInferno, value);
}

QImage mapImage(const ScalarMap& map, QRgb (*colorOf)(double)) {
    return picture(map, colorOf);
}

QRgb divergingColor(double value) {
    const auto [red, green, blue] = divergingRgb(value);
    return qRgb(red, green, blue);
}

QImage differenceImage(const ScalarMap& map, double range) {
    return picture(map, [range](double value) { return divergingColor(value / range); });
}

}  // namespace vitrine
