// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QMainWindow>
#include <functional>
#include <memory>
#include <utility>

#include "core/base/result.h"
#include "ui/shell/model_card_window.h"
#include "ui/shell/shell_services.h"

class QActionGroup;
class QMenu;
class QMimeData;
class QStackedWidget;
class QTimer;

namespace vitrine {

class Autosave;
class CheatSheet;
class CitationWindow;
class CommandPalette;
class HistoryDock;
class LogDock;
class Panel;
struct LeftWork;
class Rail;
class StartWindow;
struct Lesson;

/// Finds the panel that exported a file, off the GUI thread, and calls back on it; an empty id: none did.
using FileOwnerReader =
    std::function<void(const QString& file, std::function<void(const QString& panelId)> done)>;

/// The window: rail, panels, messages, status line, log dock, menus. It owns the services and lends them to
/// the panels:
///   MainWindow window(Settings::forUser());
///   window.addPanel(new ChairPanel(window.services()));
///   window.finish();
/// Thread: GUI.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(std::unique_ptr<Settings> settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    ShellServices& services() { return *m_services; }
    /// Owns: the panel. It gets an entry in the rail and Ctrl+1, Ctrl+2, ...
    void addPanel(Panel* panel);
    /// After the last panel: fills the menus, checks the keys, restores the layout.
    void finish();

    QList<Panel*> panels() const;  ///< in the order in which they were added
    Panel* panel(const QString& id) const;
    Panel* currentPanel() const;
    bool showPanel(const QString& id);

    /// Opens files in the panel that exported them, the current panel or the first other one that takes them.
    void openFiles(const QStringList& paths);
    /// Shows a panel and opens a file in it, whatever the file's kind.
    void openInPanel(const QString& id, const QString& path);
    /// All panels' states as one JSON file, a project. One that was loaded is the one that Save writes.
    /// Errors: Io, BadFormat, Unsupported.
    Status saveStateFile(const QString& path) const;
    Status loadStateFile(const QString& path);
    /// From now on what is shown is kept in a folder until the window is closed, to be recovered after a
    /// crash. Offers what is there already.
    void keepWorkIn(const QString& folder);
    /// Makes the window, with its frame, no larger than the room that a screen offers to windows.
    void fitInto(const QSize& screen);
    /// Does a command, in its panel if it has one.
    void runCommand(const QString& id);
    void startTour();
    /// The projects used last and the lessons.
    void showStart();
    /// Opens its project, without a file of its own, and says what to do; asks first where there is unsaved
    /// work.
    void startLesson(const Lesson& lesson);
    /// Without one no panel owns a file.
    void setFileOwnerReader(FileOwnerReader reader) { m_readOwner = std::move(reader); }
    /// Where Help > About this model gets its page; without one the command is disabled.
    void setModelCardReader(ModelCardReader reader);
    /// Program, Qt, screen and what the panels' models run on: for a report of a fault.
    QString diagnostics() const;

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildLayout();
    void addProjectCommands();
    void addFileCommands();
    void addSendCommands();
    void addEditCommands();
    void addViewCommands();
    void addThemeCommands();
    void addHelpCommands();
    void addPanelCommand(Panel* panel);
    void fillMenus();
    void hideEmptyMenus();
    void fillRecentFiles();
    void reportClashes();
    void updatePartCommands();
    void currentPanelChanged();
    void showModel();
    void showModelCard();
    void showCitation();
    void restoreLayout();
    void saveLayout();
    void resetLayout();
    void askOpen();
    void setProject(const QString& path);
    void newProject();
    bool saveProject();
    bool askSaveProject();
    bool saveProjectAs(const QString& path);
    bool mayLeaveProject();
    void offer(const LeftWork& left);
    Status recover(const LeftWork& left);
    QJsonObject stateOfAll() const;
    static QJsonObject statesOf(const QList<Panel*>& panels);
    static Result<QJsonObject> readState(const QString& path);
    Status restoreWhole(const QJsonObject& whole);
    void editKeys();
    /// Brings the panel of the step to the front, then takes it back or does it again.
    void undoStep();
    void redoStep();
    void showStep(const QString& panelId, const QString& message, const QString& step);
    void updateUndoCommands();
    void updateSendCommands();
    void sendTo(Panel* target);
    void openFile(const QString& path);
    void openState(const QString& path);
    void openFileIn(const QList<Panel*>& candidates, const QString& path);
    /// Calls `done` with the panel that exported a file, or nullptr.
    void findOwner(const QString& file, const std::function<void(Panel* owner)>& done);
    void dropFile(const QString& file, Panel* target);
    bool panelsMayClose();
    /// Whose drop it would be at a place of the window; nullptr: nobody's.
    Panel* panelForDrop(const QMimeData* mime, const QPoint& position) const;
    /// A drag that rests on an entry of the rail opens its panel.
    void springOpen(QAction* entry);
    Status restorePanels(const QJsonObject& states);

    static constexpr int kLayoutVersion =
        2;  ///< raise it when docks or bars change: an older layout is then ignored

    // Destroyed last to first: panels (children) go in ~MainWindow before the services do.
    std::unique_ptr<Settings> m_settings;
    ActionRegistry* m_actions = nullptr;
    UndoHistory* m_undo = nullptr;
    MessageBar* m_messages = nullptr;
    StatusBar* m_status = nullptr;
    std::unique_ptr<ShellServices> m_services;
    Rail* m_rail = nullptr;
    QStackedWidget* m_stack = nullptr;
    LogDock* m_log = nullptr;
    HistoryDock* m_history = nullptr;
    QMenu* m_recent = nullptr;
    QActionGroup* m_panelGroup = nullptr;
    QList<QAction*> m_sendActions;     ///< one a panel, in the order of the panels
    QAction* m_springEntry = nullptr;  ///< that a drag is over
    QTimer* m_springTimer = nullptr;
    QByteArray m_firstState;
    QJsonObject m_firstPanels;  ///< their states at the start
    QString m_project;          ///< path of its file; empty: never saved
    QString m_projectStamp;     ///< stampOf() the file when it was opened or saved here
    Autosave* m_autosave = nullptr;
    CommandPalette* m_palette = nullptr;
    CheatSheet* m_cheatSheet = nullptr;
    FileOwnerReader m_readOwner;
    ModelCardReader m_readCard;
    ModelCardWindow* m_card = nullptr;     ///< once it was asked for
    CitationWindow* m_citation = nullptr;  ///< likewise
    StartWindow* m_start = nullptr;        ///< likewise
};

}  // namespace vitrine
