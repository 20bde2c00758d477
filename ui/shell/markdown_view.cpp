// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/markdown_view.h"

#include <QTextDocument>
#include <QTextFrame>
#include <QTextTable>

#include "ui/shell/theme.h"

namespace vitrine {

MarkdownView::MarkdownView(QWidget* parent) : QTextBrowser(parent) {
    setOpenLinks(false);
    document()->setDocumentMargin(measure::kGroupGap);
    connect(&Theme::instance(), &Theme::changed, this, &MarkdownView::render);
}

void MarkdownView::showMarkdown(const QString& markdown) {
    m_markdown = markdown;
    render();
}

void MarkdownView::render() {
    setMarkdown(m_markdown);
    drawTables(*document(), Theme::current().line);
}

void drawTables(QTextDocument& document, const QColor& line, int padding) {
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (!table) continue;
        QTextTableFormat format = table->format();
        format.setBorder(1);
        format.setBorderBrush(line);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderCollapse(true);
        format.setCellPadding(padding);
        format.setCellSpacing(0);
        table->setFormat(format);
    }
}

}  // namespace vitrine
