// SPDX-License-Identifier: GPL-3.0-or-later
#include <QActionGroup>
#include <QFileInfo>
#include <QMenu>
#include <QSaveFile>

#include "ui/bridge/run_service.h"
#include "ui/bridge/run_watch.h"
#include "ui/panels/training/curves_pane.h"
#include "ui/panels/training/new_run_page.h"
#include "ui/panels/training/plan_section.h"
#include "ui/panels/training/run_page.h"
#include "ui/panels/training/run_table.h"
#include "ui/panels/training/training_panel.h"
#include "ui/plots/curve_plot.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/message_bar.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

Status writeBytes(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path);
    if (!bytes.isEmpty() && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() &&
        file.commit())
        return {};
    return Error{ErrorCode::Io,
                 TrainingPanel::tr("%1 could not be written; choose another folder or free some space.")
                     .arg(path)
                     .toStdString(),
                 file.errorString().toStdString()};
}

}  // namespace

void TrainingPanel::addCommands() {
    addPageCommands();
    addRunCommands();
    addListCommands();
    addDataCommands();
}

void TrainingPanel::addPageCommands() {
    addCommand(command(u"new"_s,
                       u"0new"_s,
                       tr("&New run"),
                       u"plus"_s,
                       tr("Configure a new run; it starts with sensible settings")),
               {Qt::CTRL | Qt::Key_N},
               [this] { newRun(); });
    addCommand(command(u"begin"_s,
                       u"0new"_s,
                       tr("Start &training"),
                       u"play"_s,
                       tr("Create the run and train it in a separate process")),
               {Qt::CTRL | Qt::Key_Return},
               [this] { startDraft(); });

    auto* group = new QActionGroup(this);
    const std::tuple<TrainingPage, QString, QString, QString> pages[] = {
        {TrainingPage::Runs, tr("R&uns"), u"training"_s, tr("The progress of the runs: curves and previews")},
        {TrainingPage::NewRun, tr("Ne&w run"), u"plus"_s, tr("Settings of a run to start")},
        {TrainingPage::Data,
         tr("&Data set"),
         u"chairs"_s,
         tr("The training data: render, check or view it")}};
    for (const auto& [page, text, icon, tip] : pages)
        group->addAction(addSwitch(command(u"page."_s + nameOf(page), u"1page"_s, text, icon, tip),
                                   {QKeySequence(u"Alt+%1"_s.arg(int(page) + 1))},
                                   false,
                                   [this, page = page](bool) { choosePage(page); }));
}

void TrainingPanel::choosePage(TrainingPage page) {
    if (page == TrainingPage::NewRun)
        newRun();
    else
        setPage(page);
}

void TrainingPanel::addRunCommands() {
    const auto add = [this](const QString& id,
                            const QString& text,
                            const QString& icon,
                            const QString& tip,
                            const QKeySequence& key,
                            RunAction action) {
        addCommand(command(id, u"run"_s, text, icon, tip), {key}, [this, action] { act(action); });
    };
    add(u"resume"_s,
        tr("&Start"),
        u"play"_s,
        tr("Resume from where it is, or from the newest checkpoint"),
        QKeySequence(Qt::CTRL | Qt::Key_R),
        RunAction::Start);
    add(u"pause"_s,
        tr("&Pause"),
        u"pause"_s,
        tr("Pause after the next step, with everything in memory"),
        QKeySequence(Qt::CTRL | Qt::Key_P),
        RunAction::Pause);
    add(u"stop"_s,
        tr("S&top"),
        u"stop"_s,
        tr("Write a checkpoint and stop; the run can be resumed"),
        QKeySequence(Qt::CTRL | Qt::Key_Period),
        RunAction::Stop);
    add(u"saveNow"_s,
        tr("Sa&ve now"),
        u"save"_s,
        tr("Write a checkpoint and a snapshot without waiting for the next"),
        QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S),
        RunAction::SaveNow);
    add(u"extend"_s,
        tr("&Extend…"),
        u"plus"_s,
        tr("Train beyond the planned end"),
        QKeySequence(Qt::CTRL | Qt::Key_E),
        RunAction::Extend);
    add(u"branch"_s,
        tr("&Branch…"),
        u"swap"_s,
        tr("Start a new run from this run's newest checkpoint; this run is unchanged"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B),
        RunAction::Branch);
    add(u"open"_s,
        tr("&Open in Chairs"),
        u"external"_s,
        tr("Explore the newest snapshot; the training is not affected"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
        RunAction::OpenSnapshot);
}

void TrainingPanel::addListCommands() {
    addCommand(command(u"rename"_s, u"list"_s, tr("Rena&me"), {}, tr("Give the run another name")),
               {Qt::Key_F2},
               [this] { m_table->editName(); });
    addCommand(command(u"discard"_s,
                       u"list"_s,
                       tr("Move to the &wastebasket"),
                       u"trash"_s,
                       tr("Remove the run from the table; Undo restores it")),
               {Qt::Key_Delete},
               [this] { discard(); });
    addCommand(command(u"emptyWastebasket"_s,
                       u"list"_s,
                       tr("Empty the wastebas&ket…"),
                       {},
                       tr("Delete discarded runs permanently")),
               {},
               [this] { emptyWastebasket(); });
    addCommand(command(u"exportCurves"_s,
                       u"export"_s,
                       tr("E&xport curves…"),
                       u"export"_s,
                       tr("Write a plot as PNG or PDF, or the points of all plots as CSV")),
               {Qt::CTRL | Qt::SHIFT | Qt::Key_E},
               [this] { exportCurves(); });
}

void TrainingPanel::emptyWastebasket() {
    const auto& choose = services().dialogs.choose;
    if (!choose || choose(this,
                          tr("Empty the wastebasket"),
                          tr("Runs in the wastebasket are deleted permanently, with their checkpoints."),
                          {tr("Delete permanently")}) != 0)
        return;
    m_runs->emptyWastebasket([this](const Result<std::filesystem::path>& emptied) {
        if (emptied) services().messages.showMessage(MessageKind::Good, tr("The wastebasket is empty."));
    });
}

void TrainingPanel::addDataCommands() {
    const auto add = [this](const QString& id,
                            const QString& text,
                            const QString& icon,
                            const QString& tip,
                            std::function<void()> handler) {
        addCommand(command(id, u"data"_s, text, icon, tip), {}, [this, handler] {
            setPage(TrainingPage::Data);
            handler();
        });
    };
    add(u"data.render"_s,
        tr("Render the data set"),
        u"image"_s,
        tr("Render every chair from 62 views and pack the data set; completed chairs are kept"),
        [this] { m_data->render(); });
    add(u"data.check"_s,
        tr("&Check the data set"),
        u"check"_s,
        tr("Read everything and compare it with its hash"),
        [this] { m_data->check(); });
    add(u"data.sheet"_s, tr("Make a contact sheet"), u"grid"_s, tr("All chairs in one picture"), [this] {
        makeSheet();
    });
}

void TrainingPanel::fillHeader() {
    for (const QString& id : {u"resume"_s, u"pause"_s, u"stop"_s, u"saveNow"_s, u"open"_s})
        addHeaderAction(action(id));
    for (const QString& id :
         {u"extend"_s, u"branch"_s, u"rename"_s, u"discard"_s, u"exportCurves"_s, u"emptyWastebasket"_s})
        addOverflowAction(action(id));
    connect(m_table, &RunTable::menuAsked, this, [this](const QPoint& at) {
        QMenu menu(this);
        for (const QString& id : {u"resume"_s,
                                  u"pause"_s,
                                  u"stop"_s,
                                  u"saveNow"_s,
                                  u"extend"_s,
                                  u"branch"_s,
                                  u"open"_s,
                                  u"rename"_s,
                                  u"discard"_s})
            menu.addAction(action(id));
        menu.exec(at);
    });
}

void TrainingPanel::updatePrimary() {
    setPrimaryAction(action(m_state.page == TrainingPage::NewRun ? u"begin"_s
                            : m_state.page == TrainingPage::Data ? u"data.render"_s
                                                                 : u"new"_s));
}

void TrainingPanel::updateCommands() {
    const RunInfo* run = currentRun();
    const auto enable = [this](const QString& id, bool on) { action(id)->setEnabled(on); };
    const auto can = [run](RunAction action) { return run && allows(*run, action); };
    enable(u"resume"_s, can(RunAction::Start) || can(RunAction::Resume));
    enable(u"pause"_s, can(RunAction::Pause));
    enable(u"stop"_s, can(RunAction::Stop));
    enable(u"saveNow"_s, can(RunAction::SaveNow));
    enable(u"extend"_s, can(RunAction::Extend));
    enable(u"branch"_s, can(RunAction::Branch));
    showOpenCommand();
    enable(u"rename"_s, can(RunAction::Rename));
    enable(u"discard"_s, can(RunAction::Discard));
    enable(u"exportCurves"_s, m_state.page == TrainingPage::Runs && m_runPage->curves()->numPlots() > 0);
    QAction* resume = action(u"resume"_s);
    const QString verb = can(RunAction::Resume) ? tr("&Resume") : tr("&Start");
    if (resume->text() != verb) resume->setText(verb);
    const bool working = m_data->work() != DataService::Work::None;
    enable(u"data.render"_s, !working);
    enable(u"data.check"_s, !working && m_data->isThere().value_or(false));
    enable(u"data.sheet"_s, !working);
    const bool valid = m_state.page == TrainingPage::NewRun && !m_guarded && !m_newRunPage->dataIsMissing() &&
                       nameProblem().isEmpty() && normalisedDraft().ok();
    enable(u"begin"_s, valid);
}

void TrainingPanel::showOpenCommand() {
    const RunInfo* run = currentRun();
    const QString panel = run ? panelOf(*run) : u"chairs"_s;
    QAction* open = action(u"open"_s);
    open->setEnabled(run && allows(*run, RunAction::OpenSnapshot) &&
                     !panel.isEmpty());  // no panel shows some kinds of network
    const QString text = panel == u"segmentation"_s ? tr("&Open in Segmentation")
                         : panel == u"completion"_s ? tr("&Open in Completion")
                                                    : tr("&Open in Chairs");
    if (open->text() != text) open->setText(text);
}

void TrainingPanel::exportCurves() {
    CurvesPane* curves = m_runPage->curves();
    CurvePlot* plot = curves->chosenPlot();
    const auto& ask = services().dialogs.saveFile;
    if (!plot || !ask) return;
    const QString path =
        ask(this, tr("Export curves"), u"curves.png"_s, tr("Picture (*.png);;Paper (*.pdf);;Points (*.csv)"));
    if (path.isEmpty()) return;
    const QString suffix = QFileInfo(path).suffix().toLower();
    const QByteArray bytes = suffix == u"pdf"_s   ? plot->toPdf()
                             : suffix == u"csv"_s ? curves->toCsv().toUtf8()
                                                  : plot->toPng();
    save([path, bytes] { return writeBytes(path, bytes); }, tr("Saved to %1.").arg(path));
}

}  // namespace vitrine
