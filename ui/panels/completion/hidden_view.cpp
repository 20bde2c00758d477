// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/hidden_view.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr double kHatch = 8;  ///< logical pixels from line to line

QPainterPath hiddenPath(const LabelMap& hidden, const QRectF& picture) {
    const double side = picture.width() / hidden.width;
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);  // what touches leaves no seam
    for (int y = 0; y < hidden.height; ++y)
        for (int x = 0; x < hidden.width; ++x)
            if (hidden.at(y, x) != 0)
                path.addRect(QRectF(picture.left() + x * side, picture.top() + y * side, side, side));
    return path;
}

}  // namespace

void HiddenView::setHidden(const LabelMap& hidden) {
    if (hidden == m_hidden) return;
    m_hidden = hidden;
    const auto numHidden = std::ranges::count(hidden.pixels, std::uint8_t(1));
    const auto numPixels = std::max<std::size_t>(1, hidden.pixels.size());
    setAccessibleDescription(tr("%1 % hidden").arg(100.0 * double(numHidden) / double(numPixels), 0, 'f', 0));
    update();
}

void HiddenView::paintOver(QPainter& painter, const QRectF& picture) {
    if (m_hidden.empty() || QSize(m_hidden.width, m_hidden.height) != image().size()) return;
    painter.save();
    painter.setClipPath(hiddenPath(m_hidden, picture), Qt::IntersectClip);
    painter.fillRect(picture, Theme::current().raised);
    painter.setPen(QPen(Theme::current().track, 1.25));
    const QRectF area = picture.intersected(QRectF(rect()));
    for (double x = area.left(); x < area.right() + area.height(); x += kHatch)
        painter.drawLine(QPointF(x, area.top()), QPointF(x - area.height(), area.bottom()));
    painter.restore();
}

}  // namespace vitrine
