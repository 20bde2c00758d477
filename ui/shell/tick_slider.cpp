// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tick_slider.h"

#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr double kHandleRadius = 7;
constexpr double kTrackHeight = 4;
constexpr int kPageSteps = 10;
constexpr int kWheelNotch = 120;

/// What is proportional to the way along the track.
double onTrack(const SliderSpec& spec, double value) {
    return spec.logarithmic ? std::log(value) : value;
}

}  // namespace

TickSlider::TickSlider(const SliderSpec& spec, QWidget* parent) : QSlider(Qt::Horizontal, parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setSpec(spec);
}

void TickSlider::setSpec(const SliderSpec& spec) {
    m_spec = spec;
    const QSignalBlocker quiet(this);
    // The whole numbers behind it are what screen readers hear.
    setRange(int(std::floor(spec.minimum / spec.step)), int(std::ceil(spec.maximum / spec.step)));
    setReal(m_real);
    update();
}

void TickSlider::setReal(double value) {
    m_real = value;
    const QSignalBlocker quiet(this);
    setValue(int(std::lround(value / m_spec.step)));
    update();
}

double TickSlider::xOf(double value) const {
    const double start = onTrack(m_spec, m_spec.minimum);
    const double span = onTrack(m_spec, m_spec.maximum) - start;
    const double share = span > 0 ? (onTrack(m_spec, value) - start) / span : 0;
    return kHandleRadius + 1 + share * (width() - 2 * (kHandleRadius + 1));
}

double TickSlider::valueAt(double x) const {
    const double room = std::max(1.0, width() - 2 * (kHandleRadius + 1));
    const double share = std::clamp((x - kHandleRadius - 1) / room, 0.0, 1.0);
    const double start = onTrack(m_spec, m_spec.minimum);
    const double place = start + share * (onTrack(m_spec, m_spec.maximum) - start);
    return m_spec.logarithmic ? std::exp(place) : place;
}

double TickSlider::snapped(double value, Qt::KeyboardModifiers modifiers) const {
    if (m_spec.snap <= 0 || modifiers.testFlag(Qt::ShiftModifier)) return value;
    const auto nearest =
        std::min_element(m_spec.ticks.begin(), m_spec.ticks.end(), [value](double a, double b) {
            return std::abs(a - value) < std::abs(b - value);
        });
    return nearest != m_spec.ticks.end() && std::abs(*nearest - value) <= m_spec.snap ? *nearest : value;
}

void TickSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return event->ignore();
    m_dragging = true;
    setSliderDown(true);
    if (std::abs(event->position().x() - xOf(m_real)) > kHandleRadius) {  // on the handle nothing may jump
        Q_EMIT moved(snapped(valueAt(event->position().x()), event->modifiers()));
    }
    update();
}

void TickSlider::mouseMoveEvent(QMouseEvent* event) {
    if (m_dragging) Q_EMIT moved(snapped(valueAt(event->position().x()), event->modifiers()));
}

void TickSlider::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_dragging) return;
    m_dragging = false;
    setSliderDown(false);
    update();
    Q_EMIT released();
}

void TickSlider::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) Q_EMIT resetRequested();
}

void TickSlider::keyPressEvent(QKeyEvent* event) {
    const double fine = event->modifiers().testFlag(Qt::ShiftModifier) ? 0.1 : 1;
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Down:
            Q_EMIT moved(m_real - m_spec.step * fine);
            return;
        case Qt::Key_Right:
        case Qt::Key_Up:
            Q_EMIT moved(m_real + m_spec.step * fine);
            return;
        case Qt::Key_PageDown:
            Q_EMIT moved(m_real - m_spec.step * kPageSteps);
            return;
        case Qt::Key_PageUp:
            Q_EMIT moved(m_real + m_spec.step * kPageSteps);
            return;
        case Qt::Key_Home:
            Q_EMIT moved(m_spec.minimum);
            return;
        case Qt::Key_End:
            Q_EMIT moved(m_spec.maximum);
            return;
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            Q_EMIT resetRequested();
            return;
        default:
            QWidget::keyPressEvent(event);
    }
}

void TickSlider::wheelEvent(QWheelEvent* event) {
    m_wheelRest += event->angleDelta().y();
    const int notches = m_wheelRest / kWheelNotch;
    m_wheelRest -= notches * kWheelNotch;
    if (notches != 0) Q_EMIT moved(m_real + notches * m_spec.step);
    event->accept();
}

void TickSlider::enterEvent(QEnterEvent* event) {
    QSlider::enterEvent(event);
    update();
}

void TickSlider::leaveEvent(QEvent* event) {
    QSlider::leaveEvent(event);
    update();
}

void TickSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!isEnabled()) painter.setOpacity(0.4);
    drawTicks(painter);
    drawTrack(painter);
    drawHandle(painter);
}

void TickSlider::drawTicks(QPainter& painter) const {
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::current().track);
    const double top = height() / 2.0 + 6;
    for (const double tick : m_spec.ticks) {
        if (tick < m_spec.minimum || tick > m_spec.maximum) continue;
        painter.drawRect(QRectF(std::round(xOf(tick)) - 0.5, top, 1, 4));
    }
}

void TickSlider::drawTrack(QPainter& painter) const {
    const ThemeTokens& tokens = Theme::current();
    const double y = height() / 2.0 - kTrackHeight / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.line);
    painter.drawRoundedRect(QRectF(kHandleRadius, y, width() - 2 * kHandleRadius, kTrackHeight), 2, 2);
    const double from = xOf(std::clamp(m_spec.reset, m_spec.minimum, m_spec.maximum));
    const double to = xOf(m_real);
    painter.setBrush(tokens.accent);
    painter.drawRoundedRect(QRectF(std::min(from, to), y, std::abs(to - from), kTrackHeight), 2, 2);
    painter.setBrush(tokens.track);
    painter.drawRoundedRect(QRectF(from - 1, y - 2, 2, kTrackHeight + 4), 1, 1);
}

void TickSlider::drawHandle(QPainter& painter) const {
    const ThemeTokens& tokens = Theme::current();
    const bool live = m_dragging || underMouse() || hasFocus();
    const QPointF center(xOf(m_real), height() / 2.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.surface);  // a gap between handle and track
    painter.drawEllipse(center, kHandleRadius + 1, kHandleRadius + 1);
    painter.setBrush(live ? tokens.accent : tokens.text);
    painter.drawEllipse(center, kHandleRadius - 1, kHandleRadius - 1);
    if (!hasFocus()) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tokens.accent, 2));
    painter.drawEllipse(center, kHandleRadius + 2, kHandleRadius + 2);
}

}  // namespace vitrine
