// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/style_pad.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr double kHandle = 9;
constexpr double kRim = 0.15;  ///< how far it extrapolates on each side
constexpr double kSnapPixels = 8;

double clampedToPad(double value) {
    return std::clamp(value, -kRim, 1 + kRim);
}

double snapped(double value, double unit) {
    for (double mark : {0.0, 0.5, 1.0}) {
        if (std::abs(value - mark) * unit < kSnapPixels) return mark;
    }
    return value;
}

}  // namespace

StylePad::StylePad(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Style between A, B, C and D"));
    setCursor(Qt::CrossCursor);
}

void StylePad::setValue(const QPointF& value) {
    m_value = {clampedToPad(value.x()), clampedToPad(value.y())};
    setAccessibleDescription(tr("%1 % to the right, %2 % down")
                                 .arg(100 * m_value.x(), 0, 'f', 0)
                                 .arg(100 * m_value.y(), 0, 'f', 0));
    update();
}

QRectF StylePad::unitRect() const {
    const double share = kRim / (1 + 2 * kRim);
    return QRectF(rect()).adjusted(width() * share, height() * share, -width() * share, -height() * share);
}

QPointF StylePad::positionOf(const QPointF& value) const {
    const QRectF unit = unitRect();
    return {unit.left() + value.x() * unit.width(), unit.top() + value.y() * unit.height()};
}

void StylePad::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::kRadius, measure::kRadius);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.raised);
    const QRectF unit = unitRect();
    painter.drawRect(unit);
    painter.drawLine(QPointF(unit.center().x(), unit.top()), QPointF(unit.center().x(), unit.bottom()));
    painter.drawLine(QPointF(unit.left(), unit.center().y()), QPointF(unit.right(), unit.center().y()));
    const QPointF handle = positionOf(m_value);
    painter.setPen(QPen(theme.accent, 1));
    painter.drawLine(QPointF(unit.left(), handle.y()), QPointF(unit.right(), handle.y()));
    painter.drawLine(QPointF(handle.x(), unit.top()), QPointF(handle.x(), unit.bottom()));
    painter.setPen(QPen(theme.window, 3));
    painter.setBrush(theme.accent);
    painter.drawEllipse(handle, kHandle, kHandle);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::kRadius, measure::kRadius);
    }
}

void StylePad::set(const QPointF& value) {
    const QPointF before = m_value;
    setValue(value);
    if (m_value != before) Q_EMIT valueChanged(m_value);
}

void StylePad::moveTo(const QPointF& position, bool free) {
    const QRectF unit = unitRect();
    QPointF value((position.x() - unit.left()) / unit.width(), (position.y() - unit.top()) / unit.height());
    if (!free) value = {snapped(value.x(), unit.width()), snapped(value.y(), unit.height())};
    set(value);
}

void StylePad::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    m_dragging = true;
    moveTo(event->position(), event->modifiers() & Qt::ShiftModifier);
}

void StylePad::mouseMoveEvent(QMouseEvent* event) {
    if (m_dragging) moveTo(event->position(), event->modifiers() & Qt::ShiftModifier);
}

void StylePad::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_dragging || event->button() != Qt::LeftButton) return;
    m_dragging = false;
    Q_EMIT dragFinished();
}

void StylePad::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    set({0.5, 0.5});
    Q_EMIT dragFinished();
}

void StylePad::keyPressEvent(QKeyEvent* event) {
    constexpr double kStep = 0.02;
    switch (event->key()) {
        case Qt::Key_Left:
            return set(m_value - QPointF(kStep, 0));
        case Qt::Key_Right:
            return set(m_value + QPointF(kStep, 0));
        case Qt::Key_Up:
            return set(m_value - QPointF(0, kStep));
        case Qt::Key_Down:
            return set(m_value + QPointF(0, kStep));
        case Qt::Key_Home:
            return set({0, 0});
        case Qt::Key_End:
            return set({1, 1});
        default:
            QWidget::keyPressEvent(event);
    }
}

void StylePad::keyReleaseEvent(QKeyEvent* event) {
    if (!event->isAutoRepeat()) Q_EMIT dragFinished();
    QWidget::keyReleaseEvent(event);
}

}  // namespace vitrine
