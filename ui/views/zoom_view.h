// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QWidget>
#include <functional>
#include <utility>

#include "ui/views/picture_zoom.h"

namespace vitrine {

/// One picture to look into: the wheel, two fingers and + - zoom at the pointer, dragging and arrow keys pan,
/// 0 or a double-click fits it again. Large pixels are drawn as squares, larger ones in a grid, and the
/// largest with what they are worth. A new picture of the same shape keeps the place.
class ZoomView : public QWidget {
    Q_OBJECT
public:
    explicit ZoomView(QWidget* parent = nullptr);

    void setImage(const QImage& image);
    const QImage& image() const { return m_image; }
    /// A line of text shown where there is no picture.
    void setPlaceholder(const QString& text);
    /// What is written into the largest pixels, a line or several; empty: nothing. At first it is the levels
    /// of red, green and blue, of 255, or that of grey.
    using PixelText = std::function<QString(const QPoint& pixel)>;
    void setPixelText(PixelText text);
    /// Of a picture that is no longer the newest.
    void setDimmed(bool dimmed);

    /// 1 = as large as fits.
    double zoom() const { return m_zoom.zoom(); }
    /// What stands in the middle, in parts of the picture.
    QPointF center() const { return m_zoom.center(); }
    /// As another view shows it.
    void setView(double zoom, const QPointF& center);
    void fit();
    /// `at` in logical pixels of the widget keeps its place.
    void zoomBy(double factor, const QPointF& at);
    /// Where the picture stands, logical pixels.
    QRectF pictureRect() const;
    /// Where a place of the widget lies in the picture. Units: pixels of the picture, (0, 0) its corner.
    QPointF toPicture(const QPointF& position) const;

    QSize sizeHint() const override { return {320, 320}; }
    QSize minimumSizeHint() const override { return {96, 96}; }

Q_SIGNALS:
    /// The user zoomed or panned.
    void viewChanged(double zoom, const QPointF& center);
    /// The pixel under the pointer; (-1, -1): none.
    void hovered(const QPoint& pixel);

protected:
    /// Draws over the picture, clipped to it. `picture` as pictureRect().
    virtual void paintOver(QPainter&, const QRectF& /*picture*/) {}
    bool isPanning() const { return m_panning; }
    void startPanning(const QPointF& position);

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void changeView();
    void hoverAt(const QPointF& position);
    ZoomFrame zoomFrame() const;
    void paintEmpty(QPainter& painter) const;
    void paintGrid(QPainter& painter, const QRectF& picture) const;
    void paintPixelTexts(QPainter& painter, const QRectF& picture) const;

    QImage m_image;
    QString m_placeholder;
    PixelText m_pixelText;
    PictureZoom m_zoom;
    QPointF m_lastPos;
    bool m_panning = false;
    bool m_dimmed = false;
    QPoint m_hovered{-1, -1};
};

/// Lets views (ZoomView, ImageView) show the same part of their pictures: what one zooms to, all do.
class ViewLink : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    template <class View>
    void add(View* view) {
        m_views.append({view, [view](double zoom, const QPointF& center) { view->setView(zoom, center); }});
        connect(view, &View::viewChanged, this, [this, view](double zoom, const QPointF& center) {
            for (const auto& [other, show] : std::as_const(m_views))
                if (other != view) show(zoom, center);
        });
    }

private:
    struct Linked {
        QWidget* view;
        std::function<void(double zoom, const QPointF& center)> show;
    };
    QList<Linked> m_views;
};

}  // namespace vitrine
