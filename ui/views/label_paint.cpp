// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/label_paint.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vitrine {
namespace {

template <class Holds>
void paintWhere(LabelMap& map, std::uint8_t value, const Holds& holds) {
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x)
            if (holds(QPointF(x + 0.5, y + 0.5))) map.at(y, x) = value;
}

}  // namespace

void paintLine(LabelMap& map, const QPointF& from, const QPointF& to, double radius, std::uint8_t value) {
    const QPointF way = to - from;
    const double length2 = QPointF::dotProduct(way, way);
    const int left = std::max(0, int(std::floor(std::min(from.x(), to.x()) - radius)));
    const int right = std::min(map.width - 1, int(std::ceil(std::max(from.x(), to.x()) + radius)));
    const int top = std::max(0, int(std::floor(std::min(from.y(), to.y()) - radius)));
    const int bottom = std::min(map.height - 1, int(std::ceil(std::max(from.y(), to.y()) + radius)));
    for (int y = top; y <= bottom; ++y)
        for (int x = left; x <= right; ++x) {
            const QPointF middle(x + 0.5, y + 0.5);
            const double part =
                length2 > 0 ? std::clamp(QPointF::dotProduct(middle - from, way) / length2, 0.0, 1.0) : 0;
            const QPointF apart = middle - (from + part * way);
            if (QPointF::dotProduct(apart, apart) <= radius * radius) map.at(y, x) = value;
        }
}

void paintRectangle(LabelMap& map, const QRect& rectangle, std::uint8_t value) {
    const QRect inside = rectangle.intersected(QRect(0, 0, map.width, map.height));
    for (int y = inside.top(); y <= inside.bottom(); ++y)
        std::fill_n(map.row(y) + inside.left(), inside.width(), value);
}

void paintHalfPlane(LabelMap& map, const QPointF& from, const QPointF& towards, std::uint8_t value) {
    const QPointF way = towards - from;
    if (way.isNull()) return;
    paintWhere(
        map, value, [&](const QPointF& middle) { return QPointF::dotProduct(middle - from, way) >= 0; });
}

void paintPolygon(LabelMap& map, const QPolygonF& outline, std::uint8_t value) {
    const QRectF around = outline.boundingRect();
    paintWhere(map, value, [&](const QPointF& middle) {
        return around.contains(middle) && outline.containsPoint(middle, Qt::OddEvenFill);
    });
}

void paintFill(LabelMap& map, const QPoint& pixel, std::uint8_t value) {
    const QRect inside(0, 0, map.width, map.height);
    if (!inside.contains(pixel)) return;
    const std::uint8_t before = map.at(pixel.y(), pixel.x());
    if (before == value) return;
    std::vector<QPoint> open = {pixel};
    while (!open.empty()) {
        const QPoint at = open.back();
        open.pop_back();
        if (!inside.contains(at) || map.at(at.y(), at.x()) != before) continue;
        map.at(at.y(), at.x()) = value;
        for (const QPoint& step : {QPoint(1, 0), QPoint(-1, 0), QPoint(0, 1), QPoint(0, -1)})
            open.push_back(at + step);
    }
}

int countOf(const LabelMap& map, std::uint8_t value) {
    return int(std::count(map.pixels.begin(), map.pixels.end(), value));
}

}  // namespace vitrine
