// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QRectF>
#include <QWidget>
#include <memory>
#include <optional>

#include "ui/plots/curve_series.h"

namespace vitrine {

/// Curves over steps, epochs or time, with a legend on top.
/// Mouse: wheel zooms at the pointer (over an axis: that axis), drag pans, drag with Shift or the right
/// button zooms into the rectangle, double-click fits; a pointer at rest reads out every series; a click in
/// the legend hides a series. Keys: Left and Right move the read-out (Shift, Page keys: ten points), + and -
/// zoom, F fits, L switches the logarithmic scale, Escape puts the read-out away. It follows new points until
/// the user zooms or pans, and again after a fit. 100,000 points stay fluid.
class CurvePlot : public QWidget {
    Q_OBJECT
public:
    explicit CurvePlot(QWidget* parent = nullptr);
    ~CurvePlot() override;

    /// Replaces all series. Those that only grew (by id) cost what was added; what the user hid by a click
    /// stays hidden only if `isVisible` says so.
    void setSeries(const QList<CurveSeries>& series);
    /// Points behind the last ones of a series; nothing for an id that isn't there.
    void appendPoints(const QString& id, const QList<QPointF>& points);
    void setSeriesVisible(const QString& id, bool isVisible);
    /// With their units, e.g. "Step", "Time (h)" and "Loss (nats per image)".
    void setAxisLabels(const QString& x, const QString& y);
    /// Values of 0 or less are left out of a logarithmic scale, and note() says so.
    void setLogScale(bool isLog);
    bool isLogScale() const;
    /// 0 (none) to 0.99: an exponential moving average, with the raw curve faint behind it.
    void setSmoothing(double smoothing);
    double smoothing() const;
    /// A line at an x that is looked at; none: no line.
    void setMark(std::optional<double> x);
    std::optional<double> mark() const;
    /// The sentence shown while there are no points.
    void setEmptyText(const QString& text);
    void fit();

    /// Left and right are x, top and bottom the smallest and the largest value shown.
    QRectF shownRange() const;
    std::optional<double> readoutX() const;
    /// "Step 300: loss 0.25, psnr 21.5"; empty without a read-out.
    QString readoutText() const;
    QString note() const;

    /// In light colours, as for paper; the size of the widget, twice as many pixels. The caller writes the
    /// file.
    QByteArray toPng();
    /// Vectors, one page of the widget's size.
    QByteArray toPdf();
    /// series,step,value: every point as it was given.
    QString toCsv() const;

    QSize sizeHint() const override { return {640, 360}; }

Q_SIGNALS:
    void seriesVisibilityChanged(const QString& id, bool isVisible);
    void logScaleChanged(bool isLog);

private:
    struct Parts;
    void buildLayout();
    void connectSignals();
    void showLegend();
    std::unique_ptr<Parts> m_parts;
};

}  // namespace vitrine
