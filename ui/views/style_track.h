// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>

class QPainter;

namespace vitrine {

/// The slider from style A (0) to style B (1), which goes on beyond both ends where the line is dashed. Marks
/// at 0, 1/2 and 1 attract the handle (Shift held: they don't). Arrow keys: 0.01, Page keys: 0.1, Home: A,
/// End: B; double-click: the middle.
class StyleTrack : public QWidget {
    Q_OBJECT
public:
    explicit StyleTrack(QWidget* parent = nullptr);

    double value() const { return m_value; }
    /// Emits nothing.
    void setValue(double value);
    /// How far it goes beyond 0 and 1.
    void setOvershoot(double overshoot);
    double overshoot() const { return m_overshoot; }
    /// Hatches values by how little they are to be relied on, 0 (clear) to 1; `tipAt`: what is said of a
    /// value where the pointer rests. Empty functions: no hatch, no tip.
    using Shade = std::function<double(double value)>;
    using TipAt = std::function<QString(double value)>;
    void setShading(Shade shade, TipAt tipAt);
    /// x of a value, logical pixels.
    double positionOf(double value) const;

    QSize sizeHint() const override { return {320, 40}; }
    QSize minimumSizeHint() const override { return {120, 40}; }

Q_SIGNALS:
    void valueChanged(double value);
    void dragFinished();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;

private:
    void moveTo(double x, bool free);
    double valueAt(double x) const;
    QBrush shadeBrush(int opacity) const;
    void paintShading(QPainter& painter) const;
    void set(double value);

    Shade m_shade;
    TipAt m_tipAt;
    double m_value = 0;
    double m_overshoot = 0.5;
    bool m_dragging = false;
};

}  // namespace vitrine
