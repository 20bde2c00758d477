// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <vector>

#include "ui/bridge/helper_process.h"
#include "ui/panel_kit/state_panel.h"
#include "ui/panels/results/bundled_results.h"
#include "ui/panels/results/results_stage.h"

namespace vitrine {

/// What the panel works with; tests put in what is small or broken.
struct ResultsPanelParts {
    QString program;  ///< that runs the commands; empty: vitrine-cli beside this program
    std::vector<ResultsPage> pages = bundledResults();
};

/// Every table and curve of docs/results, the paper's figures beside; a command makes one again in the helper
/// process. It has no steps of undo: nothing is changed here. Thread: GUI.
class ResultsPanel : public StatePanelBase {
    Q_OBJECT
public:
    explicit ResultsPanel(ShellServices& services, ResultsPanelParts parts = {}, QWidget* parent = nullptr);
    ~ResultsPanel() override;

    QJsonObject saveState() const override;
    Status restoreState(const QJsonObject& json) override;
    bool isSettled() const override;

    /// The chosen one; nullptr: there are no tables.
    const ResultTable* table() const { return m_table; }
    /// What its command made again; nullptr: nothing yet.
    const MadeResult* made() const;

private:
    void connectSignals();
    void connectHelper();

    // results_panel_commands.cpp
    void addCommands();
    void addExportCommands();
    void makeAgain();
    void cancel();
    void takeOutput();
    void endRun();
    void copyCommand();
    void exportText(const QString& suffix, const QString& filter, std::string (*write)(const MarkdownTable&));
    void exportPdf();
    QString askWhereToExport(const QString& suffix, const QString& filter);
    void follow(const QUrl& link);

    void choose(const QString& id);
    void showTable();
    void showCommands();

    const ResultsPanelParts m_parts;
    HelperProcess m_helper;
    ResultsStage* m_stage = nullptr;
    const ResultsPage* m_page = nullptr;
    const ResultTable* m_table = nullptr;
    QString m_chosen;                        ///< its id, or that of a table which another version had
    const ResultTable* m_running = nullptr;  ///< the table that is made again
    QString m_runningCommand;
    int m_job = 0;                             ///< of the status line
    std::map<std::string, MadeResult> m_made;  ///< by the table's id
};

}  // namespace vitrine
