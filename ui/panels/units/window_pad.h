// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/recipe/unit_request.h"

namespace vitrine {

/// The maps of a layer as a grid, and the window in which they are kept: drag it to move it, drag an edge or
/// a corner to resize it, or draw a new one beside it. Arrow keys move, with Shift they resize. The shade is
/// how active the maps are there.
class WindowPad : public QWidget {
    Q_OBJECT
public:
    explicit WindowPad(QWidget* parent = nullptr);

    /// `side`: pixels of a map. `activity` [side, side, 1] or empty.
    void setMaps(int side, const ScalarMap& activity);
    /// Emits nothing.
    void setWindow(const MapWindow& window, bool outside);
    const MapWindow& window() const { return m_window; }
    /// Where the middle of a map's pixel is, logical pixels.
    QPointF cellCenter(int row, int column) const;

    QSize sizeHint() const override { return {160, 160}; }
    QSize minimumSizeHint() const override { return {128, 160}; }

Q_SIGNALS:
    void windowChanged(const vitrine::MapWindow& window);
    void dragFinished();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// Which edges of the window the pointer holds; none and inside: all of it.
    struct Grip {
        bool left = false, right = false, top = false, bottom = false, inside = false;
        bool holds() const { return left || right || top || bottom || inside; }
    };
    double cell() const;
    QRectF gridRect() const;
    QRectF windowRect() const;
    Grip gripAt(const QPointF& position) const;
    MapCell cellAt(const QPointF& position) const;
    void showCursor(const Grip& grip);
    void dragTo(const QPointF& position);
    /// Edges in pixels of the map, clamped into it; at least one pixel stays.
    void setEdges(int top, int left, int bottom, int right);

    int m_side = 8;
    ScalarMap m_activity;
    MapWindow m_window;
    bool m_outside = false;
    Grip m_grip;
    MapWindow m_start;  ///< window where the drag began
    MapCell m_from;
};

}  // namespace vitrine
