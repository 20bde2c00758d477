// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_plot.h"

#include <QVBoxLayout>

#include "ui/plots/curve_canvas.h"
#include "ui/plots/curve_export.h"
#include "ui/plots/curve_legend.h"
#include "ui/plots/curve_model.h"

namespace vitrine {

struct CurvePlot::Parts {
    CurveModel model;
    CurveLegend* legend = nullptr;
    CurveCanvas* canvas = nullptr;
};

CurvePlot::CurvePlot(QWidget* parent) : QWidget(parent), m_parts(std::make_unique<Parts>()) {
    buildLayout();
    connectSignals();
    m_parts->canvas->sync();
}

CurvePlot::~CurvePlot() {
    delete m_parts->canvas;  // before the model that it reads
}

void CurvePlot::buildLayout() {
    m_parts->legend = new CurveLegend(this);
    m_parts->canvas = new CurveCanvas(m_parts->model, this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_parts->legend);
    layout->addWidget(m_parts->canvas, 1);
    setFocusProxy(m_parts->canvas);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);  // the theme's surface, as the canvas
    showLegend();
}

void CurvePlot::connectSignals() {
    connect(m_parts->legend, &CurveLegend::visibilityRequested, this, &CurvePlot::setSeriesVisible);
    connect(m_parts->canvas, &CurveCanvas::logScaleRequested, this, &CurvePlot::setLogScale);
}

void CurvePlot::showLegend() {
    QList<CurveSeries> series;
    for (const CurveModel::Curve& curve : m_parts->model.curves()) series.append(curve.series);
    m_parts->legend->setSeries(series);
}

void CurvePlot::setSeries(const QList<CurveSeries>& series) {
    m_parts->model.setSeries(series);
    showLegend();
    m_parts->canvas->sync();
}

void CurvePlot::appendPoints(const QString& id, const QList<QPointF>& points) {
    m_parts->model.appendPoints(id, points);
    m_parts->canvas->sync();
}

void CurvePlot::setSeriesVisible(const QString& id, bool isVisible) {
    if (!m_parts->model.setVisible(id, isVisible)) return;
    showLegend();
    m_parts->canvas->sync();
    Q_EMIT seriesVisibilityChanged(id, isVisible);
}

void CurvePlot::setAxisLabels(const QString& x, const QString& y) {
    m_parts->canvas->setAxisLabels(x, y);
}

void CurvePlot::setLogScale(bool isLog) {
    if (isLog == isLogScale()) return;
    m_parts->canvas->setLogScale(isLog);
    Q_EMIT logScaleChanged(isLog);
}

bool CurvePlot::isLogScale() const {
    return m_parts->canvas->isLogScale();
}

void CurvePlot::setSmoothing(double smoothing) {
    m_parts->model.setSmoothing(smoothing);
    m_parts->canvas->sync();
}

double CurvePlot::smoothing() const {
    return m_parts->model.smoothing();
}
void CurvePlot::setMark(std::optional<double> x) {
    m_parts->canvas->setMark(x);
}
std::optional<double> CurvePlot::mark() const {
    return m_parts->canvas->mark();
}
void CurvePlot::setEmptyText(const QString& text) {
    m_parts->canvas->setEmptyText(text);
}
void CurvePlot::fit() {
    m_parts->canvas->fit();
}
QRectF CurvePlot::shownRange() const {
    return m_parts->canvas->shownRange();
}
std::optional<double> CurvePlot::readoutX() const {
    return m_parts->canvas->readoutX();
}
QString CurvePlot::readoutText() const {
    return m_parts->canvas->readoutText();
}
QString CurvePlot::note() const {
    return m_parts->canvas->note();
}
QByteArray CurvePlot::toPng() {
    return curvesAsPng(*m_parts->canvas, m_parts->model, size());
}
QByteArray CurvePlot::toPdf() {
    return curvesAsPdf(*m_parts->canvas, m_parts->model, size());
}
QString CurvePlot::toCsv() const {
    return m_parts->model.csv();
}

}  // namespace vitrine
