// SPDX-License-Identifier: GPL-3.0-or-later
// The window's own commands and the menus made from the registry.
#include <QActionGroup>
#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QJsonObject>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QStackedWidget>
#include <QSysInfo>
#include <QWhatsThis>

#include "ui/shell/action_registry.h"
#include "ui/shell/log_dock.h"
#include "ui/shell/main_window.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/panel.h"
#include "ui/shell/rail.h"
#include "ui/shell/settings.h"
#include "ui/shell/theme.h"
#include "ui/shell/undo.h"

using namespace Qt::StringLiterals;

namespace vitrine {

void MainWindow::addFileCommands() {
    m_actions->add({.id = u"file.open"_s,
                    .text = tr("&Open…"),
                    .icon = u"open"_s,
                    .tip = tr("Open a weight file, a chair, an exported picture or a saved state"),
                    .keys = {QKeySequence::Open},
                    .menu = u"File"_s,
                    .group = u"open"_s,
                    .handler = [this](bool) { askOpen(); }});
    m_actions->add({.id = u"file.saveState"_s,
                    .text = tr("&Save state…"),
                    .icon = u"save"_s,
                    .tip = tr("Save what all panels show, to open it again"),
                    .keys = {QKeySequence::Save},
                    .menu = u"File"_s,
                    .group = u"save"_s,
                    .handler = [this](bool) { askSaveState(); }});
    m_actions->add({.id = u"file.quit"_s,
                    .text = tr("&Quit"),
                    .keys = {QKeySequence(Qt::CTRL | Qt::Key_Q)},
                    .menu = u"File"_s,
                    .group = u"~quit"_s,
                    .handler = [this](bool) { close(); }});
}

void MainWindow::addEditCommands() {
    m_actions->adopt(m_undo->createUndoAction(this, tr("&Undo")),
                     {.id = u"edit.undo"_s,
                      .icon = u"undo"_s,
                      .tip = tr("Take the last change back"),
                      .keys = {QKeySequence(Qt::CTRL | Qt::Key_Z)},
                      .menu = u"Edit"_s,
                      .group = u"undo"_s});
    m_actions->adopt(
        m_undo->createRedoAction(this, tr("&Redo")),
        {.id = u"edit.redo"_s,
         .icon = u"redo"_s,
         .tip = tr("Do again what was taken back"),
         .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)},
         .menu = u"Edit"_s,
         .group = u"undo"_s});
}

void MainWindow::addPanelCommand(Panel* panel) {
    if (!m_panelGroup) m_panelGroup = new QActionGroup(this);
    const int place = m_stack->count();
    QAction* entry = m_actions->add({.id = u"view.panel."_s + panel->info().id,
                                     .text = panel->info().title,
                                     .icon = panel->info().icon,
                                     .tip = panel->info().tip,
                                     .keys = {QKeySequence(u"Ctrl+%1"_s.arg(place))},
                                     .menu = u"View"_s,
                                     .group = u"0panels"_s,
                                     .checkable = true,
                                     .handler = [this, id = panel->info().id](bool) { showPanel(id); }});
    m_panelGroup->addAction(entry);
    m_rail->addPanelAction(entry);
}

void MainWindow::addViewCommands() {
    m_actions->add({.id = u"view.inspector"_s,
                    .text = tr("&Inspector"),
                    .icon = u"sidebar"_s,
                    .tip = tr("Show or hide the controls at the right"),
                    .keys = {QKeySequence(Qt::CTRL | Qt::Key_I)},
                    .menu = u"View"_s,
                    .group = u"1parts"_s,
                    .checkable = true,
                    .handler = [this](bool on) {
                        if (currentPanel()) currentPanel()->setInspectorVisible(on);
                    }});
    m_actions->add({.id = u"view.strip"_s,
                    .text = tr("&Strip"),
                    .icon = u"strip"_s,
                    .tip = tr("Show or hide the row of pictures below"),
                    .keys = {QKeySequence(Qt::CTRL | Qt::Key_B)},
                    .menu = u"View"_s,
                    .group = u"1parts"_s,
                    .checkable = true,
                    .handler = [this](bool on) {
                        if (currentPanel()) currentPanel()->setStripVisible(on);
                    }});
    QAction* log = m_actions->adopt(m_log->toggleViewAction(),
                                    {.id = u"view.log"_s,
                                     .text = tr("&Log"),
                                     .icon = u"log"_s,
                                     .tip = tr("Show or hide what the program said"),
                                     .keys = {QKeySequence(Qt::CTRL | Qt::Key_L)},
                                     .menu = u"View"_s,
                                     .group = u"1parts"_s});
    m_rail->addFootAction(log);
    m_actions->add({.id = u"view.fullScreen"_s,
                    .text = tr("&Full screen"),
                    .keys = {QKeySequence(Qt::Key_F11)},
                    .menu = u"View"_s,
                    .group = u"3window"_s,
                    .checkable = true,
                    .handler = [this](bool on) { on ? showFullScreen() : showNormal(); }});
    m_actions->add({.id = u"view.resetLayout"_s,
                    .text = tr("&Reset layout"),
                    .tip = tr("Put all parts of the window back where they were at first"),
                    .menu = u"View"_s,
                    .group = u"3window"_s,
                    .handler = [this](bool) { resetLayout(); }});
}

void MainWindow::addThemeCommands() {
    auto* group = new QActionGroup(this);
    const QList<std::pair<ThemeChoice, QString>> choices = {{ThemeChoice::System, tr("As the s&ystem")},
                                                            {ThemeChoice::Light, tr("L&ight")},
                                                            {ThemeChoice::Dark, tr("&Dark")}};
    for (const auto& [choice, text] : choices) {
        group->addAction(m_actions->add({.id = u"view.theme."_s + nameOf(choice),
                                         .text = text,
                                         .menu = u"View"_s,
                                         .group = u"2theme"_s,
                                         .checkable = true,
                                         .checked = choice == Theme::instance().choice(),
                                         .handler = [this, choice](bool) {
                                             Theme::instance().apply(choice);
                                             m_settings->set(u"window/theme"_s, nameOf(choice));
                                         }}));
    }
}

void MainWindow::addHelpCommands() {
    m_actions->add({.id = u"help.whatsThis"_s,
                    .text = tr("&What's this?"),
                    .tip = tr("Click a part of the window to learn what it is"),
                    .keys = {QKeySequence(Qt::SHIFT | Qt::Key_F1)},
                    .menu = u"Help"_s,
                    .handler = [](bool) { QWhatsThis::enterWhatsThisMode(); }});
    m_actions->add({.id = u"help.copyDiagnostics"_s,
                    .text = tr("&Copy diagnostics"),
                    .icon = u"copy"_s,
                    .tip = tr("Copy versions and device, for a report of a fault"),
                    .menu = u"Help"_s,
                    .handler = [this](bool) {
                        QGuiApplication::clipboard()->setText(diagnostics());
                        m_messages->showMessage(MessageKind::Good, tr("Diagnostics are on the clipboard."));
                    }});
    m_actions->add({.id = u"help.about"_s,
                    .text = tr("&About Vitrine"),
                    .icon = u"info"_s,
                    .menu = u"Help"_s,
                    .handler = [this](bool) {
                        m_messages->showMessage(
                            MessageKind::Info,
                            tr("Vitrine %1 looks inside deep structured models, and trains them. "
                               "GPL-3.0-or-later.")
                                .arg(QCoreApplication::applicationVersion()),
                            diagnostics());
                    }});
}

QString MainWindow::diagnostics() const {
    QStringList lines{
        u"Vitrine %1"_s.arg(QCoreApplication::applicationVersion()),
        u"Qt %1 on %2 (%3)"_s.arg(
            QString::fromLatin1(qVersion()), QSysInfo::prettyProductName(), QGuiApplication::platformName())};
    if (screen()) {
        lines << u"Screen %1 x %2, scale %3"_s.arg(screen()->size().width())
                     .arg(screen()->size().height())
                     .arg(devicePixelRatioF());
    }
    lines << u"Theme %1"_s.arg(nameOf(Theme::instance().choice()));
    for (int i = 0; i < m_stack->count(); ++i) {
        if (const auto* each = qobject_cast<Panel*>(m_stack->widget(i))) lines << each->diagnostics();
    }
    return lines.join(u'\n');
}

void MainWindow::fillMenus() {
    menuBar()->clear();
    for (const QString& name : m_actions->menus()) {
        QMenu* menu = menuBar()->addMenu(u'&' + name);
        menu->setObjectName(u"menu."_s + name);
        m_actions->fillMenu(menu, name);
        if (name != "File"_L1) continue;
        m_recent = new QMenu(tr("Open &recent"), menu);
        menu->insertMenu(m_actions->action(u"file.saveState"_s), m_recent);
        connect(m_recent, &QMenu::aboutToShow, this, &MainWindow::fillRecentFiles);
        connect(menu, &QMenu::aboutToShow, this, [this] {
            m_recent->setEnabled(!m_settings->recentFiles().isEmpty());
        });
    }
    hideEmptyMenus();
}

void MainWindow::hideEmptyMenus() {
    for (QAction* entry : menuBar()->actions()) {
        const QList<QAction*> inside = entry->menu()->actions();
        const bool any = std::any_of(inside.begin(), inside.end(), [](const QAction* action) {
            return action->isVisible() && !action->isSeparator();
        });
        entry->setVisible(any);
    }
}

void MainWindow::fillRecentFiles() {
    m_recent->clear();
    for (const QString& path : m_settings->recentFiles()) {
        QAction* entry = m_recent->addAction(QDir::toNativeSeparators(path).replace(u'&', u"&&"_s));
        connect(entry, &QAction::triggered, this, [this, path] { openFile(path); });
    }
}

void MainWindow::updatePartCommands() {
    const Panel* current = currentPanel();
    if (!current) return;
    m_actions->action(u"view.inspector"_s)->setChecked(current->isInspectorVisible());
    m_actions->action(u"view.strip"_s)->setChecked(current->isStripVisible());
}

void MainWindow::resetLayout() {
    restoreState(m_firstState, kLayoutVersion);
    for (int i = 0; i < m_stack->count(); ++i) {
        auto* each = qobject_cast<Panel*>(m_stack->widget(i));
        if (!each) continue;
        each->setInspectorVisible(true);
        each->setStripVisible(true);
    }
    updatePartCommands();
}

void MainWindow::askOpen() {
    const QString folder = m_settings->text(u"window/openFolder"_s, QDir::homePath());
    const QString path = m_services->dialogs.openFile(this, tr("Open"), folder, tr("All files (*)"));
    if (path.isEmpty()) return;
    m_settings->set(u"window/openFolder"_s, QFileInfo(path).absolutePath());
    openFile(path);
}

void MainWindow::askSaveState() {
    const QString folder = m_settings->text(u"window/openFolder"_s, QDir::homePath());
    const QString path = m_services->dialogs.saveFile(
        this, tr("Save state"), folder + u"/state.vitrine.json"_s, tr("Saved state (*.json)"));
    if (path.isEmpty()) return;
    const Status saved = saveStateFile(path);
    if (!saved) return m_messages->showError(saved.error());
    m_settings->addRecentFile(path);
    m_messages->showMessage(MessageKind::Good, tr("Saved to %1.").arg(path));
}

}  // namespace vitrine
