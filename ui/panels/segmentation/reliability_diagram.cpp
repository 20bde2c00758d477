// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/reliability_diagram.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr double kGap = 2;
constexpr std::size_t kFewPixels = 30;  ///< a share of fewer is mostly chance

/// "132", "1.4k", "12k"
QString countText(std::size_t count) {
    if (count < 1000) return QString::number(count);
    return u"%1k"_s.arg(double(count) / 1000, 0, 'f', count < 10'000 ? 1 : 0);
}

double lineHeight() {
    return QFontMetricsF(Theme::font(TextRole::Caption)).height();
}

}  // namespace

ReliabilityDiagram::ReliabilityDiagram(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Reliability diagram"));
}

void ReliabilityDiagram::setBins(const std::vector<ReliabilityBin>& bins) {
    m_bins = bins;
    readOut(m_readout < int(bins.size()) ? m_readout : -1);
}

QString ReliabilityDiagram::readoutText() const {
    if (m_readout < 0) return {};
    const ReliabilityBin& bin = m_bins[std::size_t(m_readout)];
    const double count = double(m_bins.size());
    const QString range =
        tr("%1 to %2: ").arg(m_readout / count, 0, 'f', 1).arg((m_readout + 1) / count, 0, 'f', 1);
    if (bin.count == 0) return range + tr("no pixels");
    return range + tr("%1 pixels, confidence %2, accuracy %3")
                       .arg(bin.count)
                       .arg(bin.confidence, 0, 'f', 2)
                       .arg(bin.accuracy, 0, 'f', 2);
}

void ReliabilityDiagram::readOut(int bin) {
    m_readout = bin;
    setAccessibleDescription(readoutText());
    update();
    Q_EMIT readoutChanged();
}

// Below it: a row of counts, the scale, its name.
QRectF ReliabilityDiagram::plotRect() const {
    const double left = QFontMetricsF(Theme::font(TextRole::Caption)).horizontalAdvance(u"100"_s) + 6;
    return QRectF(rect()).adjusted(left, lineHeight() / 2, -1, -2 * lineHeight() - 6);
}

void ReliabilityDiagram::paintAxes(QPainter& painter) const {
    const ThemeTokens& theme = Theme::current();
    const QRectF plot = plotRect();
    const double line = lineHeight();
    painter.setPen(QPen(theme.line, 1));
    painter.drawLine(plot.topLeft(), plot.topRight());
    painter.setPen(QPen(theme.track, 1));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.setPen(theme.muted);
    const QRectF side(0, plot.top() - line / 2, plot.left() - 6, line);
    painter.drawText(side, int(Qt::AlignRight | Qt::AlignVCenter), u"1"_s);
    painter.drawText(side.translated(0, plot.height()), int(Qt::AlignRight | Qt::AlignVCenter), u"0"_s);
    painter.save();
    painter.translate(side.right() - line, plot.center().y());
    painter.rotate(-90);
    painter.drawText(
        QRectF(-plot.height() / 2, -line / 2, plot.height(), line), int(Qt::AlignCenter), tr("Accuracy"));
    painter.restore();
    painter.drawText(QRectF(0, plot.bottom() + 2, side.right(), line), int(Qt::AlignRight), tr("px"));
    const QRectF below(plot.left(), plot.bottom() + line + 2, plot.width(), line);
    painter.drawText(below, int(Qt::AlignLeft), u"0"_s);
    painter.drawText(below, int(Qt::AlignRight), u"1"_s);
    painter.drawText(below, int(Qt::AlignHCenter), tr("Confidence"));
}

void ReliabilityDiagram::paintBin(QPainter& painter, int index) const {
    const ReliabilityBin& bin = m_bins[std::size_t(index)];
    if (bin.count == 0) return;
    const ThemeTokens& theme = Theme::current();
    const QRectF plot = plotRect();
    const double width = plot.width() / double(m_bins.size());
    QRectF bar(plot.left() + index * width + kGap / 2, plot.top(), width - kGap, plot.height());
    painter.setPen(index == m_readout ? theme.text : theme.muted);
    painter.drawText(QRectF(bar.left() - width, plot.bottom() + 2, bar.width() + 2 * width, lineHeight()),
                     int(Qt::AlignHCenter),
                     countText(bin.count));
    bar.setTop(plot.bottom() - bin.accuracy * plot.height());
    const QColor color = index == m_readout ? theme.accent : theme.track;
    const bool isFew = bin.count < kFewPixels;
    painter.setPen(isFew ? QPen(color, 1) : QPen(Qt::NoPen));
    painter.setBrush(isFew ? QBrush() : QBrush(color));
    painter.drawRect(isFew ? bar.adjusted(0.5, 0.5, -0.5, -0.5) : bar);
}

void ReliabilityDiagram::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    QPainter painter(this);
    painter.setFont(Theme::font(TextRole::Caption));
    paintAxes(painter);
    for (int bin = 0; bin < int(m_bins.size()); ++bin) paintBin(painter, bin);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF plot = plotRect();
    painter.setPen(QPen(theme.accent, 1.5));
    painter.drawLine(plot.bottomLeft(), plot.topRight());
    if (!hasFocus()) return;
    painter.setPen(QPen(theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::kRadius, measure::kRadius);
}

void ReliabilityDiagram::mouseMoveEvent(QMouseEvent* event) {
    const QRectF plot = plotRect();
    const double across = (event->position().x() - plot.left()) / plot.width();
    readOut(across < 0 || across >= 1 ? -1 : int(across * double(m_bins.size())));
}

void ReliabilityDiagram::leaveEvent(QEvent*) {
    readOut(-1);
}

void ReliabilityDiagram::keyPressEvent(QKeyEvent* event) {
    const int last = int(m_bins.size()) - 1;
    if (event->key() == Qt::Key_Left)
        readOut(m_readout < 0 ? last : std::max(0, m_readout - 1));
    else if (event->key() == Qt::Key_Right)
        readOut(std::min(last, m_readout + 1));
    else
        QWidget::keyPressEvent(event);
}

}  // namespace vitrine
