// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/point_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr double kRadius = 5, kGrabRadius = 10;      // logical pixels
constexpr double kKeyStep = 0.5, kLargeKeyStep = 4;  // pixels of the picture

}  // namespace

PointCanvas::PointCanvas(QWidget* parent) : ZoomView(parent) {
    setCursor(Qt::ArrowCursor);
}

void PointCanvas::setPoints(const QList<CanvasPoint>& points) {
    m_points = points;
    update();
}

void PointCanvas::setChosen(int index) {
    m_chosen = index;
    update();
}

void PointCanvas::setEditable(bool editable) {
    m_isEditable = editable;
    setCursor(editable ? Qt::CrossCursor : Qt::ArrowCursor);
}

void PointCanvas::setBrush(bool isBrush) {
    m_isBrush = isBrush;
}

void PointCanvas::setArrows(const QList<QLineF>& arrows) {
    m_arrows = arrows;
    update();
}

QPointF PointCanvas::toWidget(const QPointF& place) const {
    const QRectF picture = pictureRect();
    if (image().isNull()) return {};
    const double scale = picture.width() / image().width();
    return picture.topLeft() + (place + QPointF(0.5, 0.5)) * scale;
}

QPointF PointCanvas::placeAt(const QPointF& position) const {
    return toPicture(position) - QPointF(0.5, 0.5);
}

bool PointCanvas::isOnPicture(const QPointF& place) const {
    return !image().isNull() && QRectF(-0.5, -0.5, image().width(), image().height()).contains(place);
}

int PointCanvas::pointAt(const QPointF& position) const {
    int nearest = -1;
    double least = kGrabRadius;
    for (int i = 0; i < m_points.size(); ++i) {
        const QPointF way = toWidget(m_points[i].place) - position;
        const double distance = std::hypot(way.x(), way.y());
        if (distance > least) continue;
        least = distance;
        nearest = i;
    }
    return nearest;
}

void PointCanvas::mousePressEvent(QMouseEvent* event) {
    const QPointF place = placeAt(event->position());
    if (m_isBrush && event->button() != Qt::MiddleButton && isOnPicture(place)) {
        m_isBrushing = true;
        Q_EMIT brushed(place, event->button() == Qt::RightButton);
        return;
    }
    if (event->button() != Qt::LeftButton || m_isBrush) return ZoomView::mousePressEvent(event);
    setFocus();
    const int hit = pointAt(event->position());
    if (hit >= 0) {
        Q_EMIT pointChosen(hit);
        if (m_isEditable) m_dragged = hit;
    } else if (m_isEditable && isOnPicture(place)) {
        Q_EMIT pointAdded(place);
    } else {
        ZoomView::mousePressEvent(event);
    }
}

void PointCanvas::mouseMoveEvent(QMouseEvent* event) {
    const QPointF place = placeAt(event->position());
    if (m_isBrushing && isOnPicture(place))
        Q_EMIT brushed(place, event->buttons().testFlag(Qt::RightButton));
    else if (m_dragged >= 0 && isOnPicture(place))
        Q_EMIT pointMoved(m_dragged, place);
    else
        ZoomView::mouseMoveEvent(event);
}

void PointCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (m_dragged >= 0 || m_isBrushing) Q_EMIT gestureFinished();
    m_dragged = -1;
    m_isBrushing = false;
    ZoomView::mouseReleaseEvent(event);
    setEditable(m_isEditable);
}

/// The first click of a double-click has put a point there; the view must not jump under it.
void PointCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (!m_isEditable && !m_isBrush) ZoomView::mouseDoubleClickEvent(event);
}

void PointCanvas::keyPressEvent(QKeyEvent* event) {
    if (!m_isEditable || m_chosen < 0 || m_chosen >= m_points.size()) return ZoomView::keyPressEvent(event);
    const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? kLargeKeyStep : kKeyStep;
    QPointF place = m_points[m_chosen].place;
    switch (event->key()) {
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            Q_EMIT pointDeleted(m_chosen);
            return;
        case Qt::Key_Left:
            place.rx() -= step;
            break;
        case Qt::Key_Right:
            place.rx() += step;
            break;
        case Qt::Key_Up:
            place.ry() -= step;
            break;
        case Qt::Key_Down:
            place.ry() += step;
            break;
        default:
            return ZoomView::keyPressEvent(event);
    }
    if (isOnPicture(place)) Q_EMIT pointMoved(m_chosen, place);
}

void PointCanvas::paintOver(QPainter& painter, const QRectF&) {
    painter.setRenderHint(QPainter::Antialiasing);
    paintArrows(painter);
    for (int i = 0; i < m_points.size(); ++i) paintPoint(painter, m_points[i], i == m_chosen);
}

void PointCanvas::paintPoint(QPainter& painter, const CanvasPoint& point, bool isChosen) const {
    const QPointF at = toWidget(point.place);
    if (point.trail.size() > 1) {
        QPolygonF trail;
        for (const QPointF& place : point.trail) trail << toWidget(place);
        QColor faint = point.color;
        faint.setAlphaF(0.7F);
        painter.setPen(QPen(faint, 1.5, point.isHollow ? Qt::DotLine : Qt::SolidLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(trail);
    }
    if (point.radius > 0) {
        const double radius = point.radius * pictureRect().width() / image().width();
        painter.setPen(QPen(point.color, 1, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(at, radius, radius);
    }
    // A dark rim inside a light one is seen on any chair.
    painter.setPen(QPen(Qt::white, isChosen ? 5 : 3));
    painter.setBrush(point.isHollow ? QBrush(Qt::NoBrush) : QBrush(point.color));
    painter.drawEllipse(at, kRadius, kRadius);
    painter.setPen(QPen(isChosen         ? Theme::current().accent
                        : point.isHollow ? point.color
                                         : QColor(20, 20, 20),
                        isChosen ? 2.5 : 1.5));
    painter.drawEllipse(at, kRadius, kRadius);
    if (point.label.isEmpty() || !isChosen) return;
    const QRectF box = QRectF(painter.fontMetrics().boundingRect(point.label)).adjusted(-4, -2, 4, 2);
    const QRectF placed = box.translated(at + QPointF(kRadius + 6, kRadius) - QPointF(box.left(), 0));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(20, 22, 26, 220));
    painter.drawRoundedRect(placed, 4, 4);
    painter.setPen(Qt::white);
    painter.drawText(placed, int(Qt::AlignCenter), point.label);
}

void PointCanvas::paintArrows(QPainter& painter) const {
    constexpr double kHead = 3.5;
    for (const QLineF& arrow : m_arrows) {
        const QLineF line(toWidget(arrow.p1()), toWidget(arrow.p2()));
        for (const auto& [color, width] :
             {std::pair(QColor(255, 255, 255, 200), 3.0), std::pair(QColor(180, 40, 20), 1.2)}) {
            painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap));
            painter.drawLine(line);
            if (line.length() < 2 * kHead) continue;
            QLineF side = QLineF::fromPolar(kHead, line.angle() + 150).translated(line.p2());
            painter.drawLine(side);
            side.setAngle(line.angle() - 150);
            painter.drawLine(side);
        }
    }
}

}  // namespace vitrine
