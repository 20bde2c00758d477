// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/style_track.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLinearGradient>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr double kTrackHandle = 9;
constexpr double kTrackSnapPixels = 7;
constexpr double kBand = 20;      ///< height of the hatch
constexpr double kHatchStep = 6;  ///< between its lines
constexpr double kShadeStep = 0.05;
constexpr int kFillOpacity = 30, kHatchOpacity = 190;  ///< of 255, where the hatch is at its strongest

}  // namespace

StyleTrack::StyleTrack(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Style from A to B"));
}

void StyleTrack::setValue(double value) {
    m_value = std::clamp(value, -m_overshoot, 1 + m_overshoot);
    setAccessibleDescription(tr("%1 % of B").arg(100 * m_value, 0, 'f', 0));
    update();
}

void StyleTrack::setOvershoot(double overshoot) {
    m_overshoot = overshoot;
    setValue(m_value);
}

void StyleTrack::setShading(Shade shade, TipAt tipAt) {
    m_shade = std::move(shade);
    m_tipAt = std::move(tipAt);
    update();
}

double StyleTrack::positionOf(double value) const {
    const double length = width() - 2 * (kTrackHandle + 2);
    return kTrackHandle + 2 + length * (value + m_overshoot) / (1 + 2 * m_overshoot);
}

double StyleTrack::valueAt(double x) const {
    return (x - positionOf(0)) / (positionOf(1) - positionOf(0));
}

/// The hatch's colour along the track, as opaque as the shade says.
QBrush StyleTrack::shadeBrush(int opacity) const {
    QLinearGradient gradient(positionOf(-m_overshoot), 0, positionOf(1 + m_overshoot), 0);
    for (double part = 0; part < 1 + kShadeStep / 2; part += kShadeStep) {
        QColor color = Theme::current().warning;
        color.setAlphaF(opacity / 255.0 * m_shade(-m_overshoot + part * (1 + 2 * m_overshoot)));
        gradient.setColorAt(std::min(part, 1.0), color);
    }
    return gradient;
}

void StyleTrack::paintShading(QPainter& painter) const {
    if (!m_shade || !isEnabled()) return;
    const QRectF band(positionOf(-m_overshoot),
                      (height() - kBand) / 2.0,
                      positionOf(1 + m_overshoot) - positionOf(-m_overshoot),
                      kBand);
    painter.save();
    QPainterPath clip;
    clip.addRoundedRect(band, 4, 4);
    painter.setClipPath(clip);
    painter.fillRect(band, shadeBrush(kFillOpacity));
    painter.setPen(QPen(shadeBrush(kHatchOpacity), 1));
    for (double x = band.left() - kBand; x < band.right(); x += kHatchStep)
        painter.drawLine(QPointF(x, band.bottom()), QPointF(x + kBand, band.top()));
    painter.restore();
}

bool StyleTrack::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || !m_tipAt || !isEnabled()) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const double value = std::clamp(valueAt(help->pos().x()), -m_overshoot, 1 + m_overshoot);
    QToolTip::showText(help->globalPos(), m_tipAt(value), this);
    return true;
}

void StyleTrack::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintShading(painter);
    const double y = height() / 2.0;
    const auto line = [&](double from, double to, QPen pen) {
        pen.setCapStyle(Qt::RoundCap);
        painter.setPen(pen);
        painter.drawLine(QPointF(positionOf(from), y), QPointF(positionOf(to), y));
    };
    if (m_overshoot > 0) {
        line(-m_overshoot, 0, QPen(theme.track, 2, Qt::DotLine));
        line(1, 1 + m_overshoot, QPen(theme.track, 2, Qt::DotLine));
    }
    line(0, 1, QPen(theme.track, 4));
    line(0, m_value, QPen(theme.accent, 4));
    for (double mark : {0.0, 0.5, 1.0}) {
        const double size = mark == 0.5 ? 3 : 5;
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.track);
        painter.drawEllipse(QPointF(positionOf(mark), y), size, size);
    }
    painter.setPen(QPen(theme.window, 3));
    painter.setBrush(isEnabled() ? theme.accent : theme.track);
    painter.drawEllipse(QPointF(positionOf(m_value), y), kTrackHandle, kTrackHandle);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.accent, 2));
        painter.drawEllipse(QPointF(positionOf(m_value), y), kTrackHandle + 3, kTrackHandle + 3);
    }
}

void StyleTrack::set(double value) {
    const double before = m_value;
    setValue(value);
    if (m_value != before) Q_EMIT valueChanged(m_value);
}

void StyleTrack::moveTo(double x, bool free) {
    const double unit = positionOf(1) - positionOf(0);
    double value = valueAt(x);
    for (double mark : {0.0, 0.5, 1.0}) {
        if (!free && std::abs(value - mark) * unit < kTrackSnapPixels) value = mark;
    }
    set(value);
}

void StyleTrack::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    m_dragging = true;
    moveTo(event->position().x(), event->modifiers() & Qt::ShiftModifier);
}

void StyleTrack::mouseMoveEvent(QMouseEvent* event) {
    if (m_dragging) moveTo(event->position().x(), event->modifiers() & Qt::ShiftModifier);
}

void StyleTrack::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_dragging || event->button() != Qt::LeftButton) return;
    m_dragging = false;
    Q_EMIT dragFinished();
}

void StyleTrack::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    set(0.5);
    Q_EMIT dragFinished();
}

void StyleTrack::wheelEvent(QWheelEvent* event) {
    set(m_value + event->angleDelta().y() / 120.0 * 0.02);
    event->accept();
}

void StyleTrack::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Down:
            return set(m_value - 0.01);
        case Qt::Key_Right:
        case Qt::Key_Up:
            return set(m_value + 0.01);
        case Qt::Key_PageDown:
            return set(m_value - 0.1);
        case Qt::Key_PageUp:
            return set(m_value + 0.1);
        case Qt::Key_Home:
            return set(0);
        case Qt::Key_End:
            return set(1);
        default:
            QWidget::keyPressEvent(event);
    }
}

void StyleTrack::keyReleaseEvent(QKeyEvent* event) {
    if (!event->isAutoRepeat()) Q_EMIT dragFinished();
    QWidget::keyReleaseEvent(event);
}

}  // namespace vitrine
