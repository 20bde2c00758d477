// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/legend_bar.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {
constexpr int kBarHeight = 6;
constexpr int kInlineBar = 48, kMinInlineBar = 14;  ///< its width
constexpr int kLabelGap = 6;
}  // namespace

LegendBar::LegendBar(ColorOf colorOf, QWidget* parent) : QWidget(parent), m_colorOf(std::move(colorOf)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LegendBar::setLabels(const QString& left, const QString& middle, const QString& right) {
    m_left = left;
    m_middle = middle;
    m_right = right;
    setAccessibleName(tr("Legend: %1, %2, %3").arg(left, middle, right));
    update();
}

void LegendBar::setInline(bool isInline) {
    m_isInline = isInline;
    setSizePolicy(isInline ? QSizePolicy::Maximum : QSizePolicy::Expanding, QSizePolicy::Fixed);
    updateGeometry();
}

QSize LegendBar::sizeHint() const {
    const QFontMetrics metrics(Theme::font(TextRole::Caption));
    if (m_isInline)
        return {metrics.horizontalAdvance(m_left) + metrics.horizontalAdvance(m_right) + kInlineBar +
                    2 * kLabelGap,
                metrics.height()};
    return {160, kBarHeight + 4 + metrics.height()};
}

QSize LegendBar::minimumSizeHint() const {
    return m_isInline ? sizeHint() - QSize(kInlineBar - kMinInlineBar, 0) : QSize(0, sizeHint().height());
}

QRectF LegendBar::barRect() const {
    if (!m_isInline) return {0, 0, double(width()), kBarHeight};
    const QFontMetrics metrics(Theme::font(TextRole::Caption));
    const double left = metrics.horizontalAdvance(m_left) + kLabelGap;
    const double right = metrics.horizontalAdvance(m_right) + kLabelGap;
    return {left, (height() - kBarHeight) / 2.0, std::max(0.0, width() - left - right), kBarHeight};
}

void LegendBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF bar = barRect();
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    constexpr int kStops = 12;
    for (int i = 0; i <= kStops; ++i)
        gradient.setColorAt(double(i) / kStops, m_colorOf(2.0 * i / kStops - 1));
    painter.setPen(Qt::NoPen);
    painter.setBrush(gradient);
    painter.drawRoundedRect(bar, kBarHeight / 2.0, kBarHeight / 2.0);
    painter.setFont(Theme::font(TextRole::Caption));
    painter.setPen(Theme::current().muted);
    const QRect text = m_isInline ? rect() : rect().adjusted(0, kBarHeight + 3, 0, 0);
    painter.drawText(text, int(Qt::AlignLeft | Qt::AlignTop), m_left);
    painter.drawText(text, int(Qt::AlignHCenter | Qt::AlignTop), m_middle);
    painter.drawText(text, int(Qt::AlignRight | Qt::AlignTop), m_right);
}

}  // namespace vitrine
