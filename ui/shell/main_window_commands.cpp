// SPDX-License-Identifier: GPL-3.0-or-later
// The window's own commands and the menus made from the registry.
#include <QActionGroup>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QJsonObject>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QSysInfo>
#include <QWhatsThis>

#include "ui/shell/action_registry.h"
#include "ui/shell/cheat_sheet.h"
#include "ui/shell/citation_window.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/history_dock.h"
#include "ui/shell/key_editor.h"
#include "ui/shell/log_dock.h"
#include "ui/shell/main_window.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/panel.h"
#include "ui/shell/rail.h"
#include "ui/shell/settings.h"
#include "ui/shell/start_window.h"
#include "ui/shell/theme.h"
#include "ui/shell/tour.h"
#include "ui/shell/undo.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

const QString kSend = u"edit.send."_s;  ///< and a panel's id: a command for each

}  // namespace

void MainWindow::addFileCommands() {
    m_actions->add({.id = u"file.quit"_s,
                    .text = tr("&Quit"),
                    .keys = {QKeySequence(Qt::CTRL | Qt::Key_Q)},
                    .menu = u"File"_s,
                    .group = u"~quit"_s,
                    .handler = [this](bool) { close(); }});
}

void MainWindow::addEditCommands() {
    m_actions->add({.id = u"edit.undo"_s,
                    .text = tr("&Undo"),
                    .icon = u"undo"_s,
                    .tip = tr("Undo the last change; its panel comes to the front"),
                    .keys = {QKeySequence(Qt::CTRL | Qt::Key_Z)},
                    .menu = u"Edit"_s,
                    .group = u"undo"_s,
                    .handler = [this](bool) { undoStep(); }});
    m_actions->add(
        {.id = u"edit.redo"_s,
         .text = tr("&Redo"),
         .icon = u"redo"_s,
         .tip = tr("Redo the last change that was undone; its panel comes to the front"),
         .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)},
         .menu = u"Edit"_s,
         .group = u"undo"_s,
         .handler = [this](bool) { redoStep(); }});
    connect(m_undo, &UndoHistory::indexChanged, this, &MainWindow::updateUndoCommands);
    connect(m_undo, &UndoHistory::undoTextChanged, this, &MainWindow::updateUndoCommands);
    updateUndoCommands();
}

void MainWindow::undoStep() {
    showStep(m_undo->undoPanel(), tr("Undone in %1: %2"), m_undo->undoText());
    m_undo->undo();
}

void MainWindow::redoStep() {
    showStep(m_undo->redoPanel(), tr("Redone in %1: %2"), m_undo->redoText());
    m_undo->redo();
}

/// No change is made where it isn't seen. `message` has places for the panel's title and the step's text.
void MainWindow::showStep(const QString& panelId, const QString& message, const QString& step) {
    Panel* changed = panel(panelId);
    if (!changed || changed == currentPanel()) return;
    m_stack->setCurrentWidget(changed);
    m_messages->showMessage(MessageKind::Info, message.arg(changed->info().title, step));
}

/// "Undo: Turn the chair (Chairs)"; the panel's title is left out where it is in front.
void MainWindow::updateUndoCommands() {
    const auto show = [this](const QString& id, const QString& verb, QString step, const QString& panelId) {
        const Panel* changed = panel(panelId);
        QString text = step.isEmpty() ? verb : u"%1: %2"_s.arg(verb, step.replace(u'&', u"&&"_s));
        if (changed && changed != currentPanel()) text += u" (%1)"_s.arg(changed->info().title);
        m_actions->action(id)->setText(text);
    };
    show(u"edit.undo"_s, tr("&Undo"), m_undo->undoText(), m_undo->undoPanel());
    show(u"edit.redo"_s, tr("&Redo"), m_undo->redoText(), m_undo->redoPanel());
    m_actions->action(u"edit.undo"_s)->setEnabled(m_undo->canUndo());
    m_actions->action(u"edit.redo"_s)->setEnabled(m_undo->canRedo());
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
                                     .tip = tr("Show or hide the program's log"),
                                     .keys = {QKeySequence(Qt::CTRL | Qt::Key_L)},
                                     .menu = u"View"_s,
                                     .group = u"1parts"_s});
    m_rail->addFootAction(log);
    m_actions->adopt(m_history->toggleViewAction(),
                     {.id = u"view.history"_s,
                      .text = tr("&History"),
                      .icon = u"undo"_s,
                      .tip = tr("Show or hide the steps of undo; a click goes back or forward to one"),
                      .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H)},
                      .menu = u"View"_s,
                      .group = u"1parts"_s});
    m_actions->add({.id = u"view.fullScreen"_s,
                    .text = tr("&Full screen"),
                    .keys = {QKeySequence(Qt::Key_F11)},
                    .menu = u"View"_s,
                    .group = u"3window"_s,
                    .checkable = true,
                    .handler = [this](bool on) { on ? showFullScreen() : showNormal(); }});
    m_actions->add({.id = u"view.resetLayout"_s,
                    .text = tr("&Reset layout"),
                    .tip = tr("Restore the default layout of the window"),
                    .menu = u"View"_s,
                    .group = u"3window"_s,
                    .handler = [this](bool) { resetLayout(); }});
}

void MainWindow::addThemeCommands() {
    auto* group = new QActionGroup(this);
    const QList<std::pair<ThemeChoice, QString>> choices = {{ThemeChoice::System, tr("S&ystem theme")},
                                                            {ThemeChoice::Light, tr("L&ight theme")},
                                                            {ThemeChoice::Dark, tr("&Dark theme")}};
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
    m_actions->add({.id = u"help.palette"_s,
                    .text = tr("&Find a command…"),
                    .icon = u"search"_s,
                    .tip = tr("Find any command by a few of its letters"),
                    .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)},
                    .menu = u"Help"_s,
                    .group = u"0find"_s,
                    .handler = [this](bool) {
                        updateSendCommands();
                        m_palette->open();
                    }});
    m_actions->add({.id = u"help.keys"_s,
                    .text = tr("&Keyboard shortcuts"),
                    .tip = tr("Show the shortcuts of this panel and of the window"),
                    .keys = {QKeySequence(Qt::Key_Question)},
                    .menu = u"Help"_s,
                    .group = u"0find"_s,
                    .handler = [this](bool) { m_cheatSheet->open(); }});
    m_actions->add({.id = u"help.editKeys"_s,
                    .text = tr("&Change shortcuts…"),
                    .tip = tr("Assign other shortcuts to commands"),
                    .menu = u"Help"_s,
                    .group = u"0find"_s,
                    .handler = [this](bool) { editKeys(); }});
    m_actions->add({.id = u"help.start"_s,
                    .text = tr("&Lessons…"),
                    .icon = u"help"_s,
                    .tip = tr("Three ready projects to explore, and the projects used last"),
                    .keys = {QKeySequence(Qt::Key_F1)},
                    .menu = u"Help"_s,
                    .handler = [this](bool) { showStart(); }});
    m_actions->add({.id = u"help.tour"_s,
                    .text = tr("&Tour"),
                    .tip = tr("Five steps through the window"),
                    .menu = u"Help"_s,
                    .handler = [this](bool) { startTour(); }});
    m_actions->add({.id = u"help.whatsThis"_s,
                    .text = tr("&What's this?"),
                    .tip = tr("Click a part of the window for an explanation"),
                    .keys = {QKeySequence(Qt::SHIFT | Qt::Key_F1)},
                    .menu = u"Help"_s,
                    .handler = [](bool) { QWhatsThis::enterWhatsThisMode(); }});
    m_actions->add({.id = u"help.modelCard"_s,
                    .text = tr("About this &model"),
                    .icon = u"info"_s,
                    .tip = tr("Read the model card of the network that this panel works with"),
                    .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M)},
                    .menu = u"Help"_s,
                    .handler = [this](bool) { showModelCard(); }});
    m_actions->add({.id = u"help.cite"_s,
                    .text = tr("C&ite…"),
                    .tip = tr("Show how to cite Vitrine and the two papers, as BibTeX"),
                    .menu = u"Help"_s,
                    .handler = [this](bool) { showCitation(); }});
    m_actions->add({.id = u"help.copyDiagnostics"_s,
                    .text = tr("&Copy diagnostics"),
                    .icon = u"copy"_s,
                    .tip = tr("Copy versions and device for a bug report"),
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

void MainWindow::setModelCardReader(ModelCardReader reader) {
    m_readCard = std::move(reader);
    showModel();
}

void MainWindow::showModelCard() {
    const Panel* current = currentPanel();
    if (!m_readCard || !current || current->model().file.isEmpty()) return;
    if (!m_card) {
        m_card = new ModelCardWindow(this);
        connect(m_card, &ModelCardWindow::linkClicked, this, [](const QUrl& link) {
            QDesktopServices::openUrl(link);
        });
    }
    const QString weights = current->model().file;
    m_card->setLoading(QFileInfo(weights).completeBaseName(), weights);
    m_card->show();
    m_card->raise();
    m_card->activateWindow();
    m_readCard(weights, [this](const ModelCardPage& page) { m_card->setPage(page); });
}

void MainWindow::showCitation() {
    if (!m_citation) {
        m_citation = new CitationWindow(this);
        connect(m_citation, &CitationWindow::copied, this, [this] {
            m_messages->showMessage(MessageKind::Good, tr("The citations are on the clipboard."));
        });
    }
    m_citation->show();
    m_citation->raise();
    m_citation->activateWindow();
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
    for (const Panel* each : panels()) lines << each->diagnostics();
    return lines.join(u'\n');
}

void MainWindow::fillMenus() {
    menuBar()->clear();
    for (const QString& name : m_actions->menus()) {
        QMenu* menu = menuBar()->addMenu(u'&' + name);
        menu->setObjectName(u"menu."_s + name);
        m_actions->fillMenu(menu, name);
        if (name == "Edit"_L1) connect(menu, &QMenu::aboutToShow, this, &MainWindow::updateSendCommands);
        if (name != "File"_L1) continue;
        m_recent = new QMenu(tr("Open &recent"), menu);
        menu->insertMenu(m_actions->action(u"file.save"_s), m_recent);
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
    for (Panel* each : panels()) each->resetLayout();
    updatePartCommands();
}

void MainWindow::askOpen() {
    const QString folder = m_settings->text(u"window/openFolder"_s, QDir::homePath());
    const QString path = m_services->dialogs.openFile(this, tr("Open"), folder, tr("All files (*)"));
    if (path.isEmpty()) return;
    m_settings->set(u"window/openFolder"_s, QFileInfo(path).absolutePath());
    openFile(path);
}

// A command of another panel brings its panel to the front first.
void MainWindow::runCommand(const QString& id) {
    const Command* command = m_actions->command(id);
    if (!command) return;
    if (!command->context.isEmpty()) showPanel(command->context);
    m_actions->action(id)->trigger();
}

void MainWindow::editKeys() {
    auto* editor = new KeyEditor(*m_actions, *m_settings, this);
    editor->show();
}

void MainWindow::addSendCommands() {
    for (Panel* target : panels()) {
        m_actions->add({.id = kSend + target->info().id,
                        .text = tr("Send to %1").arg(target->info().title),
                        .icon = target->info().icon,
                        .tip = tr("Open what this panel shows in %1").arg(target->info().title),
                        .menu = u"Edit"_s,
                        .group = u"send"_s,
                        .handler = [this, target](bool) { sendTo(target); }});
    }
}

/// Only to panels that take what the one in front has.
void MainWindow::updateSendCommands() {
    const Panel* current = currentPanel();
    const auto mime = current ? current->handOver() : nullptr;
    for (const Panel* target : panels())
        m_actions->action(kSend + target->info().id)
            ->setEnabled(mime && target != current && target->acceptsDrop(mime.get()));
}

void MainWindow::sendTo(Panel* target) {
    const auto mime = currentPanel() ? currentPanel()->handOver() : nullptr;
    if (!mime || !target->acceptsDrop(mime.get())) return;
    m_stack->setCurrentWidget(target);
    target->drop(mime.get());
}

void MainWindow::showStart() {
    if (!m_start) {
        m_start = new StartWindow(this);
        connect(m_start, &StartWindow::projectChosen, this, &MainWindow::openFile);
        connect(m_start, &StartWindow::lessonChosen, this, &MainWindow::startLesson);
        connect(m_start, &StartWindow::tourChosen, this, &MainWindow::startTour);
    }
    QStringList projects = m_settings->recentFiles();
    projects.removeIf([](const QString& path) { return !path.endsWith(".json"_L1); });
    m_start->setProjects(projects);
    m_start->show();
    m_start->raise();
    m_start->activateWindow();
}

void MainWindow::startTour() {
    const Panel* current = currentPanel();
    const auto part = [&](QWidget* (Panel::*of)() const) { return current ? (current->*of)() : nullptr; };
    auto* tour = new Tour(
        {{m_rail,
          tr("A panel for each task"),
          tr("Chairs shows the generator of Dosovitskiy et al. 2015, Segmentation and Completion show the "
             "conditional VAE of Sohn et al. 2015; the other panels inspect and train their networks. "
             "Ctrl+1, Ctrl+2 and so on switch panels.")},
         {part(&Panel::stage),
          tr("The pictures are the controls"),
          tr("Drag on a picture: a chair turns, a brush paints, a point moves. Escape cancels.")},
         {part(&Panel::inspector),
          tr("Every number has a slider"),
          tr("Double-click resets it. Ctrl+Z undoes any change, one drag at a time. Shift+F1 and a click "
             "explain a part of the window and name its section of the paper.")},
         {part(&Panel::strip),
          tr("Choose from the strip"),
          tr("Chairs, scenes, samples and frames appear here: click one, or drag it, even to another panel, "
             "over the bar on the left.")},
         {nullptr,
          tr("Everything by keyboard"),
          tr("Ctrl+Shift+P finds any command, ? shows the keyboard shortcuts, F1 the lessons. Drop weights, "
             "chairs, pictures "
             "or projects anywhere. An exported picture contains the recipe to reproduce it.")}},
        this);
    connect(tour, &Tour::finished, this, [this] { m_settings->set(u"tour/seen"_s, true); });
}

}  // namespace vitrine
