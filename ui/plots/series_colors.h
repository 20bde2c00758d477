// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPen>

namespace vitrine {

inline constexpr int kNumSeriesColors = 7;

/// Hues after Okabe and Ito without yellow, and a grey; lighter or darker by theme, so that each reaches 3:1
/// on window and surface and the nearest two still differ to the colour-blind. Indices beyond the last wrap
/// around.
QColor seriesColor(int index, bool dark);
/// The line of a series: dashed if it says so, dotted where its colour is used a second time.
QPen seriesPen(int index, bool isDashed, bool dark, double width);

}  // namespace vitrine
