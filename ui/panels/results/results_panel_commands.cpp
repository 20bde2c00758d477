// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <algorithm>
#include <span>

#include "core/base/folders.h"
#include "core/io/atomic_file.h"
#include "ui/panels/results/result_document.h"
#include "ui/panels/results/result_table_view.h"
#include "ui/panels/results/results_panel.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/text.h"

namespace vitrine {

using namespace Qt::StringLiterals;

void ResultsPanel::addCommands() {
    addCommand(command(u"makeAgain"_s,
                       u"0make"_s,
                       tr("&Make again"),
                       u"play"_s,
                       tr("Run the command of this table in a separate process and compare the figures")),
               {Qt::CTRL | Qt::Key_Return},
               [this] { makeAgain(); });
    addCommand(command(u"cancel"_s, u"0make"_s, tr("&Cancel"), u"stop"_s, tr("Stop the running command")),
               {Qt::CTRL | Qt::Key_Period},
               [this] { cancel(); });
    addCommand(
        command(u"copyCommand"_s, u"0make"_s, tr("C&opy the command"), u"copy"_s, tr("For a terminal")),
        {Qt::CTRL | Qt::SHIFT | Qt::Key_C},
        [this] { copyCommand(); });
    addCommand(command(u"sort"_s,
                       u"1table"_s,
                       tr("&Sort by this column"),
                       {},
                       tr("Sort by the column of the current cell; once more: the other way round")),
               {Qt::CTRL | Qt::Key_T},
               [this] { m_stage->table()->sortByCurrentColumn(); });
    addExportCommands();
    fillHeader({}, u"makeAgain"_s, {u"copyCommand"_s, u"exportCsv"_s, u"exportMarkdown"_s, u"exportPdf"_s});
}

void ResultsPanel::addExportCommands() {
    addCommand(command(u"exportCsv"_s,
                       u"2export"_s,
                       tr("&Export as CSV…"),
                       u"export"_s,
                       tr("Save this table for a spreadsheet")),
               {Qt::CTRL | Qt::Key_E},
               [this] { exportText(u"csv"_s, tr("Tables (*.csv)"), tableAsCsv); });
    addCommand(command(u"exportMarkdown"_s,
                       u"2export"_s,
                       tr("Export as Mark&down…"),
                       u"export"_s,
                       tr("Save this table as Markdown")),
               {},
               [this] { exportText(u"md"_s, tr("Markdown (*.md)"), tableAsMarkdown); });
    addCommand(command(u"exportPdf"_s,
                       u"2export"_s,
                       tr("Export as &PDF…"),
                       u"export"_s,
                       tr("Save the page with text, table, curve and what was made again")),
               {},
               [this] { exportPdf(); });
}

void ResultsPanel::makeAgain() {
    QStringList arguments;
    for (const std::string& word : argumentsOf(m_stage->command().toStdString())) arguments << toQ(word);
    if (!m_table || m_running || arguments.isEmpty()) return;
    m_running = m_table;
    m_runningCommand = m_stage->command();
    m_job = services().status.beginJob(tr("Making %1 again").arg(toQ(m_table->title)), [this] { cancel(); });
    m_stage->setProgress(0);
    showCommands();
    m_helper.start(arguments, HelperAnswer::Text);
}

void ResultsPanel::cancel() {
    m_helper.cancel();
    showCommands();
}

void ResultsPanel::takeOutput() {
    const ResultTable* table = m_running;
    tasks().run(
        [stored = table->table, output = m_helper.output(), command = m_runningCommand](std::stop_token) {
            return MadeResult{command, output, compareResults(stored, tablesIn(output.toStdString()))};
        },
        [this, table](MadeResult made) {
            endRun();
            services().messages.showMessage(MessageKind::Good,
                                            toQ(table->title) + u". "_s + summaryOf(made),
                                            made.output,
                                            {tr("Show"), [this, table] { m_stage->choose(toQ(table->id)); }});
            m_made.insert_or_assign(table->id, std::move(made));
            if (table == m_table) showTable();
        });
}

void ResultsPanel::endRun() {
    services().status.endJob(m_job);
    m_running = nullptr;
    m_stage->setProgress(std::nullopt);
    showCommands();
    checkSettledSoon();
}

void ResultsPanel::copyCommand() {
    QGuiApplication::clipboard()->setText(m_stage->command());
    services().messages.showMessage(MessageKind::Good, tr("The command is on the clipboard."));
}

QString ResultsPanel::askWhereToExport(const QString& suffix, const QString& filter) {
    QString name = toQ(m_table->id).replace(u'/', u'-');
    return askWhereToSave(u"exportFolder"_s, tr("Export a table"), name + u'.' + suffix, filter);
}

void ResultsPanel::exportText(const QString& suffix,
                              const QString& filter,
                              std::string (*write)(const MarkdownTable&)) {
    const QString path = askWhereToExport(suffix, filter);
    if (path.isEmpty()) return;
    save([path, text = write(m_table->table)] { return writeFileAtomically(path.toStdString(), text); },
         tr("Saved to %1.").arg(path));
}

void ResultsPanel::exportPdf() {
    const QString path = askWhereToExport(u"pdf"_s, tr("Paper (*.pdf)"));
    if (path.isEmpty()) return;
    const ResultDocument document{.pageTitle = toQ(m_page->title),
                                  .table = *m_table,
                                  .made = made() ? std::optional(*made()) : std::nullopt,
                                  .curves = curvePictureOf(*m_table, made())};
    save(
        [path, document] {
            const QByteArray bytes = pdfOf(document);
            return writeFileAtomically(path.toStdString(),
                                       std::as_bytes(std::span(bytes.data(), std::size_t(bytes.size()))));
        },
        tr("Saved to %1.").arg(path));
}

/// To a page of results its first table, or the one of the section; everything else to the desktop.
void ResultsPanel::follow(const QUrl& link) {
    const QString name = link.fileName().isEmpty() ? toQ(m_page->name) : link.fileName().section(u'.', 0, 0);
    const auto page = std::ranges::find(m_parts.pages, name.toStdString(), &ResultsPage::name);
    if (page == m_parts.pages.end() || !link.isRelative()) {
        const QUrl folder = QUrl::fromLocalFile(toQ(resourceFolder() / ".." / "docs" / "results") + u'/');
        QDesktopServices::openUrl(folder.resolved(link));
        return;
    }
    const QString section = name + u'/' + link.fragment();
    if (!m_stage->choose(section)) m_stage->choose(toQ(page->tables.front().id));
}

}  // namespace vitrine
