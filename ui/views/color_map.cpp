// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/color_map.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vitrine {
namespace {

using Stop = std::array<double, 3>;

// From white outwards; the ends are equally dark, so that neither sign looks stronger.
constexpr std::array<Stop, 4> kBlue{Stop{247, 247, 247}, {146, 197, 222}, {67, 120, 184}, {33, 62, 140}};
constexpr std::array<Stop, 4> kRed{Stop{247, 247, 247}, {244, 165, 130}, {206, 78, 72}, {150, 18, 36}};

}  // namespace

QRgb divergingColor(double value) {
    if (std::isnan(value)) return qRgb(128, 128, 128);
    const auto& stops = value < 0 ? kBlue : kRed;
    const double place = std::min(std::abs(value), 1.0) * (stops.size() - 1);
    const auto left = std::min(std::size_t(place), stops.size() - 2);
    const auto channel = [&](std::size_t c) {
        return int(std::lround(std::lerp(stops[left][c], stops[left + 1][c], place - double(left))));
    };
    return qRgb(channel(0), channel(1), channel(2));
}

QImage differenceImage(const ScalarMap& map, double range) {
    if (map.empty()) return {};
    QImage out(map.width, map.height, QImage::Format_RGB32);
    for (int y = 0; y < map.height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(out.scanLine(y));
        for (int x = 0; x < map.width; ++x) line[x] = divergingColor(map.at(y, x) / range);
    }
    return out;
}

}  // namespace vitrine
