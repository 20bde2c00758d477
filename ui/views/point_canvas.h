// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QLineF>
#include <QList>
#include <QPolygonF>
#include <QString>

#include "ui/views/zoom_view.h"

namespace vitrine {

/// A point on a picture. Units: pixels of the picture, (0, 0) the centre of the top left one.
struct CanvasPoint {
    QPointF place;
    QColor color;
    QString label;
    QPolygonF trail = {};   ///< where it came from
    double radius = 0;      ///< of a ring around it: its spread or error; 0: none
    bool isHollow = false;  ///< not to be trusted
};

/// A picture that points are put on, moved and taken away from: a click adds one, a drag moves one, Delete
/// takes the chosen one away, arrow keys move it; or a brush that marks an area. Space or the middle button
/// pans.
class PointCanvas : public ZoomView {
    Q_OBJECT
public:
    explicit PointCanvas(QWidget* parent = nullptr);

    void setPoints(const QList<CanvasPoint>& points);
    const QList<CanvasPoint>& points() const { return m_points; }
    void setChosen(int index);
    /// Whether points may be added and moved here.
    void setEditable(bool editable);
    /// Paints an area instead of moving points.
    void setBrush(bool isBrush);
    /// Arrows in pixels of the picture.
    void setArrows(const QList<QLineF>& arrows);
    /// Where a place of the picture is in the widget.
    QPointF toWidget(const QPointF& place) const;

Q_SIGNALS:
    void pointAdded(const QPointF& place);
    void pointChosen(int index);
    void pointMoved(int index, const QPointF& place);
    void pointDeleted(int index);
    /// A stroke of the brush has come to a place; `erases` with the right button.
    void brushed(const QPointF& place, bool erases);
    /// The drag, stroke or run of keys is over.
    void gestureFinished();

protected:
    void paintOver(QPainter& painter, const QRectF& picture) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QPointF placeAt(const QPointF& position) const;
    int pointAt(const QPointF& position) const;
    bool isOnPicture(const QPointF& place) const;
    void paintPoint(QPainter& painter, const CanvasPoint& point, bool isChosen) const;
    void paintArrows(QPainter& painter) const;

    QList<CanvasPoint> m_points;
    QList<QLineF> m_arrows;
    int m_chosen = -1;
    int m_dragged = -1;
    bool m_isEditable = false;
    bool m_isBrush = false;
    bool m_isBrushing = false;
};

}  // namespace vitrine
