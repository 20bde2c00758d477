// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/window_pad.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"
#include "ui/views/color_map.h"

namespace vitrine {
namespace {

constexpr double kGripReach = 5;  ///< logical pixels around an edge
constexpr int kMaxLines = 16;     ///< of finer maps the grid is not drawn

}  // namespace

WindowPad::WindowPad(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Window of the maps"));
}

void WindowPad::setMaps(int side, const ScalarMap& activity) {
    m_side = side;
    m_activity = activity;
    update();
}

void WindowPad::setWindow(const MapWindow& window, bool outside) {
    m_window = window;
    m_outside = outside;
    setAccessibleDescription(tr("%1 × %2 from row %3, column %4")
                                 .arg(window.height)
                                 .arg(window.width)
                                 .arg(window.top)
                                 .arg(window.left));
    update();
}

double WindowPad::cell() const {
    return std::floor(std::min(width(), height()) / double(m_side) * 4) / 4;
}

QRectF WindowPad::gridRect() const {
    const double side = cell() * m_side;
    return {0, (height() - side) / 2, side, side};
}

QRectF WindowPad::windowRect() const {
    const QPointF corner = gridRect().topLeft();
    return {corner.x() + m_window.left * cell(),
            corner.y() + m_window.top * cell(),
            m_window.width * cell(),
            m_window.height * cell()};
}

QPointF WindowPad::cellCenter(int row, int column) const {
    return gridRect().topLeft() + QPointF((column + 0.5) * cell(), (row + 0.5) * cell());
}

MapCell WindowPad::cellAt(const QPointF& position) const {
    const QPointF place = (position - gridRect().topLeft()) / cell();
    const auto within = [this](double at) { return std::clamp(int(std::floor(at)), 0, m_side - 1); };
    return {within(place.y()), within(place.x())};
}

WindowPad::Grip WindowPad::gripAt(const QPointF& position) const {
    const QRectF area = windowRect();
    if (!area.adjusted(-kGripReach, -kGripReach, kGripReach, kGripReach).contains(position)) return {};
    const auto near = [](double a, double b) { return std::abs(a - b) <= kGripReach; };
    Grip grip{near(position.x(), area.left()),
              near(position.x(), area.right()),
              near(position.y(), area.top()),
              near(position.y(), area.bottom())};
    grip.inside = !grip.holds();
    return grip;
}

void WindowPad::showCursor(const Grip& grip) {
    const bool across = grip.left || grip.right, down = grip.top || grip.bottom;
    const bool falling = (grip.left && grip.top) || (grip.right && grip.bottom);
    setCursor(across && down ? (falling ? Qt::SizeFDiagCursor : Qt::SizeBDiagCursor)
              : across       ? Qt::SizeHorCursor
              : down         ? Qt::SizeVerCursor
              : grip.inside  ? Qt::SizeAllCursor
                             : Qt::CrossCursor);
}

void WindowPad::setEdges(int top, int left, int bottom, int right) {
    top = std::clamp(top, 0, m_side - 1);
    left = std::clamp(left, 0, m_side - 1);
    bottom = std::clamp(bottom, top + 1, m_side);
    right = std::clamp(right, left + 1, m_side);
    const MapWindow window{top, left, bottom - top, right - left};
    if (window == m_window) return;
    setWindow(window, m_outside);
    Q_EMIT windowChanged(m_window);
}

void WindowPad::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    m_grip = gripAt(event->position());
    m_from = cellAt(event->position());
    m_start = m_window;
    if (m_grip.holds()) return;
    m_grip.right = m_grip.bottom = true;  // a new window grows from where it begins
    m_start = {m_from.row, m_from.column, 1, 1};
    setEdges(m_from.row, m_from.column, m_from.row + 1, m_from.column + 1);
}

void WindowPad::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton)
        dragTo(event->position());
    else
        showCursor(gripAt(event->position()));
}

void WindowPad::dragTo(const QPointF& position) {
    const MapCell to = cellAt(position);
    const int down = to.row - m_from.row, across = to.column - m_from.column;
    const int bottom = m_start.top + m_start.height, right = m_start.left + m_start.width;
    if (m_grip.inside) {
        const int top = std::clamp(m_start.top + down, 0, m_side - m_start.height);
        const int left = std::clamp(m_start.left + across, 0, m_side - m_start.width);
        return setEdges(top, left, top + m_start.height, left + m_start.width);
    }
    setEdges(m_grip.top ? std::min(to.row, bottom - 1) : m_start.top,
             m_grip.left ? std::min(to.column, right - 1) : m_start.left,
             m_grip.bottom ? to.row + 1 : bottom,
             m_grip.right ? to.column + 1 : right);
}

void WindowPad::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) Q_EMIT dragFinished();
}

void WindowPad::keyPressEvent(QKeyEvent* event) {
    const int down = (event->key() == Qt::Key_Down) - (event->key() == Qt::Key_Up);
    const int across = (event->key() == Qt::Key_Right) - (event->key() == Qt::Key_Left);
    if (down == 0 && across == 0) return QWidget::keyPressEvent(event);
    m_start = m_window;
    if (event->modifiers() & Qt::ShiftModifier) {
        setEdges(m_window.top,
                 m_window.left,
                 m_window.top + m_window.height + down,
                 m_window.left + m_window.width + across);
    } else {
        const int top = std::clamp(m_window.top + down, 0, m_side - m_window.height);
        const int left = std::clamp(m_window.left + across, 0, m_side - m_window.width);
        setEdges(top, left, top + m_window.height, left + m_window.width);
    }
    Q_EMIT dragFinished();
}

void WindowPad::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    const QRectF grid = gridRect();
    QPainter painter(this);
    painter.fillRect(grid, theme.raised);
    if (!m_activity.empty()) painter.drawImage(grid, mapImage(m_activity, &viridisColor));
    if (m_side <= kMaxLines) {
        painter.setPen(QPen(theme.surface, 1));
        for (int i = 1; i < m_side; ++i) {
            const double x = grid.left() + i * cell(), y = grid.top() + i * cell();
            painter.drawLine(QPointF(x, grid.top()), QPointF(x, grid.bottom()));
            painter.drawLine(QPointF(grid.left(), y), QPointF(grid.right(), y));
        }
    }
    // What is zeroed stands back.
    QRegion dropped = QRegion(grid.toAlignedRect()).subtracted(windowRect().toAlignedRect());
    if (m_outside) dropped = QRegion(windowRect().toAlignedRect());
    QColor veil = theme.surface;
    veil.setAlphaF(0.78F);
    painter.setClipRegion(dropped);
    painter.fillRect(grid, veil);
    painter.setClipping(false);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(windowRect().adjusted(1, 1, -1, -1));
    if (!hasFocus()) return;
    painter.drawRoundedRect(grid.adjusted(0, 0, 0, 0), 2, 2);
}

}  // namespace vitrine
