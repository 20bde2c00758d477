// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/color_map.h"

#include <array>

#include "core/base/colour_maps.h"
#include "core/base/diverging.h"

namespace vitrine {
namespace {

QRgb toQRgb(const std::array<std::uint8_t, 3>& rgb) {
    return qRgb(rgb[0], rgb[1], rgb[2]);
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
    return toQRgb(viridisRgb(value));
}

QRgb uncertaintyColor(double value) {
    return toQRgb(uncertaintyRgb(value));
}

QImage mapImage(const ScalarMap& map, QRgb (*colorOf)(double)) {
    return picture(map, colorOf);
}

QRgb divergingColor(double value) {
    return toQRgb(divergingRgb(value));
}

QImage differenceImage(const ScalarMap& map, double range) {
    return picture(map, [range](double value) { return divergingColor(value / range); });
}

}  // namespace vitrine
