// SPDX-License-Identifier: GPL-3.0-or-later
// The read-out of a CurveCanvas, its words, and what mouse and keys do.
#include "ui/plots/axis_ticks.h"
#include "ui/plots/curve_canvas.h"
#include "ui/plots/series_colors.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr double kZoomStep = 0.8;
constexpr int kManySteps = 10;

}  // namespace

void CurveCanvas::mousePressEvent(QMouseEvent* event) {
    const bool isBand = event->button() == Qt::RightButton || event->modifiers().testFlag(Qt::ShiftModifier);
    setSelectionRectMode(isBand ? QCP::srmZoom : QCP::srmNone);
    showReadout(std::nullopt);
    setCursor(isBand ? Qt::CrossCursor : Qt::ClosedHandCursor);
    QCustomPlot::mousePressEvent(event);
}

void CurveCanvas::mouseMoveEvent(QMouseEvent* event) {
    QCustomPlot::mouseMoveEvent(event);
    if (event->buttons() != Qt::NoButton) return;
    const QPoint position = event->position().toPoint();
    const bool isInside = axisRect()->rect().contains(position) && m_model.hasVisiblePoints(m_isLog);
    setCursor(isInside ? Qt::CrossCursor : Qt::ArrowCursor);
    showReadout(isInside ? m_model.nearestX(xAxis->pixelToCoord(position.x())) : std::nullopt);
}

void CurveCanvas::mouseReleaseEvent(QMouseEvent* event) {
    QCustomPlot::mouseReleaseEvent(event);
    setSelectionRectMode(QCP::srmNone);
    setCursor(Qt::ArrowCursor);
}

void CurveCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) fit();
}

void CurveCanvas::leaveEvent(QEvent* event) {
    QCustomPlot::leaveEvent(event);
    showReadout(std::nullopt);
}

void CurveCanvas::focusInEvent(QFocusEvent* event) {
    QCustomPlot::focusInEvent(event);
    update();
}

void CurveCanvas::focusOutEvent(QFocusEvent* event) {
    QCustomPlot::focusOutEvent(event);
    update();
}

void CurveCanvas::keyPressEvent(QKeyEvent* event) {
    const int many = event->modifiers().testFlag(Qt::ShiftModifier) ? kManySteps : 1;
    switch (event->key()) {
        case Qt::Key_Left:
            return moveReadout(-many);
        case Qt::Key_Right:
            return moveReadout(many);
        case Qt::Key_PageUp:
            return moveReadout(-kManySteps);
        case Qt::Key_PageDown:
            return moveReadout(kManySteps);
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoomBy(kZoomStep);
        case Qt::Key_Minus:
            return zoomBy(1 / kZoomStep);
        case Qt::Key_F:
            return fit();
        case Qt::Key_L:
            return Q_EMIT logScaleRequested(!m_isLog);
        case Qt::Key_Escape:
            if (m_readoutX) return showReadout(std::nullopt);
            break;
        default:
            break;
    }
    QCustomPlot::keyPressEvent(event);
}

void CurveCanvas::showReadout(std::optional<double> x) {
    if (x == m_readoutX) return;
    m_readoutX = x;
    describe();
    update();
}

/// Starts at the newest point when nothing is read out.
void CurveCanvas::moveReadout(int count) {
    if (!m_model.hasVisiblePoints(m_isLog)) return;
    const auto x = m_readoutX ? m_model.steppedX(*m_readoutX, count) : m_model.nearestX(xAxis->range().upper);
    showReadout(x);
    if (x) keepInView(*x);
}

void CurveCanvas::keepInView(double x) {
    const QCPRange range = xAxis->range();
    if (range.contains(x)) return;
    xAxis->moveRange(x < range.lower ? x - range.lower - range.size() * 0.1
                                     : x - range.upper + range.size() * 0.1);
    replot(rpQueuedReplot);
}

QList<ReadoutRow> CurveCanvas::readoutRows() const {
    QList<ReadoutRow> rows;
    if (!m_readoutX) return rows;
    const bool isSmoothed = m_model.smoothing() > 0;
    for (const CurveModel::Reading& reading : m_model.readingsAt(*m_readoutX)) {
        const CurveSeries& series = reading.curve->series;
        ReadoutRow row;
        row.swatch = seriesPen(series.colorIndex, series.isDashed, Theme::current().dark, 2);
        row.label = series.label;
        row.value = alignedNumber(reading.smoothed);
        if (isSmoothed) row.raw = alignedNumber(reading.point.y());
        const bool isDrawn = std::isfinite(reading.smoothed) && (!m_isLog || reading.smoothed > 0);
        row.dot = isDrawn
                      ? QPointF(xAxis->coordToPixel(reading.point.x()), yAxis->coordToPixel(reading.smoothed))
                      : QPointF(-100, -100);
        rows.append(row);
    }
    return rows;
}

QString CurveCanvas::readoutText() const {
    if (!m_readoutX) return {};
    QStringList parts;
    for (const CurveModel::Reading& reading : m_model.readingsAt(*m_readoutX)) {
        const QString value = u"%1 %2"_s.arg(reading.curve->series.label, shortNumber(reading.smoothed));
        const QString raw = shortNumber(reading.point.y());
        parts << (m_model.smoothing() > 0 ? tr("%1 (unsmoothed %2)").arg(value, raw) : value);
    }
    return u"%1 %2: %3"_s.arg(m_xTitle, longNumber(*m_readoutX), parts.join(u", "_s));
}

/// What a screen reader says: what is read out, else the newest values.
void CurveCanvas::describe() {
    setAccessibleName(tr("Curves: %1 over %2").arg(m_yTitle, m_xTitle));
    const QString newest = m_model.newestText();
    const QString words = newest.isEmpty() ? emptyText() : tr("Newest: %1").arg(newest);
    setAccessibleDescription(m_readoutX ? readoutText() : words);
}

QString CurveCanvas::emptyText() const {
    if (!m_model.hasPoints()) return m_emptyText;
    if (m_model.hasVisiblePoints(m_isLog)) return {};
    if (m_isLog && m_model.hasVisiblePoints(false))
        return tr("No value is above 0: press L for a linear scale.");
    return tr("There is no curve to show: click one in the legend.");
}

QString CurveCanvas::note() const {
    const qsizetype count = m_isLog && m_model.hasVisiblePoints(true) ? m_model.numNotPositive() : 0;
    return count == 0   ? QString()
           : count == 1 ? tr("1 value of 0 or less is left out")
                        : tr("%n values of 0 or less are left out", nullptr, int(count));
}

void CurveCanvas::paintWords(QPainter& painter, const ThemeTokens& theme) const {
    painter.setPen(theme.muted);
    painter.setFont(Theme::font(TextRole::Body));
    painter.drawText(viewport(), int(Qt::AlignCenter) | int(Qt::TextWordWrap), emptyText());
    painter.setFont(Theme::font(TextRole::Caption));
    painter.drawText(
        axisRect()->rect().adjusted(6, 4, -6, -4), int(Qt::AlignRight | Qt::AlignBottom), note());
}

void CurveCanvas::paintMark(QPainter& painter, const ThemeTokens& theme) const {
    const QRect plot = axisRect()->rect();
    const double x = m_mark ? xAxis->coordToPixel(*m_mark) : -1;
    if (!m_mark || !m_model.hasVisiblePoints(m_isLog) || x < plot.left() || x > plot.right() + 1) return;
    painter.setPen(QPen(theme.accent, 1.5));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
}

void CurveCanvas::paintEvent(QPaintEvent* event) {
    QCustomPlot::paintEvent(event);
    QPainter painter(this);
    paintMark(painter, Theme::current());
    paintWords(painter, Theme::current());
    const double x = m_readoutX ? xAxis->coordToPixel(*m_readoutX) : -1;
    const QRect plot = axisRect()->rect();
    if (m_readoutX && x >= plot.left() && x <= plot.right() + 1)
        paintReadout(painter, plot, x, u"%1 %2"_s.arg(m_xTitle, longNumber(*m_readoutX)), readoutRows());
    if (!hasFocus()) return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Theme::current().accent, 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::kRadius, measure::kRadius);
}

}  // namespace vitrine
