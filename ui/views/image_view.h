// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace vitrine {

/// One picture in a rounded frame, as large as fits: at a whole multiple of its pixels, or smoothly scaled.
/// Without a picture it shows a skeleton, or nothing but a text. It can be dragged: the way of the pointer
/// comes out in parts of the picture's width.
class ImageView : public QWidget {
    Q_OBJECT
public:
    explicit ImageView(QWidget* parent = nullptr);

    void setImage(const QImage& image);
    const QImage& image() const { return m_image; }
    /// A line of text shown where there is no picture.
    void setPlaceholder(const QString& text);
    void setSmooth(bool smooth);
    /// Of a picture that no longer belongs to the state.
    void setDimmed(bool dimmed);
    bool isDimmed() const { return m_dimmed; }
    /// Shows a hand and sends dragged().
    void setDraggable(bool draggable);
    /// Where in the widget the picture stands, logical pixels.
    QRectF pictureRect() const;
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

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void paintEmpty(QPainter& painter) const;
    void updateCursor();

    QImage m_image;
    QString m_placeholder;
    QPointF m_lastPos;
    Qt::Alignment m_alignment = Qt::AlignCenter;
    bool m_smooth = true;
    bool m_dimmed = false;
    bool m_draggable = false;
    bool m_dragging = false;
    bool m_announced = true;
};

}  // namespace vitrine
