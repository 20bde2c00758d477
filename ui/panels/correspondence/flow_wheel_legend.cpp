// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/correspondence/flow_wheel_legend.h"

#include <QPainter>
#include <QPainterPath>

#include "core/flow/flow_colours.h"
#include "ui/bridge/image_convert.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr int kSide = 32;

}  // namespace

FlowWheelLegend::FlowWheelLegend(QWidget* parent) : QWidget(parent), m_wheel(toQImage(flowWheel(2 * kSide))) {
    setObjectName(QStringLiteral("correspondence.wheel"));
    setToolTip(tr("Hue is the direction in which a point moves, saturation how far."));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void FlowWheelLegend::setScale(double px) {
    m_scalePx = px;
    setVisible(px > 0);
    setAccessibleName(tr("Legend: colour wheel, its edge is %1 pixels").arg(px, 0, 'f', 0));
    update();
}

void FlowWheelLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRectF disc(1, 1, kSide, kSide);
    QPainterPath circle;
    circle.addEllipse(disc);
    painter.save();
    painter.setClipPath(circle);
    painter.drawImage(disc, m_wheel);
    painter.restore();
    painter.setPen(QPen(Theme::current().track, 1));
    painter.drawEllipse(disc);
    painter.setPen(Theme::current().muted);
    painter.setFont(Theme::font(TextRole::Caption));
    painter.drawText(QRectF(kSide + 8, 0, width() - kSide - 8, height()),
                     int(Qt::AlignLeft | Qt::AlignVCenter),
                     tr("edge %1 px").arg(m_scalePx, 0, 'f', 0));
}

}  // namespace vitrine
