// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

namespace vitrine {

/// How iterative inference comes to rest: the share of the open pixels that changed class, sweep by sweep.
class SweepCurve : public QWidget {
    Q_OBJECT
public:
    explicit SweepCurve(QWidget* parent = nullptr);

    /// `changedShares` from 0 to 1, one for each sweep that is done; there is room for `numSweeps` of them.
    void setShares(const std::vector<double>& changedShares, int numSweeps);

    QSize sizeHint() const override { return {240, 84}; }
    QSize minimumSizeHint() const override { return {120, 84}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QPointF pointAt(const QRectF& plot, std::size_t sweep, double most) const;

    std::vector<double> m_shares;
    int m_numSweeps = 1;
};

}  // namespace vitrine
