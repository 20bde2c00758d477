// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/training_panel.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/runs/run_list.h"
#include "ui/bridge/picture_loader.h"
#include "ui/bridge/probe_service.h"
#include "ui/bridge/run_service.h"
#include "ui/bridge/run_watch.h"
#include "ui/panels/training/cost_section.h"
#include "ui/panels/training/curves_pane.h"
#include "ui/panels/training/curves_section.h"
#include "ui/panels/training/data_page.h"
#include "ui/panels/training/data_sections.h"
#include "ui/panels/training/histogram_section.h"
#include "ui/panels/training/new_run_page.h"
#include "ui/panels/training/notes_section.h"
#include "ui/panels/training/plan_section.h"
#include "ui/panels/training/run_page.h"
#include "ui/panels/training/run_table.h"
#include "ui/panels/training/run_table_model.h"
#include "ui/panels/training/settings_section.h"
#include "ui/panels/training/training_help.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/inspector_section.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/state_fields.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/theme.h"
#include "ui/shell/undo.h"
#include "ui/views/picture_film.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kStripHeight = 188;

}  // namespace

TrainingPanel::TrainingPanel(ShellServices& services, TrainingPanelParts parts, QWidget* parent)
    : StatePanelBase({u"training"_s,
                      tr("Training"),
                      u"training"_s,
                      tr("Train networks, watch what they learn, compare runs")},
                     services,
                     parent),
      m_parts(std::move(parts)) {
    makeServices();
    addCommands();
    buildLayout();
    connectSignals();
    addTrainingHelp(this);
    loadSettings();
}

TrainingPanel::~TrainingPanel() = default;

void TrainingPanel::makeServices() {
    if (m_parts.runs.empty()) m_parts.runs = runsFolder();
    if (m_parts.recipes.empty()) m_parts.recipes = trainingKinds();
    for (const TrainingKind* recipe : m_parts.recipes) m_infos.push_back(recipe->info());
    m_watch = new RunWatch(m_parts.runs, this);
    m_runs = new RunService(*m_watch, m_parts.program, this);
    m_probe = new ProbeService(m_parts.program, this);
    m_data = new DataService(m_parts.data, m_parts.program, this);
    m_previews = new PictureLoader(this);
    m_sheets = new PictureLoader(this);
    m_model = new RunTableModel(this);
}

void TrainingPanel::buildLayout() {
    const auto askForFile = [this](const QString& title) {
        const auto& ask = services().dialogs.openFile;
        return ask ? ask(this, title, {}, tr("All files (*)")) : QString();
    };
    m_runPage = new RunPage(this);
    m_newRunPage = new NewRunPage(m_infos, askForFile, this);
    m_dataPage = new DataPage(*m_data, this);
    m_pages = new QStackedWidget(this);
    for (QWidget* page : {static_cast<QWidget*>(m_runPage),
                          static_cast<QWidget*>(m_newRunPage),
                          static_cast<QWidget*>(m_dataPage)})
        m_pages->addWidget(page);
    auto* stage = new QWidget(this);
    auto* column = new QVBoxLayout(stage);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGroupGap);
    column->addWidget(buildTabs());
    column->addWidget(m_pages, 1);
    setStage(stage);
    m_table = new RunTable(m_model, this);
    setStrip(m_table, kStripHeight);
    buildSections();
    fillHeader();
}

QWidget* TrainingPanel::buildTabs() {
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    m_tabs = new QButtonGroup(this);
    for (const TrainingPage page : {TrainingPage::Runs, TrainingPage::NewRun, TrainingPage::Data}) {
        const QAction* action = this->action(u"page."_s + nameOf(page));
        auto* button = new QToolButton(bar);
        button->setObjectName(action->objectName() + ".tab"_L1);
        button->setText(action->iconText());
        button->setAccessibleName(action->iconText());
        button->setToolTip(action->toolTip());
        button->setIcon(action->icon());
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setCheckable(true);
        m_tabs->addButton(button, int(page));
        row->addWidget(button);
    }
    row->addStretch(1);
    return bar;
}

void TrainingPanel::buildSections() {
    buildRunSections();
    buildDraftSections();
    buildDataSections();
}

void TrainingPanel::buildRunSections() {
    const auto add = [this](const QString& id, const QString& title, QWidget* content) {
        InspectorSection* section = addSection(id, title);
        section->addWidget(content);
        m_pageSections.emplace_back(TrainingPage::Runs, section);
        return section;
    };
    m_notes = new NotesSection(this);
    m_plan = new PlanSection(this);
    m_curves = new CurvesSection(this);
    m_histogram = new HistogramSection(this);
    m_settings = new SettingsSection(this);
    add(u"notes"_s, tr("Notes"), m_notes);
    add(u"plan"_s, tr("Plan"), m_plan);
    add(u"curves"_s, tr("Curves"), m_curves);
    add(u"histogram"_s, tr("Weights and gradients"), m_histogram);
    add(u"settings"_s, tr("Settings"), m_settings);
}

void TrainingPanel::buildDraftSections() {
    m_cost = new CostSection(this);
    InspectorSection* section = addSection(u"cost"_s, tr("Estimate cost"));
    section->addWidget(m_cost);
    m_pageSections.emplace_back(TrainingPage::NewRun, section);
}

void TrainingPanel::buildDataSections() {
    m_statistics = new StatisticsSection(this);
    m_sheet = new SheetSection(this);
    const auto add = [this](const QString& id, const QString& title, QWidget* content) {
        InspectorSection* section = addSection(id, title);
        section->addWidget(content);
        m_pageSections.emplace_back(TrainingPage::Data, section);
    };
    add(u"statistics"_s, tr("Data set"), m_statistics);
    add(u"sheet"_s, tr("Contact sheet"), m_sheet);
}

void TrainingPanel::connectSignals() {
    connectRuns();
    connectPages();
    connectData();
    connect(&Theme::instance(), &Theme::changed, this, &TrainingPanel::showRun);
    connect(m_watch, &RunWatch::looked, this, &TrainingPanel::checkSettledSoon);
    connect(m_watch, &RunWatch::looked, this, [this] {
        if (m_data->isThere() == false && isVisible()) m_data->look();  // a command may have rendered it
        if (!currentRun() && m_watch->isSettled() && !m_watch->runs().empty()) showRuns();
    });
    connect(m_previews, &PictureLoader::loaded, this, &TrainingPanel::checkSettledSoon);
    connect(m_sheets, &PictureLoader::loaded, this, &TrainingPanel::checkSettledSoon);
}

void TrainingPanel::connectRuns() {
    connect(m_watch, &RunWatch::runsChanged, this, &TrainingPanel::runsChanged);
    connect(m_watch, &RunWatch::recordChanged, this, &TrainingPanel::showRecord);
    connect(m_watch, &RunWatch::startFailed, this, &TrainingPanel::showStartFailure);
    connect(m_runs, &RunService::failed, this, [this](const Error& error) { report(error); });
    connect(m_runs, &RunService::idle, this, [this] {
        if (m_closing) window()->close();
    });
    connect(m_table, &RunTable::selectionChanged, this, &TrainingPanel::selectionChanged);
    connect(m_model, &RunTableModel::renameRequested, this, &TrainingPanel::rename);
    connect(m_model, &RunTableModel::notesRequested, this, &TrainingPanel::setNotes);
    connect(m_notes, &NotesSection::notesEdited, this, &TrainingPanel::setNotes);
    connect(m_plan, &PlanSection::extendRequested, this, [this](qint64 steps) {
        if (const RunInfo* run = currentRun()) m_runs->extend(run->path(), steps, run->isLive());
    });
    connect(m_curves, &CurvesSection::smoothingChanged, this, [this](double smoothing) {
        m_state.smoothing = smoothing;
        m_runPage->curves()->setSmoothing(smoothing);
    });
    connect(m_curves, &CurvesSection::logScaleChanged, this, [this](bool logScale) {
        m_state.logScale = logScale;
        m_runPage->curves()->setLogScale(logScale);
    });
    connect(m_histogram, &HistogramSection::layerChosen, this, [this](const QString& layer) {
        m_state.layer = layer;
    });
    connect(m_runPage->film(), &PictureFilm::wanted, this, &TrainingPanel::showPreview);
    connect(m_previews, &PictureLoader::loaded, this, [this](const QString&, const QImage& picture) {
        m_runPage->film()->setPicture(picture);
    });
}

void TrainingPanel::connectPages() {
    connect(m_tabs, &QButtonGroup::idClicked, this, [this](int page) {
        if (TrainingPage(page) == TrainingPage::NewRun)
            newRun();
        else
            setPage(TrainingPage(page));
    });
    connect(m_runPage, &RunPage::noticePressed, this, &TrainingPanel::newRun);
    connect(m_runPage, &RunPage::problemPressed, this, [this] { act(RunAction::Start); });
    connect(m_newRunPage, &NewRunPage::edited, this, &TrainingPanel::editDraft);
    connect(m_newRunPage, &NewRunPage::editFinished, &services().undo, &UndoHistory::endGesture);
    connect(m_newRunPage, &NewRunPage::dataWanted, this, [this] {
        setPage(TrainingPage::Data);
        m_data->render();
    });
    connect(m_cost, &CostSection::measureRequested, this, &TrainingPanel::measureDraft);
    connect(m_cost, &CostSection::cancelRequested, m_probe, &ProbeService::cancel);
    connect(m_probe, &ProbeService::progressed, m_cost, &CostSection::setProgress);
    connect(m_probe, &ProbeService::measured, this, [this](const TrainCost& cost) {
        m_cost->setMeasuring(false);
        m_cost->setCost(cost);
    });
    connect(m_probe, &ProbeService::failed, this, [this](const Error& error) {
        m_cost->setMeasuring(false);
        m_cost->setError(error);
    });
    connect(m_probe, &ProbeService::cancelled, this, [this] {
        m_cost->setMeasuring(false);
        m_cost->setStale();
    });
}

void TrainingPanel::connectData() {
    connect(m_data, &DataService::looked, this, [this] {
        showData();
        if (m_state.page == TrainingPage::Data) checkDataOnce();
    });
    connect(m_data, &DataService::workChanged, this, &TrainingPanel::showData);
    connect(m_data, &DataService::checked, this, [this] {
        showData();
        if (std::exchange(m_sheetIsOld, false)) makeSheet();
    });
    connect(m_data, &DataService::sheetMade, this, [this] {
        m_sheets->forget(QString::fromStdString(m_data->sheetFile().string()));
        showData();
    });
    connect(m_data, &DataService::rendered, this, [this] {
        services().messages.showMessage(MessageKind::Good,
                                        tr("The data set is rendered; you can train on it."));
        m_sheetIsOld = true;
    });
    connect(m_data, &DataService::failed, this, [this](DataService::Work, const Error& error) {
        m_dataPage->setError(QString::fromStdString(error.message));
        report(error);
    });
    connect(m_data, &DataService::cancelled, this, [this](DataService::Work work) {
        if (work == DataService::Work::Render)
            services().messages.showMessage(
                MessageKind::Info, tr("Cancelled. Completed chairs are kept; rendering resumes from there."));
    });
    connect(m_data, &DataService::progressed, this, [this](const Progress& progress) {
        services().status.setJobProgress(m_dataJob, progress);
    });
    connect(m_sheets, &PictureLoader::loaded, this, [this](const QString&, const QImage& sheet) {
        m_dataPage->setSheet(sheet);
    });
    connect(m_dataPage, &DataPage::renderRequested, m_data, &DataService::render);
    connect(m_dataPage, &DataPage::sheetRequested, this, &TrainingPanel::makeSheet);
    connect(m_sheet, &SheetSection::makeRequested, this, &TrainingPanel::makeSheet);
    connect(m_statistics, &StatisticsSection::checkRequested, m_data, &DataService::check);
}

void TrainingPanel::loadSettings() {
    m_model->setQuality([this](const std::string& recipe) {
        for (const TrainingKindInfo& info : m_infos)
            if (info.id == recipe || recipe.empty()) return QString::fromStdString(info.bestMetric);
        return QString();
    });
    m_data->look();
    m_curves->show(m_state.smoothing, m_state.logScale);
    m_runPage->curves()->setSmoothing(m_state.smoothing);
    showPage();
    showRuns();
    showData();
}

void TrainingPanel::setPage(TrainingPage page) {
    m_state.page = page;
    if (page == TrainingPage::Data) checkDataOnce();
    showPage();
}

void TrainingPanel::showPage() {
    m_tabs->button(int(m_state.page))->setChecked(true);
    action(u"page."_s + nameOf(m_state.page))->setChecked(true);
    m_pages->setCurrentIndex(int(m_state.page));
    for (const auto& [page, section] : m_pageSections) section->setVisible(page == m_state.page);
    updatePrimary();
    updateCommands();
    showRun();
}

/// So that its numbers are there without being asked for.
void TrainingPanel::checkDataOnce() {
    if (m_dataChecked || !m_data->isThere().value_or(false) || m_data->work() != DataService::Work::None)
        return;
    m_dataChecked = true;
    m_data->check();
}

void TrainingPanel::showData() {
    const bool working = m_data->work() != DataService::Work::None;
    if (working && m_dataJob == 0)
        m_dataJob = services().status.beginJob(tr("Data set"), [this] { m_data->cancel(); });
    if (!working && m_dataJob != 0) {
        services().status.endJob(m_dataJob);
        m_dataJob = 0;
    }
    m_dataPage->showState();
    m_statistics->show(*m_data);
    m_sheet->setMayMake(!working);
    if (m_data->hasSheet() && !working)
        m_sheets->request(QString::fromStdString(m_data->sheetFile().string()));
    showDraft();
    showRun();
    updateCommands();
}

void TrainingPanel::makeSheet() {
    m_data->makeSheet(m_sheet->azimuthDeg(), m_sheet->elevationDeg(), m_sheet->parts());
}

QJsonObject TrainingPanel::saveState() const {
    return toJson(m_state);
}

Status TrainingPanel::restoreState(const QJsonObject& json) {
    auto restored = trainingStateFromJson(json);
    if (!restored) return restored.error();
    m_state = std::move(*restored);
    // The form knows fields by their present keys.
    if (const auto normalised = normalisedDraft()) m_state.draft.config = objectOf(*normalised);
    m_curves->show(m_state.smoothing, m_state.logScale);
    m_runPage->curves()->setSmoothing(m_state.smoothing);
    m_runPage->curves()->setLogScale(m_state.logScale);
    if (m_state.page == TrainingPage::NewRun && m_state.draft.recipe.isEmpty()) newRun();
    renewTakenName();
    showDraft();
    showPage();
    showRuns();
    return {};
}

bool TrainingPanel::isSettled() const {
    const bool recordsAreThere = [this] {
        const RunInfo* run = currentRun();
        const RunRecord* record = run ? m_watch->record(run->path()) : nullptr;
        return !run || (record && record->loaded);
    }();
    const bool chosen = currentRun() || m_watch->runs().empty();
    return m_watch->isLoaded() && chosen && recordsAreThere && m_runs->isIdle() && tasks().isIdle() &&
           m_previews->isIdle() && m_sheets->isIdle() && m_data->isThere().has_value() &&
           !m_probe->isBusy() && m_data->work() == DataService::Work::None;
}

QStringList TrainingPanel::diagnostics() const {
    const auto numLive = std::count_if(
        m_watch->runs().begin(), m_watch->runs().end(), [](const RunInfo& run) { return run.isLive(); });
    return {u"Training: %1 runs, %2 live, in %3"_s.arg(m_watch->runs().size())
                .arg(numLive)
                .arg(QString::fromStdString(m_parts.runs.string()))};
}

void TrainingPanel::setActive(bool active) {
    if (!active) return m_notes->commit();
    m_watch->refresh();
    m_data->look();
}

std::vector<const RunInfo*> TrainingPanel::liveRunsOfThisWindow() const {
    std::vector<const RunInfo*> live;
    for (const RunInfo& run : m_watch->runs())
        if ((run.isLive() || run.starting) && m_runs->begun().contains(run.path())) live.push_back(&run);
    return live;
}

bool TrainingPanel::mayClose() {
    m_notes->commit();
    const auto live = liveRunsOfThisWindow();
    if (m_closing || live.empty() || !services().dialogs.choose) return true;
    const QString text = live.size() == 1 ? tr("%1 is still training. It can continue without this window, "
                                               "and reappears at the next start.")
                                                .arg(live.front()->name())
                                          : tr("%1 runs are still training. They can continue without this "
                                               "window, and reappear at the next start.")
                                                .arg(live.size());
    const int answer = services().dialogs.choose(
        window(), tr("Close Vitrine"), text, {tr("Keep training"), tr("Stop and save")});
    if (answer < 0) return false;
    if (answer == 0) return true;
    m_closing = true;  // once the requests are written: their processes save by themselves
    for (const RunInfo* run : live) m_runs->stop(run->path());
    return false;
}

}  // namespace vitrine
