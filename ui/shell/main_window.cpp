// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QMenuBar>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <algorithm>

#include "core/base/log.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/autosave.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/cheat_sheet.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/history_dock.h"
#include "ui/shell/key_editor.h"
#include "ui/shell/log_dock.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/panel.h"
#include "ui/shell/rail.h"
#include "ui/shell/settings.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/theme.h"
#include "ui/shell/undo.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kSpringMs = 500;

QString layoutKey(const Panel& panel) {
    return u"panels/%1/layout"_s.arg(panel.info().id);
}

bool isStateFile(const QString& path) {
    return path.endsWith(".vitrine.json"_L1) || path.endsWith(".json"_L1);
}

bool isOneStateFile(const QMimeData* mime) {
    const QStringList paths = localFiles(*mime);
    return paths.size() == 1 && isStateFile(paths.first());
}

}  // namespace

MainWindow::MainWindow(std::unique_ptr<Settings> settings, QWidget* parent)
    : QMainWindow(parent), m_settings(std::move(settings)) {
    Theme::instance().apply(themeChoiceFromString(m_settings->text(u"window/theme"_s, u"system"_s)));
    buildLayout();
    m_services.reset(
        new ShellServices{*m_actions, *m_undo, *m_settings, *m_messages, *m_status, Dialogs::ofQt()});
    m_services->openInPanel = [this](const QString& id, const QString& path) { openInPanel(id, path); };
    addProjectCommands();
    addFileCommands();
    addEditCommands();
    addViewCommands();
    addThemeCommands();
    addHelpCommands();
}

MainWindow::~MainWindow() {
    // Panels first: they may use the services until they end.
    m_undo->clear();
    while (m_stack->count() > 0) delete m_stack->widget(0);
}

void MainWindow::buildLayout() {
    setObjectName(u"mainWindow"_s);
    setAcceptDrops(true);
    m_springTimer = new QTimer(this);
    m_springTimer->setSingleShot(true);
    m_springTimer->setInterval(kSpringMs);
    connect(m_springTimer, &QTimer::timeout, this, [this] {
        if (m_springEntry) m_springEntry->trigger();
    });
    setMinimumSize(720, 480);
    resize(1280, 800);
    setDockOptions(QMainWindow::AllowTabbedDocks);

    m_actions = new ActionRegistry(this);
    m_undo = new UndoHistory(this);
    auto* center = new QWidget(this);
    m_rail = new Rail(center);
    auto* page = new QWidget(center);
    m_messages = new MessageBar(page);  // over the panels; before them in the order of Tab
    m_stack = new QStackedWidget(page);
    m_stack->setObjectName(u"panels"_s);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    auto* row = new QHBoxLayout(center);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addWidget(page, 1);
    setCentralWidget(center);

    m_log = new LogDock(this);
    addDockWidget(Qt::BottomDockWidgetArea, m_log);
    resizeDocks({m_log}, {160}, Qt::Vertical);
    m_log->hide();
    const auto iconOf = [this](const QString& id) {
        const Panel* owner = panel(id);
        return owner ? Theme::icon(owner->info().icon) : QIcon();
    };
    m_history = new HistoryDock(*m_undo, iconOf, this);
    addDockWidget(Qt::BottomDockWidgetArea, m_history);
    m_history->hide();
    connect(m_history, &HistoryDock::wentTo, this, &MainWindow::showPanel);
    m_status = new StatusBar(this);
    auto* bar = new QStatusBar(this);
    bar->setSizeGripEnabled(false);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->addPermanentWidget(m_status, 1);
    setStatusBar(bar);
    connect(m_stack, &QStackedWidget::currentChanged, this, &MainWindow::currentPanelChanged);
}

void MainWindow::addPanel(Panel* panel) {
    m_stack->addWidget(panel);
    addPanelCommand(panel);
    connect(panel, &Panel::modelChanged, this, &MainWindow::showModel);
    if (m_stack->count() == 1) currentPanelChanged();
}

void MainWindow::finish() {
    addSendCommands();
    m_palette = new CommandPalette(
        *m_actions, [this](const QString& id) { runCommand(id); }, this);
    m_cheatSheet = new CheatSheet(*m_actions, this);
    restoreKeys(*m_actions, *m_settings);
    fillMenus();
    reportClashes();
    m_firstPanels = statesOf(panels());
    m_firstState = saveState(kLayoutVersion);
    restoreLayout();
    currentPanelChanged();
    if (Panel* current = currentPanel())
        current->setFocus();  // no control is chosen before the user chooses one
}

void MainWindow::reportClashes() {
    for (const QString& line : m_actions->clashes()) logWarning(line.toStdString());
}

QList<Panel*> MainWindow::panels() const {
    QList<Panel*> all;
    for (int i = 0; i < m_stack->count(); ++i)
        if (auto* each = qobject_cast<Panel*>(m_stack->widget(i))) all << each;
    return all;
}

Panel* MainWindow::panel(const QString& id) const {
    for (Panel* candidate : panels()) {
        if (candidate->info().id == id) return candidate;
    }
    return nullptr;
}

Panel* MainWindow::currentPanel() const {
    return qobject_cast<Panel*>(m_stack->currentWidget());
}

bool MainWindow::showPanel(const QString& id) {
    Panel* wanted = panel(id);
    if (!wanted) return false;
    m_stack->setCurrentWidget(wanted);
    return true;
}

void MainWindow::currentPanelChanged() {
    Panel* current = currentPanel();
    for (Panel* other : panels()) {
        if (other != current) other->setActive(false);
    }
    m_messages->setRoom(current ? current->stage() : nullptr);
    if (!current) return;
    m_actions->setContext(current->info().id);
    if (QAction* entry = m_actions->action(u"view.panel."_s + current->info().id)) entry->setChecked(true);
    hideEmptyMenus();
    updatePartCommands();
    updateUndoCommands();
    showModel();
    m_status->setLatencyMs(-1);  // those were another panel's
    m_status->setFps(-1);
    current->setActive(true);
}

void MainWindow::showModel() {
    const Panel* current = currentPanel();
    if (!current) return;
    m_status->setModel(current->model().name, current->model().tip);
    m_status->setDevice(current->model().device);
    m_actions->action(u"help.modelCard"_s)->setEnabled(m_readCard && !current->model().file.isEmpty());
}

void MainWindow::restoreLayout() {
    restoreGeometry(m_settings->bytes(u"window/geometry"_s));
    restoreState(m_settings->bytes(u"window/state"_s), kLayoutVersion);
    for (Panel* each : panels()) {
        each->restoreLayout(QJsonDocument::fromJson(m_settings->bytes(layoutKey(*each))).object());
    }
    showPanel(m_settings->text(u"window/panel"_s));
}

void MainWindow::fitInto(const QSize& screen) {
    constexpr QSize kFrame(16, 48);  // what a window manager adds, about
    const QSize most = screen - kFrame;
    setMinimumSize(minimumSize().boundedTo(most));
    if (!isMaximized() && !isFullScreen()) resize(size().boundedTo(most));
}

void MainWindow::saveLayout() {
    m_settings->set(u"window/geometry"_s, saveGeometry());
    m_settings->set(u"window/state"_s, saveState(kLayoutVersion));
    for (Panel* each : panels()) {
        m_settings->set(layoutKey(*each), QJsonDocument(each->saveLayout()).toJson(QJsonDocument::Compact));
    }
    if (const Panel* current = currentPanel()) m_settings->set(u"window/panel"_s, current->info().id);
    if (!m_settings->sync())
        logWarning("The settings could not be written; is the disk full or the folder read-only?");
}

bool MainWindow::panelsMayClose() {
    for (Panel* each : panels()) {
        if (!each->mayClose()) return false;
    }
    return true;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!panelsMayClose() || !mayLeaveProject()) return event->ignore();
    saveLayout();
    if (m_autosave) m_autosave->drop();
    QMainWindow::closeEvent(event);
}

void MainWindow::openFiles(const QStringList& paths) {
    for (const QString& path : paths) openFile(path);
}

void MainWindow::openFile(const QString& path) {
    findOwner(path, [this, path](Panel* owner) {
        if (!owner && isStateFile(path)) return openState(path);
        QList<Panel*> candidates{owner, currentPanel()};
        for (Panel* other : panels()) {
            if (!candidates.contains(other)) candidates << other;
        }
        openFileIn(candidates, path);
    });
}

void MainWindow::openState(const QString& path) {
    if (!mayLeaveProject()) return;
    const Status loaded = loadStateFile(path);
    if (!loaded) m_messages->showError(loaded.error());
}

void MainWindow::openFileIn(const QList<Panel*>& candidates, const QString& path) {
    Error last{ErrorCode::Unsupported, tr("No panel can open %1.").arg(path).toStdString()};
    for (Panel* candidate : candidates) {
        if (!candidate) continue;
        const Status opened = candidate->openFile(path);
        if (opened) {
            m_stack->setCurrentWidget(candidate);
            m_settings->addRecentFile(path);
            return;
        }
        last = opened.error();
        if (last.code != ErrorCode::Unsupported) break;  // it was this panel's file, and it is broken
    }
    m_messages->showError(last);
}

void MainWindow::openInPanel(const QString& id, const QString& path) {
    Panel* wanted = panel(id);
    const Status opened =
        wanted ? wanted->openFile(path)
               : Status(Error{ErrorCode::NotFound, tr("There is no panel called %1.").arg(id).toStdString()});
    if (!opened) return m_messages->showError(opened.error());
    m_stack->setCurrentWidget(wanted);
    m_settings->addRecentFile(path);
}

void MainWindow::findOwner(const QString& file, const std::function<void(Panel*)>& done) {
    if (!m_readOwner) return done(nullptr);
    m_readOwner(file, [this, done](const QString& panelId) { done(panel(panelId)); });
}

Panel* MainWindow::panelForDrop(const QMimeData* mime, const QPoint& position) const {
    if (QAction* entry = m_rail->panelActionAt(m_rail->mapFrom(this, position))) {
        auto* named = panels().value(m_panelGroup->actions().indexOf(entry));
        if (named && named->acceptsDrop(mime)) return named;
    }
    if (Panel* current = currentPanel(); current && current->acceptsDrop(mime)) return current;
    // What is dragged inside the window is meant for what is under it; a file may be for any panel.
    if (carriesChair(*mime)) return nullptr;
    for (Panel* other : panels()) {
        if (other->acceptsDrop(mime)) return other;
    }
    return nullptr;
}

void MainWindow::springOpen(QAction* entry) {
    if (entry == m_springEntry) return;
    m_springEntry = entry;
    if (entry)
        m_springTimer->start();
    else
        m_springTimer->stop();
}

// Taken wherever it enters: on its way it may come to a place where it can be dropped.
void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    event->acceptProposedAction();
}

void MainWindow::dragMoveEvent(QDragMoveEvent* event) {
    const QPoint position = event->position().toPoint();
    springOpen(m_rail->panelActionAt(m_rail->mapFrom(this, position)));
    if (panelForDrop(event->mimeData(), position) || isOneStateFile(event->mimeData()))
        event->acceptProposedAction();
    else
        event->ignore();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) {
    springOpen(nullptr);
}

void MainWindow::dropEvent(QDropEvent* event) {
    springOpen(nullptr);
    const QMimeData* mime = event->mimeData();
    Panel* target = panelForDrop(mime, event->position().toPoint());
    if (!target && !isOneStateFile(mime)) return event->ignore();
    event->acceptProposedAction();
    const QStringList files = localFiles(*mime);
    if (!target) return openFiles(files);
    if (files.size() == 1) return dropFile(files.first(), target);
    m_stack->setCurrentWidget(target);
    target->drop(mime);
}

/// One file goes to the panel that exported it, else to `target`. The drag's own data does not outlive its
/// event.
void MainWindow::dropFile(const QString& file, Panel* target) {
    findOwner(file, [this, file, target](Panel* owner) {
        if (!owner && isStateFile(file)) return openState(file);
        Panel* taker = owner ? owner : target;
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file)});
        m_stack->setCurrentWidget(taker);
        taker->drop(&mime);
    });
}

}  // namespace vitrine
