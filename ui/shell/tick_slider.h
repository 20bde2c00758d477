// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSlider>

#include "ui/shell/labeled_slider.h"

namespace vitrine {

/// A horizontal slider over real numbers, filled from its reset value to the handle, with marked positions.
/// A click goes there at once. The wheel acts only with the focus, so that scrolling past changes nothing.
class TickSlider : public QSlider {
    Q_OBJECT
public:
    explicit TickSlider(const SliderSpec& spec, QWidget* parent = nullptr);

    void setSpec(const SliderSpec& spec);
    /// Silent.
    void setReal(double value);

    QSize sizeHint() const override { return {160, 28}; }
    QSize minimumSizeHint() const override { return {64, 24}; }

Q_SIGNALS:
    void moved(double value);  ///< by the user, unrounded steps of keys included
    void released();           ///< a drag has ended
    void resetRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    double xOf(double value) const;
    double valueAt(double x) const;
    double snapped(double value, Qt::KeyboardModifiers modifiers) const;
    void drawTicks(QPainter& painter) const;
    void drawTrack(QPainter& painter) const;
    void drawHandle(QPainter& painter) const;

    SliderSpec m_spec;
    double m_real = 0;
    bool m_dragging = false;
    int m_wheelRest = 0;
};

}  // namespace vitrine
