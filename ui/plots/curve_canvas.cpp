// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_canvas.h"

#include <cmath>

#include "ui/plots/axis_ticks.h"
#include "ui/plots/series_colors.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr double kLineWidth = 1.6;
constexpr int kRawAlpha = 70;
constexpr int kPixelsPerTickX = 90;
constexpr int kPixelsPerTickY = 44;
constexpr double kMinSpan = 1e-9;  ///< of the values: finer, doubles run out

/// Our ticks on a QCustomPlot axis.
class RoundTicker : public QCPAxisTicker {
public:
    explicit RoundTicker(bool isLog) : m_isLog(isLog) {}
    void generate(const QCPRange& range,
                  const QLocale&,
                  QChar,
                  int,
                  QVector<double>& ticks,
                  QVector<double>* subTicks,
                  QVector<QString>* labels) override {
        ticks = m_isLog ? logTicks(range.lower, range.upper, tickCount())
                        : linearTicks(range.lower, range.upper, tickCount());
        if (subTicks != nullptr) subTicks->clear();
        if (labels == nullptr) return;
        if (!m_isLog)
            *labels = tickLabels(ticks);
        else {
            labels->clear();
            for (double tick : ticks) labels->append(shortNumber(tick));
        }
    }

private:
    bool m_isLog;
};

QCPRange padded(const CurveModel::Extent& extent, double share) {
    double span = extent.high - extent.low;
    if (span <= 0) span = extent.low == 0 ? 1 : std::abs(extent.low) * 0.2;
    return {extent.low - span * share, extent.high + span * share};
}

QCPRange paddedLog(const CurveModel::Extent& extent) {
    const double factor = std::max(1.1, std::pow(extent.high / extent.low, 0.05));
    return {extent.low / factor, extent.high * factor};
}

}  // namespace

CurveCanvas::CurveCanvas(const CurveModel& model, QWidget* parent) : QCustomPlot(parent), m_model(model) {
    setObjectName(u"curveCanvas"_s);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(200, 120);
    setUpAxes();
    setUpMouse();
    setEmptyText(tr("There are no values yet."));
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        applyTheme(Theme::current());
        replot(rpQueuedReplot);
    });
    applyTheme(Theme::current());
}

void CurveCanvas::setUpAxes() {
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setTicker(QSharedPointer<QCPAxisTicker>(new RoundTicker(false)));
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLength(0);
        axis->setTickLabelPadding(6);
        axis->setLabelPadding(4);
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    axisRect()->setMinimumMargins({56, 8, 16, 40});
    connect(xAxis,
            qOverload<const QCPRange&, const QCPRange&>(&QCPAxis::rangeChanged),
            this,
            [this](const auto& range, const auto& before) { onRangeChanged(xAxis, range, before); });
    connect(yAxis,
            qOverload<const QCPRange&, const QCPRange&>(&QCPAxis::rangeChanged),
            this,
            [this](const auto& range, const auto& before) { onRangeChanged(yAxis, range, before); });
}

void CurveCanvas::setUpMouse() {
    setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    setNoAntialiasingOnDrag(false);
}

void CurveCanvas::applyTheme(const ThemeTokens& theme) {
    setBackground(theme.surface);
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setTickLabelFont(Theme::font(TextRole::Caption));
        axis->setLabelFont(Theme::font(TextRole::Caption));
        axis->setTickLabelColor(theme.muted);
        axis->setLabelColor(theme.muted);
        axis->grid()->setPen(QPen(theme.line, 1));
    }
    QColor band = theme.accent;
    selectionRect()->setPen(QPen(band, 1));
    band.setAlpha(40);
    selectionRect()->setBrush(band);
    applyPens(theme);
}

void CurveCanvas::applyPens(const ThemeTokens& theme) {
    for (qsizetype i = 0; i < m_traces.size(); ++i) {
        const CurveSeries& series = m_model.curves()[i].series;
        m_traces[i].line->setPen(seriesPen(series.colorIndex, series.isDashed, theme.dark, kLineWidth));
        QColor faint = seriesColor(series.colorIndex, theme.dark);
        faint.setAlpha(kRawAlpha);
        m_traces[i].raw->setPen(QPen(faint, 1));
    }
}

void CurveCanvas::matchTraces() {
    while (m_traces.size() > m_model.curves().size()) {
        const Trace gone = m_traces.takeLast();
        removeGraph(gone.line);
        removeGraph(gone.raw);
    }
    while (m_traces.size() < m_model.curves().size()) {
        Trace trace;
        trace.raw = addGraph();
        trace.line = addGraph();
        m_traces.append(trace);
    }
}

void CurveCanvas::feed(Trace& trace, const CurveModel::Curve& curve) {
    const QList<QPointF>& points = curve.series.points;
    if (trace.revision != curve.revision) {
        trace.line->data()->clear();
        trace.raw->data()->clear();
        trace.numFed = 0;
    }
    QVector<QCPGraphData> line, raw;
    for (qsizetype i = trace.numFed; i < points.size(); ++i) {
        const double value = points[i].y(), smoothed = curve.smoothed[i];
        if (std::isfinite(smoothed) && (!m_isLog || smoothed > 0)) line.append({points[i].x(), smoothed});
        if (std::isfinite(value) && (!m_isLog || value > 0)) raw.append({points[i].x(), value});
    }
    trace.line->data()->add(line, true);
    if (m_model.smoothing() > 0) trace.raw->data()->add(raw, true);
    trace.numFed = points.size();
    trace.revision = curve.revision;
    trace.line->setVisible(curve.series.isVisible);
    trace.raw->setVisible(curve.series.isVisible && m_model.smoothing() > 0);
}

void CurveCanvas::sync() {
    matchTraces();
    for (qsizetype i = 0; i < m_traces.size(); ++i) feed(m_traces[i], m_model.curves()[i]);
    applyPens(Theme::current());
    const bool hasCurves = m_model.hasVisiblePoints(m_isLog);
    for (QCPAxis* axis : {xAxis, yAxis}) axis->setVisible(hasCurves);
    if (!hasCurves) m_readoutX.reset();
    if (m_readoutX) m_readoutX = m_model.nearestX(*m_readoutX);
    if (m_isFitted) fit();
    describe();
    replot(rpQueuedReplot);
}

void CurveCanvas::setLogScale(bool isLog) {
    if (isLog == m_isLog) return;
    m_isLog = isLog;
    yAxis->setScaleType(isLog ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new RoundTicker(isLog)));
    fitAxes(size());
    for (Trace& trace : m_traces) trace.revision = -1;
    m_isFitted = true;
    sync();
}

void CurveCanvas::setAxisLabels(const QString& x, const QString& y) {
    m_xTitle = x;
    m_yTitle = y;
    fitAxes(size());
    describe();
    replot(rpQueuedReplot);
}

void CurveCanvas::setEmptyText(const QString& text) {
    m_emptyText = text;
    update();
}

void CurveCanvas::setMark(std::optional<double> x) {
    m_mark = x;
    update();
}

void CurveCanvas::fit() {
    const auto x = m_model.xExtent(m_isLog);
    const auto y = m_model.yExtent(m_isLog);
    m_isFitting = true;
    if (x) xAxis->setRange(padded(*x, x->high > x->low ? 0.01 : 0.5));
    if (y) yAxis->setRange(m_isLog ? paddedLog(*y) : padded(*y, y->high > y->low ? 0.06 : 0.5));
    m_isFitting = false;
    m_isFitted = true;
    replot(rpQueuedReplot);
}

void CurveCanvas::onRangeChanged(QCPAxis* axis, const QCPRange& range, const QCPRange& before) {
    if (m_isFitting) return;
    m_isFitted = false;
    const double magnitude = std::max(std::abs(range.lower), std::abs(range.upper));
    const bool isTooFine = range.size() < magnitude * kMinSpan && range.size() < before.size();
    if (isTooFine || !std::isfinite(magnitude)) axis->setRange(before);
}

QRectF CurveCanvas::shownRange() const {
    const QCPRange x = xAxis->range(), y = yAxis->range();
    return {QPointF(x.lower, y.lower), QPointF(x.upper, y.upper)};
}

void CurveCanvas::zoomBy(double factor) {
    for (QCPAxis* axis : {xAxis, yAxis}) {
        const QRect area = axisRect()->rect();
        const double middle = axis == xAxis && m_readoutX
                                  ? *m_readoutX
                                  : axis->pixelToCoord(axis == xAxis ? area.center().x() : area.center().y());
        axis->scaleRange(factor, middle);
    }
    replot(rpQueuedReplot);
}

void CurveCanvas::processRectZoom(QRect rect, QMouseEvent* event) {
    constexpr int kMinPixels = 4;
    if (rect.normalized().width() >= kMinPixels && rect.normalized().height() >= kMinPixels)
        QCustomPlot::processRectZoom(rect, event);
    else
        replot(rpQueuedReplot);
}

void CurveCanvas::fitAxes(const QSize& size) {
    const QFontMetrics metrics(Theme::font(TextRole::Caption));
    const QMargins margins = axisRect()->minimumMargins();
    xAxis->setLabel(
        metrics.elidedText(m_xTitle, Qt::ElideRight, size.width() - margins.left() - margins.right()));
    yAxis->setLabel(
        metrics.elidedText(m_yTitle, Qt::ElideRight, size.height() - margins.top() - margins.bottom()));
    xAxis->ticker()->setTickCount(std::max(2, size.width() / kPixelsPerTickX));
    yAxis->ticker()->setTickCount(std::max(2, size.height() / kPixelsPerTickY));
}

void CurveCanvas::resizeEvent(QResizeEvent* event) {
    fitAxes(event->size());
    QCustomPlot::resizeEvent(event);
}

void CurveCanvas::paintInto(QCPPainter& painter, const QSize& size, const ThemeTokens& theme) {
    applyTheme(theme);
    fitAxes(size);
    toPainter(&painter, size.width(), size.height());
    painter.setClipping(false);
    fitAxes(this->size());
    applyTheme(Theme::current());
    replot(rpQueuedReplot);
}

}  // namespace vitrine
