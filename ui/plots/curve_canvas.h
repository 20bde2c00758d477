// SPDX-License-Identifier: GPL-3.0-or-later
// Private to ui/plots: includes qcustomplot.h, which other targets cannot.
#pragma once

#include <qcustomplot.h>

#include <optional>

#include "ui/plots/curve_model.h"
#include "ui/plots/curve_readout.h"

namespace vitrine {

/// The area of a CurvePlot with axes and curves: zoom, pan, read-out, keys.
class CurveCanvas : public QCustomPlot {
    Q_OBJECT
public:
    /// `model` outlives it; after a change of it call sync().
    explicit CurveCanvas(const CurveModel& model, QWidget* parent);

    /// Brings what is drawn up to the model's curves; fits them unless the user looks at a part.
    void sync();
    void setLogScale(bool isLog);
    bool isLogScale() const { return m_isLog; }
    void setAxisLabels(const QString& x, const QString& y);
    void setEmptyText(const QString& text);
    void setMark(std::optional<double> x);
    std::optional<double> mark() const { return m_mark; }
    void fit();
    /// x from left to right, y from top to bottom (the larger value).
    QRectF shownRange() const;

    std::optional<double> readoutX() const { return m_readoutX; }
    QString readoutText() const;
    /// What the plot leaves out; empty if nothing.
    QString note() const;

    /// Axes and curves without read-out, in the colours given, from (0, 0) of the painter.
    void paintInto(QCPPainter& painter, const QSize& size, const ThemeTokens& theme);

Q_SIGNALS:
    void logScaleRequested(bool isLog);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void processRectZoom(QRect rect, QMouseEvent* event) override;

private:
    /// The graphs of one curve and how much of it they hold already.
    struct Trace {
        QCPGraph* line = nullptr;
        QCPGraph* raw = nullptr;  ///< faint, behind the smoothed line
        int revision = -1;
        qsizetype numFed = 0;
    };
    void setUpAxes();
    void setUpMouse();
    void applyTheme(const ThemeTokens& theme);
    void applyPens(const ThemeTokens& theme);
    void fitAxes(const QSize& size);
    void matchTraces();
    void feed(Trace& trace, const CurveModel::Curve& curve);
    void onRangeChanged(QCPAxis* axis, const QCPRange& range, const QCPRange& before);
    void describe();
    void zoomBy(double factor);
    void showReadout(std::optional<double> x);
    void moveReadout(int count);
    void keepInView(double x);
    QList<ReadoutRow> readoutRows() const;
    QString emptyText() const;
    void paintMark(QPainter& painter, const ThemeTokens& theme) const;
    void paintWords(QPainter& painter, const ThemeTokens& theme) const;

    const CurveModel& m_model;
    QList<Trace> m_traces;
    QString m_emptyText;
    QString m_xTitle, m_yTitle;  ///< whole; the axes show what there is room for
    std::optional<double> m_readoutX, m_mark;
    bool m_isLog = false;
    bool m_isFitted = true;  ///< follows new points until the user zooms or pans
    bool m_isFitting = false;
};

}  // namespace vitrine
