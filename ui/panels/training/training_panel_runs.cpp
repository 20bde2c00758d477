// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"
#include "ui/bridge/picture_loader.h"
#include "ui/bridge/run_service.h"
#include "ui/bridge/run_watch.h"
#include "ui/bridge/task_service.h"
#include "ui/panels/training/curves_pane.h"
#include "ui/panels/training/histogram_section.h"
#include "ui/panels/training/notes_section.h"
#include "ui/panels/training/plan_section.h"
#include "ui/panels/training/run_page.h"
#include "ui/panels/training/run_table.h"
#include "ui/panels/training/run_table_model.h"
#include "ui/panels/training/settings_section.h"
#include "ui/panels/training/texts.h"
#include "ui/panels/training/training_panel.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/undo.h"
#include "ui/views/picture_film.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

constexpr std::size_t kMaxHistograms = 64;

/// A change of run folders that was made already: undo and redo are requests like the first one was.
class DoneCommand : public PanelStep {
public:
    DoneCommand(const QString& text, std::function<void()> undo, std::function<void()> redo)
        : PanelStep(u"training"_s, text), m_undo(std::move(undo)), m_redo(std::move(redo)) {}
    void undo() override { m_undo(); }
    void redo() override {
        if (m_done) m_redo();
        m_done = true;
    }

private:
    std::function<void()> m_undo, m_redo;
    bool m_done = false;
};

/// Evenly spread over all there are, the newest always.
std::vector<std::int64_t> someOf(const std::vector<std::int64_t>& steps) {
    if (steps.size() <= kMaxHistograms) return steps;
    std::vector<std::int64_t> some;
    for (std::size_t i = 0; i < kMaxHistograms; ++i)
        some.push_back(steps[i * (steps.size() - 1) / (kMaxHistograms - 1)]);
    return some;
}

/// A step that can't be read counts as empty, so that it isn't asked for again. Thread: worker.
HistogramsByStep readAll(const fs::path& run, const std::vector<std::int64_t>& steps) {
    HistogramsByStep all;
    for (const std::int64_t step : steps) {
        auto read = readHistograms(run, step);
        all[step] = read ? std::move(*read) : std::vector<LayerHistogram>();
    }
    return all;
}

}  // namespace

const RunInfo* TrainingPanel::currentRun() const {
    for (const QString& name : m_state.runs)
        if (const RunInfo* run = m_watch->find(m_parts.runs / name.toStdString())) return run;
    return nullptr;
}

const TrainingKind* TrainingPanel::kindOf(const RunInfo& run) const {
    for (std::size_t i = 0; i < m_infos.size(); ++i)
        if (m_infos[i].id == run.summary.recipe) return m_parts.recipes[i];
    return m_parts.recipes.empty() ? nullptr : m_parts.recipes.front();
}

void TrainingPanel::runsChanged() {
    m_model->setRuns(m_watch->runs());
    if (!std::exchange(m_runsSeen, true)) renewTakenName();
    showRuns();
    if (m_state.page == TrainingPage::NewRun) showDraft();
}

// While something is being written or read, what was chosen may be on its way.
void TrainingPanel::showRuns() {
    const bool waiting = !m_watch->isSettled() || !m_runs->isIdle();
    if (!currentRun() && !m_watch->runs().empty() && !waiting) {
        const auto& runs = m_watch->runs();
        const auto live =
            std::find_if(runs.begin(), runs.end(), [](const RunInfo& run) { return run.isLive(); });
        m_state.runs = {(live != runs.end() ? *live : runs.front()).name()};
    }
    m_table->select(m_state.runs);
    std::vector<fs::path> followed;
    for (const QString& name : m_state.runs) followed.push_back(m_parts.runs / name.toStdString());
    m_watch->follow(followed);
    showRun();
    showRecord();
    showLiveJob();
}

void TrainingPanel::selectionChanged() {
    const QStringList selected = m_table->selected();
    if (selected.isEmpty() || selected == m_state.runs) return;
    m_state.runs = selected;
    if (m_state.page == TrainingPage::Data) setPage(TrainingPage::Runs);
    showRuns();
}

void TrainingPanel::showRun() {
    const RunInfo* run = currentRun();
    m_plan->setRun(run);
    m_notes->show(run ? run->path() : fs::path(),
                  run ? QString::fromStdString(run->summary.notes) : QString());
    setSubtitle(run && m_state.page == TrainingPage::Runs
                    ? u"%1 · %2"_s.arg(run->name(), nameOf(phaseOf(*run)))
                    : QString());
    if (run) {
        const TrainingKindInfo* info = nullptr;
        for (const TrainingKindInfo& each : m_infos)
            if (each.id == run->summary.recipe) info = &each;
        QString unit;
        for (const MetricPlot& plot : info ? info->plots : std::vector<MetricPlot>())
            if (plot.heldOut == info->bestMetric) unit = QString::fromStdString(plot.unit);
        m_runPage->showRun(*run, info ? QString::fromStdString(info->bestMetric) : QString(), unit);
    } else if (!m_watch->isLoaded() || !m_watch->runs().empty()) {
        m_runPage->showNotice(m_watch->isLoaded() ? RunPage::Notice::NoSelection : RunPage::Notice::Loading);
    } else {
        m_runPage->showNotice(RunPage::Notice::NoRuns);
    }
    updateCommands();
}

void TrainingPanel::showRecord() {
    const RunInfo* run = currentRun();
    if (!run) return showHistogram();
    std::vector<ShownRun> shown;
    for (const QString& name : m_state.runs)
        if (const RunRecord* record = m_watch->record(m_parts.runs / name.toStdString()))
            shown.push_back({name, record});
    std::vector<MetricPlot> plots;
    for (const TrainingKindInfo& info : m_infos)
        if (info.id == run->summary.recipe) plots = info.plots;
    const RunRecord* record = m_watch->record(run->path());
    const bool loaded = record && record->loaded;
    m_runPage->showCurves(curvesOf(plots, shown), loaded);
    if (run->path() != m_filmOf) m_runPage->film()->setMoments({});
    m_filmOf = run->path();
    m_runPage->showPreviewSteps(record ? record->previews : std::vector<std::int64_t>(), loaded);
    showSettings();
    showHistogram();
    updateCommands();
}

void TrainingPanel::showPreview(int index) {
    const RunRecord* record = m_watch->record(m_filmOf);
    if (!record || index < 0 || index >= int(record->previews.size())) return;
    m_previews->request(
        QString::fromStdString(previewFile(m_filmOf, record->previews[std::size_t(index)]).string()));
}

void TrainingPanel::showSettings() {
    std::vector<const RunInfo*> runs;
    for (const QString& name : m_state.runs)
        if (const RunInfo* run = m_watch->find(m_parts.runs / name.toStdString())) runs.push_back(run);
    if (runs.empty()) return m_settings->showNothing();
    const fs::path left = runs.size() > 1 ? runs[0]->path() : fs::path();
    const fs::path right = runs.size() > 1 ? runs[1]->path() : runs[0]->path();
    const std::int64_t steps = runs[0]->summary.status.totalSteps;
    if (m_settingsOf == std::tuple(left, right, steps)) return;
    m_settingsOf = {left, right, steps};
    tasks().run(
        [left, right](std::stop_token) -> Result<std::vector<ConfigDifference>> {
            VITRINE_TRY(const std::string second, readTextFile(right / "config.json"));
            if (left.empty()) return diffConfigs("{}", second);
            VITRINE_TRY(const std::string first, readTextFile(left / "config.json"));
            return diffConfigs(first, second);
        },
        [this, left, right](const Result<std::vector<ConfigDifference>>& rows) {
            if (std::get<0>(m_settingsOf) != left || std::get<1>(m_settingsOf) != right) return;
            if (!rows) return m_settings->showNothing();
            const QString second = QString::fromStdString(right.filename().string());
            if (left.empty())
                m_settings->show(second, {}, *rows);
            else
                m_settings->show(QString::fromStdString(left.filename().string()), second, *rows);
        });
}

void TrainingPanel::showHistogram() {
    const RunInfo* run = currentRun();
    const RunRecord* record = run ? m_watch->record(run->path()) : nullptr;
    if (!record || record->histograms.empty()) {
        m_histogramsOf.clear();
        return m_histogram->showNothing(run ? tr("Histograms appear with the first previews.")
                                            : tr("Choose a run."));
    }
    if (m_histogramsOf != run->path()) m_histograms.clear();
    m_histogramsOf = run->path();
    std::vector<std::int64_t> missing;
    const std::vector<std::int64_t> wanted = someOf(record->histograms);
    for (const std::int64_t step : wanted)
        if (!m_histograms.contains(step)) missing.push_back(step);
    std::erase_if(m_histograms, [&wanted](const auto& each) {
        return !std::binary_search(wanted.begin(), wanted.end(), each.first);
    });
    if (missing.empty() || m_readingHistograms) return;
    m_readingHistograms = true;
    tasks().run([path = run->path(), missing](std::stop_token) { return readAll(path, missing); },
                [this, path = run->path()](const HistogramsByStep& read) {
                    m_readingHistograms = false;
                    if (path != m_histogramsOf) return showHistogram();
                    m_histograms.insert(read.begin(), read.end());
                    m_histogram->show(m_histograms, m_state.layer);
                });
}

/// The status line tells of a training wherever the user is in the window.
void TrainingPanel::showLiveJob() {
    const RunInfo* live = nullptr;
    for (const RunInfo& run : m_watch->runs())
        if (!live && run.isLive()) live = &run;
    const QString name = live ? live->name() : QString();
    if (name != m_liveName && m_liveJob != 0) {
        services().status.endJob(m_liveJob);
        m_liveJob = 0;
    }
    m_liveName = name;
    if (!live) return;
    if (m_liveJob == 0) m_liveJob = services().status.beginJob({});
    const QString phase = nameOf(phaseOf(*live));
    services().status.setJobText(
        m_liveJob, advances(*live) ? tr("Training %1").arg(name) : tr("%1: %2").arg(phase, name));
    const RunStatus& status = live->summary.status;
    const double fraction = status.totalSteps > 0 ? double(status.step) / double(status.totalSteps) : 0;
    services().status.setJobProgress(
        m_liveJob, {fraction, advances(*live) ? status.secondsLeft : -1, phase.toStdString()});
}

void TrainingPanel::act(RunAction action) {
    const RunInfo* run = currentRun();
    if (!run) return;
    const fs::path path = run->path();
    switch (action) {
        case RunAction::Start:
        case RunAction::Resume:
            if (allows(*run, RunAction::Resume)) return m_runs->resume(path);
            if (allows(*run, RunAction::Start)) m_runs->start(path);
            return;
        case RunAction::Extend:
            setPage(TrainingPage::Runs);
            setInspectorVisible(true);
            return m_plan->edit();
        case RunAction::Branch:
            return branch();
        case RunAction::OpenSnapshot:
            return openSnapshot();
        default:
            break;
    }
    if (!allows(*run, action)) return;
    if (action == RunAction::Pause) m_runs->pause(path);
    if (action == RunAction::Stop) m_runs->stop(path);
    if (action == RunAction::SaveNow) m_runs->saveNow(path);
}

void TrainingPanel::rename(const fs::path& run, const QString& name) {
    const QString before = QString::fromStdString(run.filename().string());
    const auto follow = [this](const QString& from, const QString& to) {
        const auto place = m_state.runs.indexOf(from);
        if (place >= 0) m_state.runs[place] = to;
        showRuns();
    };
    const auto request = [this, follow](const QString& from, const QString& to) {
        m_runs->rename(
            m_parts.runs / from.toStdString(), to, [follow, from, to](const Result<fs::path>& renamed) {
                if (renamed) follow(from, to);
            });
    };
    m_runs->rename(run, name, [this, before, name, follow, request](const Result<fs::path>& renamed) {
        if (!renamed) return;
        follow(before, name);
        services().undo.push(new DoneCommand(
            tr("Rename %1").arg(before), [=] { request(name, before); }, [=] { request(before, name); }));
    });
}

void TrainingPanel::discard() {
    const RunInfo* run = currentRun();
    if (!run || !allows(*run, RunAction::Discard)) return;
    struct Place {
        fs::path run, discarded;
    };
    const auto place = std::make_shared<Place>(Place{run->path(), {}});
    const QString name = run->name();
    const auto restore = [this, place] {
        m_runs->restore(place->discarded, [this, place](const Result<fs::path>& restored) {
            if (!restored) return;
            place->run = *restored;
            m_state.runs = {QString::fromStdString(restored->filename().string())};
            showRuns();
        });
    };
    const auto again = [this, place] {
        m_runs->discard(place->run, [place](const Result<fs::path>& discarded) {
            if (discarded) place->discarded = *discarded;
        });
    };
    m_runs->discard(place->run, [this, place, name, restore, again](const Result<fs::path>& discarded) {
        if (!discarded) return;
        place->discarded = *discarded;
        services().undo.push(new DoneCommand(tr("Move %1 to the wastebasket").arg(name), restore, again));
        services().messages.showMessage(MessageKind::Info,
                                        tr("%1 is in the wastebasket.").arg(name),
                                        {},
                                        {tr("Undo"), [this] { services().undo.undo(); }});
    });
}

void TrainingPanel::setNotes(const fs::path& run, const QString& notes) {
    const RunInfo* known = m_watch->find(run);
    const QString before = known ? QString::fromStdString(known->summary.notes) : QString();
    if (before == notes) return;
    m_runs->setNotes(run, notes, [this, run, before, notes](const Result<fs::path>& written) {
        if (!written) return;
        services().undo.push(new DoneCommand(
            tr("Change notes"),
            [=, this] { m_runs->setNotes(run, before); },
            [=, this] { m_runs->setNotes(run, notes); }));
    });
}

void TrainingPanel::branch() {
    const RunInfo* run = currentRun();
    if (!run || !allows(*run, RunAction::Branch) || !services().dialogs.askText) return;
    QString proposal;
    for (int number = 2; proposal.isEmpty() || m_watch->find(m_parts.runs / proposal.toStdString()); ++number)
        proposal = u"%1-branch%2"_s.arg(run->name(), number == 2 ? QString() : u"-%1"_s.arg(number - 1));
    const fs::path path = run->path();
    const QString name =
        services().dialogs.askText(this,
                                   tr("Branch"),
                                   tr("A new run continues from step %1 of %2. Name:")
                                       .arg(groupedNumber(run->summary.status.checkpointStep), run->name()),
                                   proposal);
    if (name.trimmed().isEmpty()) return;
    m_runs->branch(path, -1, name, [this, name](const Result<fs::path>& made) {
        if (!made) return;
        m_state.runs = {name.trimmed()};
        setPage(TrainingPage::Runs);
        showRuns();
    });
}

QString TrainingPanel::panelOf(const RunInfo& run) const {
    const TrainingKind* recipe = kindOf(run);
    return recipe ? QString::fromStdString(recipe->info().panel) : u"chairs"_s;
}

void TrainingPanel::openSnapshot() {
    const RunInfo* run = currentRun();
    if (!run || !allows(*run, RunAction::OpenSnapshot) || !services().openInPanel) return;
    const QString panel = panelOf(*run);
    if (panel.isEmpty()) return;
    services().openInPanel(panel, QString::fromStdString((run->path() / "snapshot.safetensors").string()));
}

void TrainingPanel::showStartFailure(const fs::path& run) {
    tasks().run([run](std::stop_token) { return lastLogLine(run); },
                [this, run](const QString& line) {
                    const QString name = QString::fromStdString(run.filename().string());
                    services().messages.showMessage(
                        MessageKind::Error,
                        line.isEmpty() ? tr("%1 did not start for an unknown reason.").arg(name)
                                       : tr("%1 did not start: %2").arg(name, line),
                        QString::fromStdString((run / "log.txt").string()));
                });
}

}  // namespace vitrine
