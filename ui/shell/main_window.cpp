// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFile>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QMenuBar>
#include <QMimeData>
#include <QSaveFile>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>

#include "core/base/log.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/chair_drag.h"
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

constexpr int kStateVersion = 1;
constexpr int kSpringMs = 500;

QString layoutKey(const Panel& panel) {
    return u"panels/%1/layout"_s.arg(panel.info().id);
}

QStringList localFiles(const QMimeData* mime) {
    QStringList paths;
    for (const QUrl& url : mime->urls()) {
        if (url.isLocalFile()) paths << url.toLocalFile();
    }
    return paths;
}

bool isStateFile(const QString& path) {
    return path.endsWith(".vitrine.json"_L1) || path.endsWith(".json"_L1);
}

bool isOneStateFile(const QMimeData* mime) {
    const QStringList paths = localFiles(mime);
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
    setWindowTitle(u"Vitrine"_s);
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
    m_messages = new MessageBar(center);
    m_stack = new QStackedWidget(center);
    m_stack->setObjectName(u"panels"_s);
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_messages);
    column->addWidget(m_stack, 1);
    auto* row = new QHBoxLayout(center);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addLayout(column, 1);
    setCentralWidget(center);

    m_log = new LogDock(this);
    addDockWidget(Qt::BottomDockWidgetArea, m_log);
    resizeDocks({m_log}, {160}, Qt::Vertical);
    m_log->hide();
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
    if (m_stack->count() == 1) currentPanelChanged();
}

void MainWindow::finish() {
    fillMenus();
    reportClashes();
    m_firstState = saveState(kLayoutVersion);
    restoreLayout();
    currentPanelChanged();
    if (Panel* current = currentPanel())
        current->setFocus();  // no control is chosen before the user chooses one
}

void MainWindow::reportClashes() {
    for (const QString& line : m_actions->clashes()) logWarning(line.toStdString());
}

Panel* MainWindow::panel(const QString& id) const {
    for (int i = 0; i < m_stack->count(); ++i) {
        auto* candidate = qobject_cast<Panel*>(m_stack->widget(i));
        if (candidate && candidate->info().id == id) return candidate;
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
    for (int i = 0; i < m_stack->count(); ++i) {
        auto* other = qobject_cast<Panel*>(m_stack->widget(i));
        if (other && other != current) other->setActive(false);
    }
    if (!current) return;
    m_actions->setContext(current->info().id);
    if (QAction* entry = m_actions->action(u"view.panel."_s + current->info().id)) entry->setChecked(true);
    hideEmptyMenus();
    updatePartCommands();
    current->setActive(true);
}

void MainWindow::restoreLayout() {
    restoreGeometry(m_settings->bytes(u"window/geometry"_s));
    restoreState(m_settings->bytes(u"window/state"_s), kLayoutVersion);
    for (int i = 0; i < m_stack->count(); ++i) {
        auto* each = qobject_cast<Panel*>(m_stack->widget(i));
        if (each) each->restoreLayout(QJsonDocument::fromJson(m_settings->bytes(layoutKey(*each))).object());
    }
    showPanel(m_settings->text(u"window/panel"_s));
}

void MainWindow::saveLayout() {
    m_settings->set(u"window/geometry"_s, saveGeometry());
    m_settings->set(u"window/state"_s, saveState(kLayoutVersion));
    for (int i = 0; i < m_stack->count(); ++i) {
        auto* each = qobject_cast<Panel*>(m_stack->widget(i));
        if (each)
            m_settings->set(layoutKey(*each),
                            QJsonDocument(each->saveLayout()).toJson(QJsonDocument::Compact));
    }
    if (const Panel* current = currentPanel()) m_settings->set(u"window/panel"_s, current->info().id);
    if (!m_settings->sync())
        logWarning("The settings could not be written; is the disk full or the folder read-only?");
}

bool MainWindow::panelsMayClose() {
    for (int i = 0; i < m_stack->count(); ++i) {
        auto* each = qobject_cast<Panel*>(m_stack->widget(i));
        if (each && !each->mayClose()) return false;
    }
    return true;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!panelsMayClose()) return event->ignore();
    saveLayout();
    QMainWindow::closeEvent(event);
}

void MainWindow::openFiles(const QStringList& paths) {
    for (const QString& path : paths) openFile(path);
}

void MainWindow::openFile(const QString& path) {
    if (isStateFile(path)) {
        const Status loaded = loadStateFile(path);
        if (!loaded) m_messages->showError(loaded.error());
        return;
    }
    QList<Panel*> candidates{currentPanel()};
    for (int i = 0; i < m_stack->count(); ++i) {
        auto* other = qobject_cast<Panel*>(m_stack->widget(i));
        if (other != candidates.first()) candidates << other;
    }
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

Status MainWindow::saveStateFile(const QString& path) const {
    QJsonObject panels;
    for (int i = 0; i < m_stack->count(); ++i) {
        const auto* each = qobject_cast<Panel*>(m_stack->widget(i));
        if (each) panels[each->info().id] = each->saveState();
    }
    const QJsonObject whole{{u"vitrine"_s, kStateVersion},
                            {u"panel"_s, currentPanel() ? currentPanel()->info().id : QString()},
                            {u"panels"_s, panels}};
    QSaveFile file(path);
    const QByteArray bytes = QJsonDocument(whole).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return Error{
            ErrorCode::Io,
            tr("%1 could not be written; choose another folder or free some space.").arg(path).toStdString(),
            file.errorString().toStdString()};
    }
    return {};
}

Status MainWindow::loadStateFile(const QString& path) {
    const auto fail = [&path](ErrorCode code, const QString& text, const QString& detail = {}) {
        return Error{code, text.arg(path).toStdString(), detail.toStdString()};
    };
    constexpr qint64 kMaxBytes = 64 << 20;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::Io, tr("%1 could not be read; does it exist?"), file.errorString());
    }
    if (file.size() > kMaxBytes)
        return fail(ErrorCode::BadFormat, tr("%1 is too large to be a saved state."));
    QJsonParseError parse;
    const QJsonObject whole = QJsonDocument::fromJson(file.readAll(), &parse).object();
    if (whole[u"vitrine"_s].toInt() < 1) {
        return fail(ErrorCode::BadFormat,
                    tr("%1 is not a saved state; choose a file that Save state made."),
                    parse.errorString());
    }
    if (whole[u"vitrine"_s].toInt() > kStateVersion) {
        return fail(ErrorCode::Unsupported, tr("%1 comes from a newer Vitrine; update to open it."));
    }
    const QJsonObject states = whole[u"panels"_s].toObject();
    VITRINE_CHECK(restorePanels(states));
    showPanel(whole[u"panel"_s].toString());
    m_settings->addRecentFile(path);
    return {};
}

// Whole or not at all: where one panel refuses, the others get back what they had. What took is one step of
// undo.
Status MainWindow::restorePanels(const QJsonObject& states) {
    QJsonObject before;
    for (const QString& id : states.keys()) {
        if (const Panel* each = panel(id)) before[id] = each->saveState();
    }
    const auto apply = [this](const QJsonObject& wanted) -> Status {
        for (const QString& id : wanted.keys()) {
            if (Panel* each = panel(id)) VITRINE_CHECK(each->restoreState(wanted[id].toObject()));
        }
        return {};
    };
    const Status taken = apply(states);
    if (!taken) {
        const Status back = apply(before);
        if (!back) logWarning(back.error().message);
        return taken.error();
    }
    QJsonObject after;
    for (const QString& id : before.keys()) after[id] = panel(id)->saveState();
    m_undo->endGesture();
    m_undo->set(u"window.loadState"_s, tr("Open state"), before, after, [apply](const QJsonObject& wanted) {
        const Status done = apply(wanted);
        if (!done) logWarning(done.error().message);
    });
    m_undo->endGesture();
    return {};
}

Panel* MainWindow::panelForDrop(const QMimeData* mime, const QPoint& position) const {
    if (QAction* entry = m_rail->panelActionAt(m_rail->mapFrom(this, position))) {
        auto* named = qobject_cast<Panel*>(m_stack->widget(int(m_panelGroup->actions().indexOf(entry))));
        if (named && named->acceptsDrop(mime)) return named;
    }
    if (Panel* current = currentPanel(); current && current->acceptsDrop(mime)) return current;
    // What is dragged inside the window is meant for what is under it; a file may be for any panel.
    if (carriesChair(*mime)) return nullptr;
    for (int i = 0; i < m_stack->count(); ++i) {
        auto* other = qobject_cast<Panel*>(m_stack->widget(i));
        if (other && other->acceptsDrop(mime)) return other;
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
    Panel* target = panelForDrop(event->mimeData(), event->position().toPoint());
    if (!target && !isOneStateFile(event->mimeData())) return event->ignore();
    event->acceptProposedAction();
    if (!target) return openFiles(localFiles(event->mimeData()));
    m_stack->setCurrentWidget(target);
    target->drop(event->mimeData());
}

}  // namespace vitrine
