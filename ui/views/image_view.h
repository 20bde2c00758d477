// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

#include "ui/views/picture_zoom.h"

namespace vitrine {

/// One picture in a rounded frame, as large as fits: at a whole multiple of its pixels, or smoothly scaled.
/// Without a picture it shows a skeleton, or nothing but a text. It can be dragged: the way of the pointer
/// comes out in parts of the picture's width. It can be zoomed within its frame by the wheel or two fingers;
/// the middle button or a drag with Space held pans (any drag where drags mean nothing else), Shift and the
/// arrow keys too, a double-click fits it again.
class ImageView : public QWidget {
    Q_OBJECT
public:
    explicit ImageView(QWidget* parent = nullptr);

    void setImage(const QImage& image);
    const QImage& image() const { return m_image; }
    /// A line of text shown where there is no picture.
    void setPlaceholder(const QString& text);
    QString placeholder() const { return m_placeholder; }
    void setSmooth(bool smooth);
    /// Of a picture that no longer belongs to the state.
    void setDimmed(bool dimmed);
    bool isDimmed() const { return m_dimmed; }
    /// Shows a hand and sends dragged().
    void setDraggable(bool draggable);
    /// Lets the user zoom.
    void setZoomable(bool zoomable);
    /// Shows the zoom in a corner where it is not the fitting one: in one of several linked views.
    void setZoomShown(bool shown);
    /// 1 = as large as fits.
    double zoom() const { return m_zoom.zoom(); }
    /// As another view shows it.
    void setView(double zoom, const QPointF& center);
    /// `at` in logical pixels of the widget keeps its place.
    void zoomBy(double factor, const QPointF& at);
    /// About the middle of the frame.
    void zoomBy(double factor);
    void fit();
    /// Where the whole picture stands, logical pixels of the widget: beyond its frame where it is zoomed.
    QRectF pictureRect() const;
    /// Where it stands when it fits.
    QRectF frameRect() const;
    /// Keeps the picture at the top of the widget instead of in its middle.
    void setAlignment(Qt::Alignment alignment);

    QSize sizeHint() const override { return {256, 256}; }
    QSize minimumSizeHint() const override { return {64, 64}; }

Q_SIGNALS:
    void dragStarted();
    /// Since the last one. Units: widths of the picture, +x right, +y down.
    void dragged(double dx, double dy);
    void dragFinished();
    /// Painted with the newest picture for the first time.
    void imageShown();
    void contextMenuAsked(const QPoint& globalPos);
    /// The user zoomed or panned.
    void viewChanged(double zoom, const QPointF& center);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void paintEmpty(QPainter& painter) const;
    void paintCheckerboard(QPainter& painter, const QRectF& area) const;
    void paintZoom(QPainter& painter) const;
    void updateCursor();
    double fitScale() const;
    ZoomFrame zoomFrame() const;
    void changeView();
    bool startsPan(const QMouseEvent& event) const;
    void holdSpace(bool held);

    QImage m_image;
    QString m_placeholder;
    QPointF m_lastPos;
    PictureZoom m_zoom;
    Qt::Alignment m_alignment = Qt::AlignCenter;
    bool m_smooth = true;
    bool m_dimmed = false;
    bool m_draggable = false;
    bool m_dragging = false;
    bool m_zoomable = false;
    bool m_zoomShown = false;
    bool m_panning = false;
    bool m_spaceHeld = false;
    bool m_announced = true;
};

}  // namespace vitrine
