// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/metrics/calibration.h"

namespace vitrine {

/// Whether probabilities mean what they say: how often the most probable class was right (bars) against how
/// probable it was said to be (diagonal), and how many pixels each bar stands for. Bins of few pixels are
/// drawn hollow, empty ones not at all. The pointer, or Left and Right, read out a bin.
class ReliabilityDiagram : public QWidget {
    Q_OBJECT
public:
    explicit ReliabilityDiagram(QWidget* parent = nullptr);

    /// Bins of equal width from 0 to 1; none: there is nothing to show.
    void setBins(const std::vector<ReliabilityBin>& bins);
    /// "0.6 to 0.7: 132 pixels, said 0.65, right 0.52"; empty without one under the pointer.
    QString readoutText() const;

    QSize sizeHint() const override { return {240, 164}; }
    QSize minimumSizeHint() const override { return {160, 164}; }

Q_SIGNALS:
    void readoutChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF plotRect() const;
    void readOut(int bin);
    void paintBin(QPainter& painter, int bin) const;
    void paintAxes(QPainter& painter) const;

    std::vector<ReliabilityBin> m_bins;
    int m_readout = -1;
};

}  // namespace vitrine
