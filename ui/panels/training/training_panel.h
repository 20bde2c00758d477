// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <vector>

#include "core/train/training_kind.h"
#include "ui/bridge/data_service.h"
#include "ui/bridge/run_info.h"
#include "ui/panel_kit/state_panel.h"
#include "ui/panels/training/training_state.h"

class QButtonGroup;
class QStackedWidget;

namespace vitrine {

class CostSection;
class CurvesSection;
class DataPage;
class HistogramSection;
class NewRunPage;
class NotesSection;
class PictureLoader;
class PlanSection;
class ProbeService;
class RunPage;
class RunService;
class RunTable;
class RunTableModel;
class RunWatch;
class SettingsSection;
class SheetSection;
class StatisticsSection;

/// What the panel works with; tests put in what is small or scripted.
struct TrainingPanelParts {
    QString program;                           ///< what trains, measures and renders; empty: vitrine-cli
    std::filesystem::path runs;                ///< empty: the user's
    DataService::Places data;                  ///< empty: the cache
    std::vector<const TrainingKind*> recipes;  ///< empty: all there are
};

/// A front end to run folders: starts trainings in processes of their own, watches, pauses, extends and
/// compares them, and shows what they learn.
class TrainingPanel : public StatePanelBase {
    Q_OBJECT
public:
    explicit TrainingPanel(ShellServices& services, TrainingPanelParts parts = {}, QWidget* parent = nullptr);
    ~TrainingPanel() override;

    QJsonObject saveState() const override;
    Status restoreState(const QJsonObject& json) override;
    bool isSettled() const override;
    QStringList diagnostics() const override;
    void setActive(bool active) override;
    bool mayClose() override;

    const TrainingState& state() const { return m_state; }
    /// The run in front; nullptr: none.
    const RunInfo* currentRun() const;
    const RunWatch& watch() const { return *m_watch; }

private:
    void makeServices();
    void buildLayout();
    QWidget* buildTabs();
    void buildSections();
    void buildRunSections();
    void buildDraftSections();
    void buildDataSections();
    void connectSignals();
    void connectRuns();
    void connectPages();
    void connectData();
    void loadSettings();

    // training_panel_commands.cpp
    void addCommands();
    void addRunCommands();
    void addListCommands();
    void addPageCommands();
    void choosePage(TrainingPage page);
    void addDataCommands();
    void fillHeader();
    void updateCommands();
    void updatePrimary();
    void showOpenCommand();
    void emptyWastebasket();
    void exportCurves();

    // training_panel_draft.cpp
    void newRun();
    QString proposedName(const RunDraft& draft) const;
    /// A draft that is shown again may have been begun before a run of its name.
    void renewTakenName();
    void editDraft(const RunDraft& draft, const QString& text);
    void showDraft();
    /// Complete and in order, or what is wrong.
    Result<std::string> normalisedDraft() const;
    QString nameProblem() const;
    void startDraft();
    void measureDraft();

    // training_panel_runs.cpp
    void runsChanged();
    void selectionChanged();
    void showRuns();
    void showRun();
    void showRecord();
    void showSettings();
    void showHistogram();
    void showPreview(int index);
    void showLiveJob();
    const TrainingKind* kindOf(const RunInfo& run) const;
    void act(RunAction action);
    void rename(const std::filesystem::path& run, const QString& name);
    void discard();
    void setNotes(const std::filesystem::path& run, const QString& notes);
    void branch();
    void openSnapshot();
    /// The panel that opens the run's snapshots.
    QString panelOf(const RunInfo& run) const;
    void showStartFailure(const std::filesystem::path& run);
    std::vector<const RunInfo*> liveRunsOfThisWindow() const;

    void setPage(TrainingPage page);
    void showPage();
    void showData();
    void checkDataOnce();
    void makeSheet();

    TrainingPanelParts m_parts;
    std::vector<TrainingKindInfo> m_infos;
    TrainingState m_state;
    bool m_guarded = false;  ///< against the second half of a double click
    bool m_closing = false;
    bool m_runsSeen = false;
    bool m_dataChecked = false;
    bool m_sheetIsOld = false;
    int m_liveJob = 0;
    int m_dataJob = 0;

    RunWatch* m_watch = nullptr;
    RunService* m_runs = nullptr;
    ProbeService* m_probe = nullptr;
    DataService* m_data = nullptr;
    PictureLoader* m_previews = nullptr;
    PictureLoader* m_sheets = nullptr;

    RunTableModel* m_model = nullptr;
    RunTable* m_table = nullptr;
    QButtonGroup* m_tabs = nullptr;
    QStackedWidget* m_pages = nullptr;
    RunPage* m_runPage = nullptr;
    NewRunPage* m_newRunPage = nullptr;
    DataPage* m_dataPage = nullptr;
    PlanSection* m_plan = nullptr;
    CurvesSection* m_curves = nullptr;
    HistogramSection* m_histogram = nullptr;
    NotesSection* m_notes = nullptr;
    SettingsSection* m_settings = nullptr;
    CostSection* m_cost = nullptr;
    StatisticsSection* m_statistics = nullptr;
    SheetSection* m_sheet = nullptr;
    std::vector<std::pair<TrainingPage, QWidget*>> m_pageSections;
    std::tuple<std::filesystem::path, std::filesystem::path, std::int64_t> m_settingsOf;
    std::filesystem::path m_filmOf;
    QString m_liveName;
    std::filesystem::path m_histogramsOf;
    std::map<std::int64_t, std::vector<LayerHistogram>> m_histograms;
    bool m_readingHistograms = false;
};

}  // namespace vitrine
