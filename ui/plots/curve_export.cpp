// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_export.h"

#include <QBuffer>
#include <QPdfWriter>

#include "ui/plots/curve_legend.h"

namespace vitrine {
namespace {

constexpr int kScale = 2;
constexpr int kDotsPerInch = 96;
constexpr int kRow = 24;
constexpr int kPlotLeft = 50;

/// The keys of visible series in rows, then what is left out. Returns the height taken.
int paintLegend(
    QPainter& painter, const CurveModel& model, const QString& note, int width, const ThemeTokens& theme) {
    int x = kPlotLeft, y = 4;
    for (const CurveModel::Curve& curve : model.curves()) {
        if (!curve.series.isVisible) continue;
        if (x > width * 3 / 4) x = kPlotLeft, y += kRow;
        x += CurveKey::paint(painter, {x, y, width - x, kRow}, curve.series, theme) + 4;
    }
    painter.setPen(theme.muted);
    if (!note.isEmpty())
        painter.drawText(QRect(kPlotLeft + 6, y += kRow, width, kRow), int(Qt::AlignVCenter), note);
    return y + kRow;
}

void paintAll(QCPPainter& painter, CurveCanvas& canvas, const CurveModel& model, const QSize& size) {
    const ThemeTokens theme = Theme::tokens(false);
    painter.fillRect(QRect(QPoint(), size), theme.surface);
    const int top = paintLegend(painter, model, canvas.note(), size.width(), theme);
    painter.translate(0, top);
    canvas.paintInto(painter, {size.width(), std::max(80, size.height() - top)}, theme);
}

}  // namespace

QByteArray curvesAsPng(CurveCanvas& canvas, const CurveModel& model, const QSize& size) {
    QImage image(size * kScale, QImage::Format_RGB32);
    image.setDevicePixelRatio(kScale);
    QCPPainter painter;
    painter.begin(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAll(painter, canvas, model, size);
    painter.end();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

QByteArray curvesAsPdf(CurveCanvas& canvas, const CurveModel& model, const QSize& size) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kDotsPerInch);
    writer.setPageSize(QPageSize(QSizeF(size) * 72 / kDotsPerInch, QPageSize::Point));
    writer.setPageMargins({});
    QCPPainter painter;
    painter.begin(&writer);
    painter.setMode(QCPPainter::pmVectorized);
    paintAll(painter, canvas, model, size);
    painter.end();
    return buffer.data();
}

}  // namespace vitrine
