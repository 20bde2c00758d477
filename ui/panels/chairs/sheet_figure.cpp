// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/sheet_figure.h"

#include <QBuffer>
#include <QFontMetrics>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <algorithm>

#include "core/recipe/recipe.h"
#include "ui/bridge/image_convert.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr int kSheetGap = 2;  // of contactSheet
constexpr int kSmallestFont = 11;
constexpr int kCellsPerFont = 10;  ///< heights of the font in a cell
constexpr int kDotsPerInch = 96;

/// Where everything stands. Units: pixels of the pictures.
struct SheetPlan {
    QFont font;
    QSize cell;
    QSize size;
    int line = 0;  ///< height of a line of text, with its gap
    int left = 0;
    int top = 0;

    QRect cellAt(int column, int row) const {
        return {QPoint(left + column * (cell.width() + kSheetGap), top + row * (cell.height() + kSheetGap)),
                cell};
    }
};

SheetPlan planOf(const SheetFigure& figure) {
    SheetPlan plan;
    plan.cell = {figure.cells.front().width, figure.cells.front().height};
    plan.font = Theme::font(TextRole::Body);
    plan.font.setPixelSize(std::max(kSmallestFont, plan.cell.height() / kCellsPerFont));
    const QFontMetrics metrics(plan.font);
    plan.line = metrics.height() + 2;
    for (const QString& label : figure.rowLabels)
        plan.left = std::max(plan.left, metrics.horizontalAdvance(label) + plan.line / 2);
    if (!figure.rowTitle.isEmpty()) plan.left += plan.line;
    if (!figure.columnTitle.isEmpty()) plan.top += plan.line;
    if (!figure.columnLabels.isEmpty()) plan.top += plan.line;
    const int numRows = (int(figure.cells.size()) + figure.numColumns - 1) / figure.numColumns;
    plan.size = {plan.left + figure.numColumns * (plan.cell.width() + kSheetGap) - kSheetGap,
                 plan.top + numRows * (plan.cell.height() + kSheetGap) - kSheetGap};
    return plan;
}

void paintLabels(QPainter& painter, const SheetFigure& figure, const SheetPlan& plan) {
    const QFontMetrics metrics(plan.font);
    painter.setFont(plan.font);
    painter.setPen(Qt::black);
    const QRect pictures(plan.left, plan.top, plan.size.width() - plan.left, plan.size.height() - plan.top);
    if (!figure.columnTitle.isEmpty())
        painter.drawText(QRect(pictures.left(), 0, pictures.width(), plan.line),
                         int(Qt::AlignCenter),
                         metrics.elidedText(figure.columnTitle, Qt::ElideRight, pictures.width()));
    for (int i = 0; i < figure.columnLabels.size(); ++i) {
        const QRect cell = plan.cellAt(i, 0);
        painter.drawText(QRect(cell.left(), plan.top - plan.line, cell.width(), plan.line),
                         int(Qt::AlignCenter),
                         metrics.elidedText(figure.columnLabels[i], Qt::ElideRight, cell.width()));
    }
    for (int i = 0; i < figure.rowLabels.size(); ++i) {
        const QRect cell = plan.cellAt(0, i);
        painter.drawText(QRect(0, cell.top(), plan.left - plan.line / 4, cell.height()),
                         int(Qt::AlignRight | Qt::AlignVCenter),
                         figure.rowLabels[i]);
    }
    if (figure.rowTitle.isEmpty()) return;
    painter.save();
    painter.translate(0, plan.size.height());
    painter.rotate(-90);
    painter.drawText(QRect(0, 0, pictures.height(), plan.line),
                     int(Qt::AlignCenter),
                     metrics.elidedText(figure.rowTitle, Qt::ElideRight, pictures.height()));
    painter.restore();
}

void paintFigure(QPainter& painter, const SheetFigure& figure, const SheetPlan& plan) {
    for (std::size_t i = 0; i < figure.cells.size(); ++i)
        painter.drawImage(plan.cellAt(int(i) % figure.numColumns, int(i) / figure.numColumns),
                          toQImage(figure.cells[i]));
    paintLabels(painter, figure, plan);
}

}  // namespace

LabelledSheet paintSheet(const SheetFigure& figure) {
    if (figure.cells.empty()) return {};
    const SheetPlan plan = planOf(figure);
    const bool transparent = figure.cells.front().channels == 4;
    QImage canvas(plan.size, transparent ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB888);
    canvas.fill(transparent ? Qt::transparent : Qt::white);
    QPainter painter(&canvas);
    painter.setRenderHint(QPainter::TextAntialiasing);
    paintLabels(painter, figure, plan);
    painter.end();
    LabelledSheet sheet{fromQImage(canvas), plan.left, plan.top};
    // Byte by byte, so that a replay can compare them.
    const Image pictures = contactSheet(figure.cells, figure.numColumns, kSheetGap);
    for (int y = 0; y < pictures.height; ++y)
        std::copy_n(pictures.row(y),
                    std::size_t(pictures.width) * pictures.channels,
                    sheet.picture.pixels.data() + sheet.picture.index(plan.top + y, plan.left));
    return sheet;
}

QByteArray sheetAsPdf(const SheetFigure& figure) {
    if (figure.cells.empty()) return {};
    const SheetPlan plan = planOf(figure);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kDotsPerInch);
    writer.setPageSize(QPageSize(QSizeF(plan.size) * 72 / kDotsPerInch, QPageSize::Point));
    writer.setPageMargins({});
    QPainter painter(&writer);
    paintFigure(painter, figure, plan);
    painter.end();
    return buffer.data();
}

QByteArray sheetAsSvg(const SheetFigure& figure) {
    if (figure.cells.empty()) return {};
    const SheetPlan plan = planOf(figure);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(kDotsPerInch);
    generator.setSize(plan.size);
    generator.setViewBox(QRect(QPoint(), plan.size));
    QPainter painter(&generator);
    paintFigure(painter, figure, plan);
    painter.end();
    return buffer.data();
}

}  // namespace vitrine
