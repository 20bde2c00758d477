// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/results/results_panel.h"

#include <QAction>

#include "ui/shell/panel_help.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

const QString kPanelId = u"results"_s;

PanelInfo resultsInfo() {
    return {kPanelId,
            ResultsPanel::tr("Results"),
            u"results"_s,
            ResultsPanel::tr("All measured tables and curves beside the papers' figures; make them again")};
}

void addResultsHelp(QWidget* panel) {
    addHelp(
        panel,
        {},
        {{{},
          tr("The measured figures of every network, beside those of the papers where the papers have some. "
             "The papers' data are not ours: compare rankings, not digits.")},
         {u"list"_s, tr("All tables, by subject.")},
         {u"table"_s,
          tr("The table as it was measured for this version. Figures in italics are the paper's, for its own "
             "data. A click on a heading sorts.")},
         {u"again"_s,
          tr("The figures that the command made on this machine. Bold and underlined ones differ from the "
             "stored ones in a place that both write.")},
         {u"plot"_s, tr("The table as curves; dashed ones were made again.")},
         {u"command"_s,
          tr("The command that makes this table. Make again runs it in a separate process with the lowest "
             "priority.")},
         {u"text"_s, tr("What was measured, on which data, and what follows from it.")}});
}

}  // namespace

ResultsPanel::ResultsPanel(ShellServices& services, ResultsPanelParts parts, QWidget* parent)
    : StatePanelBase(resultsInfo(), services, parent), m_parts(std::move(parts)), m_helper(m_parts.program) {
    m_stage = new ResultsStage(m_parts.pages, this);
    setStage(m_stage);
    addCommands();
    addResultsHelp(this);
    connectSignals();
    connectHelper();
    if (!m_parts.pages.empty()) m_stage->choose(toQ(m_parts.pages.front().tables.front().id));
    showCommands();
}

ResultsPanel::~ResultsPanel() {
    m_helper.disconnect(this);
    if (m_running) services().status.endJob(m_job);
}

void ResultsPanel::connectSignals() {
    connect(m_stage, &ResultsStage::tableChosen, this, &ResultsPanel::choose);
    connect(m_stage, &ResultsStage::commandChosen, this, &ResultsPanel::showCommands);
    connect(m_stage, &ResultsStage::copyRequested, this, &ResultsPanel::copyCommand);
    connect(m_stage, &ResultsStage::cancelRequested, this, &ResultsPanel::cancel);
    connect(m_stage, &ResultsStage::linkClicked, this, &ResultsPanel::follow);
}

void ResultsPanel::connectHelper() {
    connect(&m_helper, &HelperProcess::progressed, this, [this](const Progress& progress) {
        services().status.setJobProgress(m_job, progress);
        m_stage->setProgress(progress.fraction);
    });
    connect(&m_helper, &HelperProcess::finished, this, &ResultsPanel::takeOutput);
    connect(&m_helper, &HelperProcess::cancelled, this, &ResultsPanel::endRun);
    connect(&m_helper, &HelperProcess::failed, this, [this](const Error& error) {
        endRun();
        report(error);
    });
}

QJsonObject ResultsPanel::saveState() const {
    return {{u"table"_s, m_chosen}};
}

Status ResultsPanel::restoreState(const QJsonObject& json) {
    const QJsonValue table = json[u"table"_s];
    if (!table.isUndefined() && !table.isString())
        return Error{ErrorCode::BadFormat,
                     "The state of the Results panel names no table; save the project again."};
    if (!m_stage->choose(table.toString())) m_chosen = table.toString(m_chosen);
    return {};
}

bool ResultsPanel::isSettled() const {
    return tasks().isIdle() && !m_running;
}

const MadeResult* ResultsPanel::made() const {
    const auto found = m_table ? m_made.find(m_table->id) : m_made.end();
    return found == m_made.end() ? nullptr : &found->second;
}

void ResultsPanel::choose(const QString& id) {
    for (const ResultsPage& page : m_parts.pages)
        for (const ResultTable& table : page.tables)
            if (table.id == id.toStdString()) m_page = &page, m_table = &table;
    m_chosen = id;
    showTable();
}

void ResultsPanel::showTable() {
    if (!m_table) return;
    setSubtitle(toQ(m_page->title) + u" · "_s + toQ(m_table->title));
    m_stage->showTable(*m_page, *m_table, made());
    showCommands();
}

void ResultsPanel::showCommands() {
    const bool isRunnable = m_table && !argumentsOf(m_stage->command().toStdString()).empty();
    action(u"makeAgain"_s)->setEnabled(isRunnable && !m_running);
    action(u"cancel"_s)->setEnabled(m_running && !m_helper.isCancelling());
    action(u"copyCommand"_s)->setEnabled(m_table && !m_table->commands.empty());
    setCommandsEnabled({u"sort"_s, u"exportCsv"_s, u"exportMarkdown"_s, u"exportPdf"_s}, m_table != nullptr);
}

}  // namespace vitrine
