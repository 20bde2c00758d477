// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace vitrine {

/// The colour wheel as a legend: hue is direction, and its edge stands for so many pixels.
class FlowWheelLegend : public QWidget {
    Q_OBJECT
public:
    explicit FlowWheelLegend(QWidget* parent = nullptr);
    /// Units: pixels; 0 hides it.
    void setScale(double px);
    QSize sizeHint() const override { return {112, 34}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_wheel;
    double m_scalePx = 0;
};

}  // namespace vitrine
