// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/series_colors.h"

#include <array>

namespace vitrine {
namespace {

// Blue, vermilion, green, purple, sky blue, orange, grey.
constexpr std::array<QRgb, kNumSeriesColors> kOnDark = {
    0x3A8FD9, 0xE8702A, 0x14B88A, 0xD985B5, 0x8FD3FF, 0xF0B840, 0xD5D9E0};
constexpr std::array<QRgb, kNumSeriesColors> kOnLight = {
    0x00569E, 0xA33400, 0x008A63, 0xC25FA0, 0x2D95D2, 0xBC8100, 0x333944};

}  // namespace

QColor seriesColor(int index, bool dark) {
    const auto wrapped = std::size_t(index < 0 ? 0 : index % kNumSeriesColors);
    return QColor(dark ? kOnDark[wrapped] : kOnLight[wrapped]);
}

QPen seriesPen(int index, bool isDashed, bool dark, double width) {
    QPen pen(seriesColor(index, dark), width);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::BevelJoin);
    if (isDashed)
        pen.setDashPattern({5, 3});
    else if (index >= kNumSeriesColors)
        pen.setDashPattern({1.5, 1.5});
    return pen;
}

}  // namespace vitrine
