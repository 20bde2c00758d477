// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>
#include <optional>

#include "ui/plots/histogram_series.h"

namespace vitrine {

/// Histograms over time as heat: a column a step, stronger where more of the values are, with their median
/// and the 5 % and 95 % quantiles as lines. Several quantities (weights, gradients) stand under each other,
/// each with its own scale. The pointer, or Left and Right, read out a step.
class HistogramPlot : public QWidget {
    Q_OBJECT
public:
    explicit HistogramPlot(QWidget* parent = nullptr);

    void setSeries(const QList<HistogramSeries>& series);
    /// With its unit, e.g. "Step".
    void setXLabel(const QString& label);
    /// The sentence shown while there is nothing.
    void setEmptyText(const QString& text);

    std::optional<double> readoutStep() const { return m_readoutStep; }
    /// "Step 300: Weights median 0.15, 5 % to 95 %: -0.2 to 0.3, 40 % in 0.1 to 0.2"; empty without a
    /// read-out.
    QString readoutText() const;

    QSize sizeHint() const override { return {640, 320}; }
    QSize minimumSizeHint() const override { return {200, 160}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Facet {
        HistogramSeries series;
        double low = 0;
        double high = 1;
        double peak = 0;  ///< the largest density
        QImage heat;      ///< made when it is painted first
    };
    bool isEmpty() const;
    QRect plotRect(qsizetype facet) const;
    double xOf(double step) const;
    double yOf(const Facet& facet, const QRect& plot, double value) const;
    const HistogramColumn* columnAt(const Facet& facet, double step) const;
    QImage heatOf(const Facet& facet, const QSize& size) const;
    void forgetHeat();
    void paintFacet(QPainter& painter, qsizetype index);
    void paintQuantile(QPainter& painter, const Facet& facet, const QRect& plot, double share) const;
    void paintStepAxis(QPainter& painter) const;
    void paintLegend(QPainter& painter, const Facet& facet, const QRect& plot) const;
    void paintReadout(QPainter& painter, qsizetype facet) const;
    QStringList readoutLines(qsizetype facet) const;
    void showReadout(std::optional<double> step, double y);
    void moveReadout(int count);
    void describe();

    QList<Facet> m_facets;
    double m_firstStep = 0;
    double m_lastStep = 1;
    QString m_xLabel;
    QString m_emptyText;
    std::optional<double> m_readoutStep;
    double m_pointerY = -1;  ///< which value is read out; the median without a pointer
};

}  // namespace vitrine
