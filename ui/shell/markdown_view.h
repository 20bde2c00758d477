// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

class QColor;

namespace vitrine {

/// Markdown to be read, tables with lines, in the colours of the theme. Links are left to anchorClicked.
/// Thread: GUI.
class MarkdownView : public QTextBrowser {
    Q_OBJECT
public:
    explicit MarkdownView(QWidget* parent = nullptr);

    void showMarkdown(const QString& markdown);

private:
    void render();

    QString m_markdown;
};

/// Markdown's tables come without lines. Thread: any, of the document.
void drawTables(QTextDocument& document, const QColor& line, int padding = 4);

}  // namespace vitrine
