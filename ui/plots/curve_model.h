// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "ui/plots/curve_series.h"

namespace vitrine {

/// The curves of a plot with what is derived from them: smoothing, read-out, extent, words and CSV. Points
/// that only grew cost what was added.
class CurveModel {
public:
    struct Curve {
        CurveSeries series;
        QList<double> smoothed;  ///< one a point; the values themselves without smoothing
        int revision = 0;        ///< changes when points that were there change
        double average = 0;      ///< the running state of `smoothed`
        int numAveraged = 0;
    };
    struct Extent {
        double low = 0;
        double high = 1;
    };
    struct Reading {
        const Curve* curve = nullptr;
        QPointF point;
        double smoothed = 0;
    };

    void setSeries(const QList<CurveSeries>& series);
    void appendPoints(const QString& id, const QList<QPointF>& points);
    /// False if there is no such series, or it is so already.
    bool setVisible(const QString& id, bool isVisible);
    /// In [0, 1): how much of the past stays in an exponential moving average, which is corrected for its
    /// start at 0. Source: TensorBoard's scalar dashboard.
    void setSmoothing(double smoothing);
    double smoothing() const { return m_smoothing; }

    const QList<Curve>& curves() const { return m_curves; }
    bool hasPoints() const;
    bool hasVisiblePoints(bool onlyPositive) const;

    /// Over what is drawn of visible curves; nothing if that is empty.
    std::optional<Extent> xExtent(bool onlyPositive) const;
    std::optional<Extent> yExtent(bool onlyPositive) const;
    /// How many values of visible curves a logarithmic scale cannot show.
    qsizetype numNotPositive() const;

    /// The x of a visible curve's point nearest to `x`.
    std::optional<double> nearestX(double x) const;
    /// That many distinct x on (back if negative), or the last there is.
    std::optional<double> steppedX(double x, int count) const;
    /// Each visible curve's point nearest to `x`, in the curves' order.
    QList<Reading> readingsAt(double x) const;

    /// "loss 0.1 at 300, psnr 21.5 at 300" of visible curves.
    QString newestText() const;
    /// Tidy, with a header line: series,step,value of every point, hidden curves too; the label names a
    /// series.
    QString csv() const;

private:
    Curve* find(const QString& id);
    void takeFrom(Curve& curve, qsizetype index) const;
    void smooth(Curve& curve) const;

    QList<Curve> m_curves;
    double m_smoothing = 0;
};

}  // namespace vitrine
