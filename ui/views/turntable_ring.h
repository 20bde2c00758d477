// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace vitrine {

/// A turntable seen from the camera's height: where the chair's front points is a point on an ellipse
/// (azimuth 0: towards the viewer, 90: to the left), trained views are ticks. Drag it, or arrow keys (Page
/// keys: ten steps, Home: 0). Units: degrees.
class TurntableRing : public QWidget {
    Q_OBJECT
public:
    explicit TurntableRing(QWidget* parent = nullptr);

    void setView(double azimuthDeg, double elevationDeg);
    double azimuthDeg() const { return m_azimuthDeg; }
    void setTicks(const QList<double>& azimuthsDeg);
    /// A drag lands on the nearest tick (Shift held: never).
    void setSnap(bool snap) { m_snap = snap; }
    /// The azimuth so many steps on: from tick to tick with snap, else by one degree.
    double stepped(int steps) const;

    QSize sizeHint() const override { return {272, 88}; }

Q_SIGNALS:
    void azimuthChanged(double azimuthDeg);
    void dragFinished();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;

private:
    QPointF center() const;
    QSizeF radii() const;
    QPointF pointAt(double azimuthDeg, double scale = 1) const;
    void turnTo(const QPointF& position, bool free);
    void set(double azimuthDeg);

    QList<double> m_ticks;
    double m_azimuthDeg = 0;
    double m_elevationDeg = 20;
    bool m_snap = true;
    bool m_dragging = false;
};

/// In [0, 360).
double wrappedDegrees(double degrees);
/// The tick nearest to an angle on the circle; the angle where there are none.
double nearestTick(const QList<double>& ticks, double degrees);

}  // namespace vitrine
