// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/picture_zoom.h"

#include <QGestureEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QWheelEvent>
#include <QWidget>
#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

constexpr double kRounding = 1e-6;
constexpr double kWheelPerDoubling = 480;  ///< eighths of a degree: four notches

std::optional<ZoomGesture> wheelGesture(const QWheelEvent* event) {
    return ZoomGesture{std::pow(2.0, event->angleDelta().y() / kWheelPerDoubling), event->position()};
}

std::optional<ZoomGesture> touchPadGesture(const QNativeGestureEvent* event) {
    if (event->gestureType() != Qt::ZoomNativeGesture) return std::nullopt;
    return ZoomGesture{1 + event->value(), event->position()};
}

std::optional<ZoomGesture> pinchGesture(const QWidget* view, QGestureEvent* event) {
    const auto* pinch = static_cast<QPinchGesture*>(event->gesture(Qt::PinchGesture));
    if (!pinch) return std::nullopt;
    return ZoomGesture{pinch->scaleFactor(), view->mapFromGlobal(pinch->centerPoint())};
}

}  // namespace

void PictureZoom::set(double zoom, const QPointF& center, const ZoomFrame& frame) {
    m_zoom = std::clamp(zoom, 1.0, kLargest);
    m_center = center;
    keepInside(frame);
}

void PictureZoom::zoomBy(double factor, const QPointF& at, const ZoomFrame& frame) {
    const QRectF before = place(frame);
    if (before.isEmpty()) return;
    const QPointF part((at.x() - before.left()) / before.width(), (at.y() - before.top()) / before.height());
    m_zoom = std::clamp(m_zoom * factor, 1.0, kLargest);
    if (m_zoom < 1 + kRounding) m_zoom = 1;
    const QSizeF size = place(frame).size();
    const QPointF fromMiddle = at - frame.frame.center();
    m_center = {part.x() - fromMiddle.x() / size.width(), part.y() - fromMiddle.y() / size.height()};
    keepInside(frame);
}

void PictureZoom::panBy(const QPointF& way, const ZoomFrame& frame) {
    const QSizeF size = place(frame).size();
    if (size.isEmpty()) return;
    m_center -= QPointF(way.x() / size.width(), way.y() / size.height());
    keepInside(frame);
}

void PictureZoom::keepInside(const ZoomFrame& frame) {
    const QSizeF size = frame.fitted * drawnZoom(frame);
    const auto keep = [](double center, double whole, double shown) {
        const double half = shown / 2 / std::max(1.0, whole);
        return half >= 0.5 ? 0.5 : std::clamp(center, half, 1 - half);
    };
    m_center = {keep(m_center.x(), size.width(), frame.frame.width()),
                keep(m_center.y(), size.height(), frame.frame.height())};
}

double PictureZoom::drawnZoom(const ZoomFrame& frame) const {
    return frame.step <= 0 ? m_zoom : std::max(1.0, std::round(m_zoom / frame.step) * frame.step);
}

QRectF PictureZoom::place(const ZoomFrame& frame) const {
    const QSizeF size = frame.fitted * drawnZoom(frame);
    return {frame.frame.center() - QPointF(m_center.x() * size.width(), m_center.y() * size.height()), size};
}

std::optional<ZoomGesture> zoomGestureOf(const QWidget* view, QEvent* event) {
    switch (event->type()) {
        case QEvent::Wheel:
            return wheelGesture(static_cast<QWheelEvent*>(event));
        case QEvent::NativeGesture:
            return touchPadGesture(static_cast<QNativeGestureEvent*>(event));
        case QEvent::Gesture:
            return pinchGesture(view, static_cast<QGestureEvent*>(event));
        default:
            return std::nullopt;
    }
}

}  // namespace vitrine
