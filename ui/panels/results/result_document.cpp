// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/results/result_document.h"

#include <QBuffer>
#include <QPageLayout>
#include <QPdfWriter>
#include <QTextDocument>

#include "ui/plots/curve_plot.h"
#include "ui/shell/markdown_view.h"
#include "ui/shell/text.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kManyColumns = 9, kDotsPerInch = 96;
constexpr QSize kCurves(640, 320);
const QString kCurvesName = u"curves.png"_s;

QString markdownOfDocument(const ResultDocument& document) {
    const ResultTable& table = document.table;
    QStringList parts{u"# "_s + document.pageTitle,
                      u"## "_s + toQ(table.title),
                      toQ(table.before),
                      toQ(tableAsMarkdown(table.table))};
    if (!document.curves.isNull()) parts << u"![](%1)"_s.arg(kCurvesName);
    parts << toQ(table.after);
    if (document.made) {
        const MadeResult& made = *document.made;
        parts << u"### "_s + tr("Made again") << u"`%1`"_s.arg(made.command) << summaryOf(made);
        if (made.comparison.numSame + made.comparison.numDifferent > 0)
            parts << toQ(tableAsMarkdown(madeInPlace(table.table, made.comparison)));
    }
    parts.removeAll(QString());
    return parts.join(u"\n\n"_s);
}

}  // namespace

QImage curvePictureOf(const ResultTable& table, const MadeResult* made) {
    const QList<CurveSeries> series = curveSeriesOf(table.table, made);
    if (series.isEmpty()) return {};
    CurvePlot plot;
    plot.resize(kCurves);
    plot.setAxisLabels(curveAxisOf(table), tr("Value"));
    plot.setSeries(series);
    plot.fit();
    return QImage::fromData(plot.toPng(), "PNG").scaledToWidth(kCurves.width(), Qt::SmoothTransformation);
}

QByteArray pdfOf(const ResultDocument& document) {
    const bool isWide = document.table.table.header.size() >= kManyColumns;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(document.pageTitle + u": "_s + toQ(document.table.title));
    writer.setResolution(kDotsPerInch);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageOrientation(isWide ? QPageLayout::Landscape : QPageLayout::Portrait);
    QTextDocument text;
    QFont font = Theme::font(TextRole::Body);
    font.setPointSizeF(isWide ? 8 : 9);
    text.setDefaultFont(font);
    if (!document.curves.isNull())
        text.addResource(QTextDocument::ImageResource, QUrl(kCurvesName), document.curves);
    text.setMarkdown(markdownOfDocument(document));
    drawTables(text, Theme::tokens(false).line, 2);
    text.print(&writer);
    return bytes;
}

}  // namespace vitrine
