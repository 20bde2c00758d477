// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <optional>

class QEvent;
class QWidget;

namespace vitrine {

/// What a view has for its picture. Units: logical pixels of the widget.
struct ZoomFrame {
    QRectF frame;     ///< the picture is seen through it
    QSizeF fitted;    ///< size of the picture where all of it is shown
    double step = 0;  ///< the zoom is rounded to whole multiples of it; 0: any
};

/// Which part of a picture a view shows: the arithmetic that all views share.
class PictureZoom {
public:
    static constexpr double kLargest = 32;
    static constexpr double kKeyFactor = 1.25;
    static constexpr double kKeyPan = 0.1;  ///< of the frame

    /// 1 = as large as fits.
    double zoom() const { return m_zoom; }
    bool isFit() const { return m_zoom == 1; }
    /// What stands in the middle, in parts of the picture.
    QPointF center() const { return m_center; }
    void set(double zoom, const QPointF& center, const ZoomFrame& frame);
    /// `at` keeps its place. Units: logical pixels of the widget.
    void zoomBy(double factor, const QPointF& at, const ZoomFrame& frame);
    /// `way`: how far the picture moves. Units: logical pixels.
    void panBy(const QPointF& way, const ZoomFrame& frame);
    /// The picture fills the frame where it is larger, and stands in the middle where it is not.
    void keepInside(const ZoomFrame& frame);
    /// Where the whole picture would stand.
    QRectF place(const ZoomFrame& frame) const;
    /// The zoom that is drawn, which `step` may have rounded.
    double drawnZoom(const ZoomFrame& frame) const;

private:
    double m_zoom = 1;
    QPointF m_center{0.5, 0.5};
};

/// What the user zooms by.
struct ZoomGesture {
    double factor = 1;
    QPointF at;  ///< logical pixels of the widget
};
/// Of a turn of the wheel, or two fingers on a touch pad or screen; none: the event is something else.
std::optional<ZoomGesture> zoomGestureOf(const QWidget* view, QEvent* event);

}  // namespace vitrine
