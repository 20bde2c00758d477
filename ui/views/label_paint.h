// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QPolygonF>
#include <QRect>

#include "core/base/image.h"

namespace vitrine {

/// Sets every pixel whose middle is at most `radius` away from the line. Units: pixels; (0, 0) is the corner
/// of the first one, and what lies outside of the map is left out. Shapes: map [H, W, 1].
void paintLine(LabelMap& map, const QPointF& from, const QPointF& to, double radius, std::uint8_t value);
/// Sets every pixel of the rectangle that lies in the map.
void paintRectangle(LabelMap& map, const QRect& rectangle, std::uint8_t value);
/// Sets every pixel whose middle lies beyond a line: the one through `from` and at right angles to `towards`.
/// Nothing where both are one place.
void paintHalfPlane(LabelMap& map, const QPointF& from, const QPointF& towards, std::uint8_t value);
/// Sets every pixel whose middle lies inside; where the outline crosses itself, those inside once or thrice.
void paintPolygon(LabelMap& map, const QPolygonF& outline, std::uint8_t value);
/// Sets the pixel and all that are joined to it, side by side, and hold what it holds. Nothing outside.
void paintFill(LabelMap& map, const QPoint& pixel, std::uint8_t value);
/// Number of pixels that hold `value`.
int countOf(const LabelMap& map, std::uint8_t value);

}  // namespace vitrine
