// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/label_paint.h"

#include <algorithm>
#include <cmath>

namespace vitrine {

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

int countOf(const LabelMap& map, std::uint8_t value) {
    return int(std::count(map.pixels.begin(), map.pixels.end(), value));
}

}  // namespace vitrine
