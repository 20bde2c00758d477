// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/turntable_ring.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QtMath>
#include <algorithm>
#include <cmath>

#include "core/base/turn_between.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr double kRingHandle = 7;
constexpr int kMargin = 14;

}  // namespace

double wrappedDegrees(double degrees) {
    const double wrapped = std::fmod(degrees, 360.0);
    return wrapped < 0 ? wrapped + 360 : wrapped;
}

double nearestTick(const QList<double>& ticks, double degrees) {
    const auto nearest = std::min_element(ticks.begin(), ticks.end(), [degrees](double a, double b) {
        return turnBetween(a, degrees) < turnBetween(b, degrees);
    });
    return nearest == ticks.end() ? degrees : *nearest;
}

TurntableRing::TurntableRing(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Turntable"));
}

void TurntableRing::setView(double azimuthDeg, double elevationDeg) {
    m_azimuthDeg = wrappedDegrees(azimuthDeg);
    m_elevationDeg = elevationDeg;
    setAccessibleDescription(tr("Azimuth %1 degrees").arg(m_azimuthDeg, 0, 'f', 0));
    update();
}

void TurntableRing::setTicks(const QList<double>& azimuthsDeg) {
    m_ticks = azimuthsDeg;
    update();
}

double TurntableRing::stepped(int steps) const {
    if (!m_snap || m_ticks.isEmpty()) return wrappedDegrees(m_azimuthDeg + steps);
    const auto nearest = m_ticks.indexOf(nearestTick(m_ticks, m_azimuthDeg));
    const auto count = m_ticks.size();
    return m_ticks[((nearest + steps) % count + count) % count];
}

QPointF TurntableRing::center() const {
    return QRectF(rect()).center();
}

QSizeF TurntableRing::radii() const {
    const double horizontal = width() / 2.0 - kMargin;
    // The true ratio is sin(elevation); below 15 degrees it would be too flat to take hold of.
    const double ratio = std::clamp(std::sin(qDegreesToRadians(m_elevationDeg)), 0.26, 1.0);
    return {horizontal, std::min(horizontal * ratio, height() / 2.0 - kMargin)};
}

QPointF TurntableRing::pointAt(double azimuthDeg, double scale) const {
    const double angle = qDegreesToRadians(azimuthDeg);
    return center() + QPointF(-std::sin(angle) * radii().width(), std::cos(angle) * radii().height()) * scale;
}

void TurntableRing::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.line, 1.5));
    painter.setBrush(theme.raised);
    painter.drawEllipse(center(), radii().width(), radii().height());
    painter.setPen(QPen(theme.track, 1.5));
    for (double tick : m_ticks) painter.drawLine(pointAt(tick, 0.93), pointAt(tick, 1));
    painter.setPen(QPen(theme.accent, 2));
    painter.drawLine(center(), pointAt(m_azimuthDeg, 0.95));
    painter.setBrush(theme.accent);
    painter.setPen(QPen(theme.surface, 2));
    painter.drawEllipse(pointAt(m_azimuthDeg), kRingHandle, kRingHandle);
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(center(), 3, 2);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::kRadius, measure::kRadius);
    }
}

void TurntableRing::turnTo(const QPointF& position, bool free) {
    const QPointF way = position - center();
    if (way.manhattanLength() < 3) return;
    const double angle = std::atan2(-way.x() / radii().width(), way.y() / radii().height());
    const double degrees = wrappedDegrees(qRadiansToDegrees(angle));
    set(m_snap && !free ? nearestTick(m_ticks, degrees) : degrees);
}

void TurntableRing::set(double azimuthDeg) {
    if (qFuzzyCompare(azimuthDeg + 1, m_azimuthDeg + 1)) return;
    setView(azimuthDeg, m_elevationDeg);
    Q_EMIT azimuthChanged(m_azimuthDeg);
}

void TurntableRing::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    m_dragging = true;
    turnTo(event->position(), event->modifiers() & Qt::ShiftModifier);
}

void TurntableRing::mouseMoveEvent(QMouseEvent* event) {
    if (m_dragging) turnTo(event->position(), event->modifiers() & Qt::ShiftModifier);
}

void TurntableRing::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_dragging || event->button() != Qt::LeftButton) return;
    m_dragging = false;
    Q_EMIT dragFinished();
}

void TurntableRing::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Down:
            return set(stepped(1));
        case Qt::Key_Right:
        case Qt::Key_Up:
            return set(stepped(-1));
        case Qt::Key_PageDown:
            return set(stepped(10));
        case Qt::Key_PageUp:
            return set(stepped(-10));
        case Qt::Key_Home:
            return set(0);
        default:
            QWidget::keyPressEvent(event);
    }
}

void TurntableRing::keyReleaseEvent(QKeyEvent* event) {
    if (!event->isAutoRepeat()) Q_EMIT dragFinished();
    QWidget::keyReleaseEvent(event);
}

}  // namespace vitrine
