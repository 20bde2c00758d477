// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_readout.h"

#include <algorithm>

namespace vitrine {
namespace {

constexpr int kReadoutPad = 8;
constexpr int kColumnGap = 14;
constexpr int kFromLine = 12;
constexpr int kMaxLabel = 180;
constexpr double kDotRadius = 3.5;

struct Columns {
    int label = 0;
    int value = 0;
    int raw = 0;
    int width(int heading) const {
        const int table = kReadoutSwatch + 6 + label + kColumnGap + value + (raw > 0 ? kColumnGap + raw : 0);
        return 2 * kReadoutPad + std::max(heading, table);
    }
};

Columns measured(const QFontMetrics& metrics, const QList<ReadoutRow>& rows) {
    Columns columns;
    for (const ReadoutRow& row : rows) {
        columns.label = std::max(columns.label, std::min(kMaxLabel, metrics.horizontalAdvance(row.label)));
        // At least as wide as a usual number, so that the table keeps its size while the pointer moves.
        columns.value = std::max({columns.value,
                                  metrics.horizontalAdvance(QStringLiteral("0.00000")),
                                  metrics.horizontalAdvance(row.value)});
        if (!row.raw.isEmpty())
            columns.raw = std::max({columns.raw,
                                    metrics.horizontalAdvance(QStringLiteral("0.00000")),
                                    metrics.horizontalAdvance(row.raw)});
    }
    return columns;
}

QRect placed(const QRect& plot, double x, const QSize& size) {
    const bool hasRoomRight = x + kFromLine + size.width() <= plot.right();
    const int left =
        hasRoomRight ? int(x) + kFromLine : std::max(plot.left(), int(x) - kFromLine - size.width());
    return {QPoint(left, plot.top() + kReadoutPad), size};
}

void paintRow(QPainter& painter, const QRect& line, const ReadoutRow& row, const Columns& columns) {
    const ThemeTokens& theme = Theme::current();
    paintSwatch(painter, QPointF(line.left() + kReadoutSwatch / 2.0, line.center().y() + 0.5), row.swatch);
    const QString label = painter.fontMetrics().elidedText(row.label, Qt::ElideMiddle, columns.label);
    painter.setPen(theme.text);
    painter.drawText(
        line.adjusted(kReadoutSwatch + 6, 0, 0, 0), int(Qt::AlignLeft | Qt::AlignVCenter), label);
    const int valueRight = columns.raw > 0 ? -(columns.raw + kColumnGap) : 0;
    painter.drawText(line.adjusted(0, 0, valueRight, 0), int(Qt::AlignRight | Qt::AlignVCenter), row.value);
    painter.setPen(theme.muted);
    painter.drawText(line, int(Qt::AlignRight | Qt::AlignVCenter), row.raw);
}

void paintTable(
    QPainter& painter, const QRect& plot, double x, const QString& heading, const QList<ReadoutRow>& rows) {
    const ThemeTokens& theme = Theme::current();
    painter.setFont(Theme::font(TextRole::Caption));
    const QFontMetrics metrics = painter.fontMetrics();
    const int rowHeight = metrics.height() + 4;
    const Columns columns = measured(metrics, rows);
    const QSize size(columns.width(metrics.horizontalAdvance(heading)),
                     2 * kReadoutPad + rowHeight * int(rows.size() + 1));
    const QRect box = placed(plot, x, size);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), measure::kRadius, measure::kRadius);
    QRect line(box.left() + kReadoutPad, box.top() + kReadoutPad, box.width() - 2 * kReadoutPad, rowHeight);
    painter.setPen(theme.muted);
    painter.drawText(line, int(Qt::AlignLeft | Qt::AlignVCenter), heading);
    for (const ReadoutRow& row : rows) {
        line.translate(0, rowHeight);
        paintRow(painter, line, row, columns);
    }
}

}  // namespace

void paintSwatch(QPainter& painter, const QPointF& center, const QPen& pen) {
    const QPointF half(kReadoutSwatch / 2.0, 0);
    painter.setPen(pen);
    painter.drawLine(center - half, center + half);
}

void paintReadout(
    QPainter& painter, const QRect& plot, double x, const QString& heading, const QList<ReadoutRow>& rows) {
    const ThemeTokens& theme = Theme::current();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.track, 1));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    painter.save();
    painter.setClipRect(plot);
    for (const ReadoutRow& row : rows) {
        painter.setPen(QPen(theme.surface, 1.5));
        painter.setBrush(row.swatch.color());
        painter.drawEllipse(row.dot, kDotRadius, kDotRadius);
    }
    painter.restore();
    paintTable(painter, plot, x, heading, rows);
}

}  // namespace vitrine
