// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/legend_bar.h"

#include <QPainter>
#include <QPainterPath>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {
constexpr int kBarHeight = 6;
}

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

QSize LegendBar::sizeHint() const {
    return {160, kBarHeight + 4 + QFontMetrics(Theme::font(TextRole::Caption)).height()};
}

void LegendBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QLinearGradient gradient(0, 0, width(), 0);
    constexpr int kStops = 12;
    for (int i = 0; i <= kStops; ++i)
        gradient.setColorAt(double(i) / kStops, m_colorOf(2.0 * i / kStops - 1));
    painter.setPen(Qt::NoPen);
    painter.setBrush(gradient);
    painter.drawRoundedRect(QRectF(0, 0, width(), kBarHeight), kBarHeight / 2.0, kBarHeight / 2.0);
    painter.setFont(Theme::font(TextRole::Caption));
    painter.setPen(Theme::current().muted);
    const QRect text = rect().adjusted(0, kBarHeight + 3, 0, 0);
    painter.drawText(text, int(Qt::AlignLeft | Qt::AlignTop), m_left);
    painter.drawText(text, int(Qt::AlignHCenter | Qt::AlignTop), m_middle);
    painter.drawText(text, int(Qt::AlignRight | Qt::AlignTop), m_right);
}

}  // namespace vitrine
