// SPDX-License-Identifier: GPL-3.0-or-later
// The read-out of a HistogramPlot: what pointer and keys ask for, in words and painted.
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <set>

#include "ui/plots/axis_ticks.h"
#include "ui/plots/histogram_plot.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kHistogramPad = 8;
constexpr int kHistogramFromLine = 12;

QString percent(double share) {
    return QString::number(share * 100, 'g', share < 0.1 ? 2 : 3) + u" %"_s;
}

}  // namespace

void HistogramPlot::mouseMoveEvent(QMouseEvent* event) {
    const QPointF position = event->position();
    std::optional<double> step;
    for (qsizetype i = 0; i < m_facets.size() && !step; ++i) {
        const QRect plot = plotRect(i);
        if (!plot.contains(position.toPoint())) continue;
        const double wanted =
            m_firstStep + (position.x() - plot.left()) / plot.width() * (m_lastStep - m_firstStep);
        step = columnAt(m_facets[i], wanted)->step;
    }
    showReadout(step, position.y());
}

void HistogramPlot::leaveEvent(QEvent*) {
    showReadout(std::nullopt, -1);
}

void HistogramPlot::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
            return moveReadout(-1);
        case Qt::Key_Right:
            return moveReadout(1);
        case Qt::Key_Escape:
            if (m_readoutStep) return showReadout(std::nullopt, -1);
            break;
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

/// Starts at the newest step.
void HistogramPlot::moveReadout(int count) {
    std::set<double> steps;
    for (const Facet& facet : m_facets)
        for (const HistogramColumn& column : facet.series.columns) steps.insert(column.step);
    if (steps.empty()) return;
    auto at = m_readoutStep ? steps.lower_bound(*m_readoutStep) : std::prev(steps.end());
    if (at == steps.end()) at = std::prev(steps.end());
    if (m_readoutStep && count > 0 && std::next(at) != steps.end()) ++at;
    if (m_readoutStep && count < 0 && at != steps.begin()) --at;
    showReadout(*at, -1);
}

void HistogramPlot::showReadout(std::optional<double> step, double y) {
    m_readoutStep = step;
    m_pointerY = y;
    describe();
    update();
}

/// The spread of a facet, and the bucket under the pointer if it is there.
QStringList HistogramPlot::readoutLines(qsizetype facetIndex) const {
    const Facet& facet = m_facets[facetIndex];
    const HistogramColumn* column = columnAt(facet, *m_readoutStep);
    const auto low = quantile(*column, 0.05), median = quantile(*column, 0.5), high = quantile(*column, 0.95);
    if (!median) return {tr("no values")};
    QStringList lines = {tr("median %1").arg(shortNumber(*median)),
                         tr("5 % to 95 %: %1 to %2").arg(shortNumber(*low), shortNumber(*high))};
    const QRect plot = plotRect(facetIndex);
    if (m_pointerY < plot.top() || m_pointerY > plot.bottom() + 1) return lines;
    const double value =
        facet.low + (plot.bottom() + 1 - m_pointerY) / plot.height() * (facet.high - facet.low);
    if (const auto bucket = bucketAt(*column, value))
        lines << tr("%1 in %2 to %3")
                     .arg(percent(bucket->share), shortNumber(bucket->low), shortNumber(bucket->high));
    else
        lines << tr("none at %1").arg(shortNumber(value));
    return lines;
}

QString HistogramPlot::readoutText() const {
    if (!m_readoutStep) return {};
    QStringList parts;
    for (qsizetype i = 0; i < m_facets.size(); ++i)
        parts << u"%1 %2"_s.arg(m_facets[i].series.label, readoutLines(i).join(u", "_s));
    return u"%1 %2: %3"_s.arg(m_xLabel, longNumber(*m_readoutStep), parts.join(u"; "_s));
}

void HistogramPlot::paintReadout(QPainter& painter, qsizetype facet) const {
    const ThemeTokens& theme = Theme::current();
    const double x = xOf(*m_readoutStep);
    const QRect plot = plotRect(facet);
    painter.setPen(QPen(theme.text, 1));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    QStringList lines = readoutLines(facet);
    lines.prepend(u"%1 %2"_s.arg(m_xLabel, longNumber(*m_readoutStep)));
    const QFontMetrics metrics = painter.fontMetrics();
    int width = 0;
    for (const QString& line : lines) width = std::max(width, metrics.horizontalAdvance(line));
    const int rowHeight = metrics.height() + 2;
    QRect box(0,
              plot.top() + kHistogramPad,
              width + 2 * kHistogramPad,
              rowHeight * int(lines.size()) + kHistogramPad);
    const bool hasRoomRight = x + kHistogramFromLine + box.width() <= this->width();
    box.moveLeft(hasRoomRight ? int(x) + kHistogramFromLine
                              : std::max(4, int(x) - kHistogramFromLine - box.width()));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), measure::kRadius, measure::kRadius);
    QRect row(box.left() + kHistogramPad, box.top() + kHistogramPad / 2, width, rowHeight);
    for (const QString& line : std::as_const(lines)) {
        painter.setPen(&line == &lines.front() ? theme.muted : theme.text);
        painter.drawText(row, int(Qt::AlignLeft | Qt::AlignVCenter), line);
        row.translate(0, rowHeight);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void HistogramPlot::describe() {
    QStringList labels, newest;
    for (const Facet& facet : m_facets) {
        labels << facet.series.label;
        const HistogramColumn& last = facet.series.columns.back();
        if (const auto median = quantile(last, 0.5))
            newest << tr("%1: median %2 at %3")
                          .arg(facet.series.label, shortNumber(*median), longNumber(last.step));
    }
    setAccessibleName(labels.isEmpty() ? tr("Histograms")
                                       : tr("Histograms: %1 over %2").arg(labels.join(u", "_s), m_xLabel));
    const QString words = isEmpty() ? m_emptyText : tr("Newest: %1").arg(newest.join(u", "_s));
    setAccessibleDescription(m_readoutStep ? readoutText() : words);
}

}  // namespace vitrine
