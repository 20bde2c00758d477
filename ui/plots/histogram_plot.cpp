// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/histogram_plot.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/plots/axis_ticks.h"
#include "ui/plots/series_colors.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kLeft = 60;
constexpr int kRight = 16;
constexpr int kTitle = 28;   ///< above each facet
constexpr int kBottom = 40;  ///< step labels and their name
constexpr double kGamma = 0.45;
constexpr int kNumShades = 256;

QColor mixed(const QColor& from, const QColor& to, double share) {
    const auto channel = [share](int a, int b) { return int(std::lround(a + (b - a) * share)); };
    return {
        channel(from.red(), to.red()), channel(from.green(), to.green()), channel(from.blue(), to.blue())};
}

/// From the ground over the series' colour halfway to the colour of text.
QList<QRgb> shadesOf(int colorIndex) {
    const ThemeTokens& theme = Theme::current();
    const QColor hue = seriesColor(colorIndex, theme.dark), end = mixed(hue, theme.text, 0.6);
    QList<QRgb> shades;
    for (int i = 0; i < kNumShades; ++i) {
        const double share = double(i) / (kNumShades - 1);
        const QColor color =
            share < 0.6 ? mixed(theme.surface, hue, share / 0.6) : mixed(hue, end, (share - 0.6) / 0.4);
        shades.append(color.rgb());
    }
    return shades;
}

}  // namespace

HistogramPlot::HistogramPlot(QWidget* parent)
    : QWidget(parent), m_emptyText(tr("There are no histograms yet.")) {
    setObjectName(u"histogramPlot"_s);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setXLabel(tr("Step"));
    connect(&Theme::instance(), &Theme::changed, this, &HistogramPlot::forgetHeat);
}

void HistogramPlot::setSeries(const QList<HistogramSeries>& series) {
    m_facets.clear();
    bool isFirst = true;
    for (const HistogramSeries& one : series) {
        Facet facet{.series = one, .low = INFINITY, .high = -INFINITY, .heat = {}};
        for (const HistogramColumn& column : one.columns) {
            facet.low = std::min(facet.low, column.low);
            facet.high = std::max(facet.high, column.high);
            m_firstStep = isFirst ? column.step : std::min(m_firstStep, column.step);
            m_lastStep = isFirst ? column.step : std::max(m_lastStep, column.step);
            isFirst = false;
            const double width =
                (column.high - column.low) / double(std::max<qsizetype>(1, column.counts.size()));
            for (qsizetype i = 0; i < column.counts.size(); ++i)
                if (const auto bucket = bucketAt(column, column.low + width * (double(i) + 0.5)))
                    facet.peak = std::max(facet.peak, bucket->density);
        }
        if (facet.high <= facet.low) facet.low -= 0.5, facet.high += 0.5;
        if (!one.columns.isEmpty()) m_facets.append(facet);
    }
    if (m_readoutStep && isEmpty()) m_readoutStep.reset();
    describe();
    update();
}

void HistogramPlot::setXLabel(const QString& label) {
    m_xLabel = label;
    describe();
    update();
}

void HistogramPlot::setEmptyText(const QString& text) {
    m_emptyText = text;
    describe();
    update();
}

bool HistogramPlot::isEmpty() const {
    return m_facets.isEmpty();
}

void HistogramPlot::forgetHeat() {
    for (Facet& facet : m_facets) facet.heat = {};
    update();
}

void HistogramPlot::resizeEvent(QResizeEvent*) {
    forgetHeat();
}

QRect HistogramPlot::plotRect(qsizetype facet) const {
    const int height = (this->height() - kBottom) / int(m_facets.size());
    return {kLeft, height * int(facet) + kTitle, width() - kLeft - kRight, height - kTitle - 4};
}

double HistogramPlot::xOf(double step) const {
    const double span = m_lastStep - m_firstStep;
    const double share = span > 0 ? (step - m_firstStep) / span : 0.5;
    return kLeft + share * (width() - kLeft - kRight);
}

double HistogramPlot::yOf(const Facet& facet, const QRect& plot, double value) const {
    return plot.bottom() + 1 - (value - facet.low) / (facet.high - facet.low) * plot.height();
}

const HistogramColumn* HistogramPlot::columnAt(const Facet& facet, double step) const {
    const auto& columns = facet.series.columns;
    const auto nearest =
        std::min_element(columns.begin(), columns.end(), [step](const auto& a, const auto& b) {
            return std::abs(a.step - step) < std::abs(b.step - step);
        });
    return nearest == columns.end() ? nullptr : &*nearest;
}

QImage HistogramPlot::heatOf(const Facet& facet, const QSize& size) const {
    QImage image(size, QImage::Format_RGB32);
    const QList<QRgb> shades = shadesOf(facet.series.colorIndex);
    for (int x = 0; x < size.width(); ++x) {
        const double step = m_firstStep + (x + 0.5) / size.width() * (m_lastStep - m_firstStep);
        const HistogramColumn* column = columnAt(facet, step);
        for (int y = 0; y < size.height(); ++y) {
            const double value = facet.high - (y + 0.5) / size.height() * (facet.high - facet.low);
            const auto bucket = bucketAt(*column, value);
            const double strength =
                bucket && facet.peak > 0 ? std::pow(bucket->density / facet.peak, kGamma) : 0;
            image.setPixel(x, y, shades[int(strength * (kNumShades - 1))]);
        }
    }
    return image;
}

void HistogramPlot::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    if (isEmpty()) {
        painter.setPen(theme.muted);
        painter.drawText(
            rect().adjusted(16, 0, -16, 0), int(Qt::AlignCenter) | int(Qt::TextWordWrap), m_emptyText);
    } else {
        painter.setFont(Theme::font(TextRole::Caption));
        for (qsizetype i = 0; i < m_facets.size(); ++i) paintFacet(painter, i);
        paintStepAxis(painter);
        for (qsizetype i = 0; i < m_facets.size() && m_readoutStep; ++i) paintReadout(painter, i);
    }
    if (!hasFocus()) return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::kRadius, measure::kRadius);
}

void HistogramPlot::paintFacet(QPainter& painter, qsizetype index) {
    const ThemeTokens& theme = Theme::current();
    Facet& facet = m_facets[index];
    const QRect plot = plotRect(index);
    if (plot.width() <= 0 || plot.height() <= 0) return;
    if (facet.heat.isNull()) facet.heat = heatOf(facet, plot.size());
    painter.drawImage(plot.topLeft(), facet.heat);
    const QList<double> ticks = linearTicks(facet.low, facet.high, std::max(2, plot.height() / 36));
    const QStringList labels = tickLabels(ticks);
    QColor grid = theme.muted;
    grid.setAlpha(50);
    for (qsizetype i = 0; i < ticks.size(); ++i) {
        const int y = int(std::lround(yOf(facet, plot, ticks[i])));
        painter.setPen(grid);
        painter.drawLine(plot.left(), y, plot.right(), y);
        painter.setPen(theme.muted);
        painter.drawText(QRect(0, y - 10, kLeft - 6, 20), int(Qt::AlignRight | Qt::AlignVCenter), labels[i]);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (double share : {0.05, 0.5, 0.95}) paintQuantile(painter, facet, plot, share);
    paintLegend(painter, facet, plot);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void HistogramPlot::paintQuantile(QPainter& painter,
                                  const Facet& facet,
                                  const QRect& plot,
                                  double share) const {
    QPainterPath path;
    for (const HistogramColumn& column : facet.series.columns) {
        const auto value = quantile(column, share);
        if (!value) continue;
        const QPointF point(xOf(column.step), yOf(facet, plot, *value));
        if (path.elementCount() == 0)
            path.moveTo(point);
        else
            path.lineTo(point);
    }
    QColor color = Theme::current().text, halo = Theme::current().surface;
    const bool isMedian = share == 0.5;
    if (!isMedian) color.setAlpha(140);
    painter.setBrush(Qt::NoBrush);
    halo.setAlpha(120);
    painter.setPen(QPen(halo, isMedian ? 4 : 2.5));
    painter.drawPath(path);
    painter.setPen(QPen(color, isMedian ? 1.6 : 1));
    painter.drawPath(path);
}

/// Label on the left; what shades and lines mean on the right.
void HistogramPlot::paintLegend(QPainter& painter, const Facet& facet, const QRect& plot) const {
    const ThemeTokens& theme = Theme::current();
    const QRect row(plot.left(), plot.top() - kTitle, plot.width(), kTitle);
    painter.setPen(theme.text);
    painter.drawText(row, int(Qt::AlignLeft | Qt::AlignVCenter), facet.series.label);
    const QString words = tr("fraction of the values; lines: 5 %, median, 95 %");
    const int wordsWidth = painter.fontMetrics().horizontalAdvance(words);
    constexpr int kBar = 64;
    if (row.width() < wordsWidth + kBar + 120) return;
    painter.setPen(theme.muted);
    painter.drawText(row, int(Qt::AlignRight | Qt::AlignVCenter), words);
    const QList<QRgb> shades = shadesOf(facet.series.colorIndex);
    const QRect bar(row.right() - wordsWidth - 8 - kBar, row.center().y() - 3, kBar, 7);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    for (int i = 0; i <= 8; ++i) gradient.setColorAt(i / 8.0, QColor(shades[i * (kNumShades - 1) / 8]));
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(gradient);
    painter.drawRoundedRect(QRectF(bar), 3, 3);
    painter.setPen(theme.muted);
    painter.drawText(
        QRect(bar.left() - 46, row.top(), 40, row.height()), int(Qt::AlignRight | Qt::AlignVCenter), tr("0"));
}

void HistogramPlot::paintStepAxis(QPainter& painter) const {
    const QRect plot = plotRect(m_facets.size() - 1);
    QList<double> ticks = linearTicks(m_firstStep, m_lastStep, std::max(2, plot.width() / 90));
    if (ticks.isEmpty()) ticks = {m_firstStep};
    const QStringList labels = tickLabels(ticks);
    painter.setPen(Theme::current().muted);
    for (qsizetype i = 0; i < ticks.size(); ++i)
        painter.drawText(
            QRect(int(xOf(ticks[i])) - 40, plot.bottom() + 4, 80, 18), int(Qt::AlignCenter), labels[i]);
    painter.drawText(QRect(plot.left(), height() - 20, plot.width(), 18), int(Qt::AlignCenter), m_xLabel);
}

}  // namespace vitrine
