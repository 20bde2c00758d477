// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QObject>
#include <QStringList>
#include <functional>
#include <vector>

class QMenu;

namespace vitrine {

/// One thing the user can do. Menus, tool bars, shortcuts and lists of commands are made from it.
struct Command {
    QString id =
        {};  ///< "chairs.resetTheta": context or topic, then verb; unique and stable (settings refer to it)
    QString text = {};              ///< sentence case, a verb first; "&" marks the mnemonic
    QString icon = {};              ///< name in resources/icons, or empty
    QString tip = {};               ///< one sentence; the text if empty
    QList<QKeySequence> keys = {};  ///< default shortcuts; the first one is shown
    QString context = {};           ///< empty: everywhere; else the id of the panel in which it works
    QString menu = {};              ///< "File", "Edit", "View", "Chairs", "Help"; empty: in no menu
    QString group = {};  ///< commands of one menu with the same group stand together, between separators
    bool checkable = false;
    bool checked = false;
    std::function<void(bool checked)> handler = {};
};

/// A command's text as a list shows it: without mnemonic and dots.
QString plainText(QString text);

/// The registry of every command. Owns: the actions. Thread: GUI.
class ActionRegistry : public QObject {
    Q_OBJECT
public:
    explicit ActionRegistry(QObject* parent = nullptr);
    ~ActionRegistry() override;

    /// Adds a command and returns its action (objectName = id). An id that is there already is a broken
    /// invariant.
    QAction* add(Command command);
    /// Adds an action made elsewhere (undo, redo); its text, keys and handler are taken as they are.
    QAction* adopt(QAction* action, Command command);
    QAction* action(const QString& id) const;  ///< nullptr if there is none
    const Command* command(const QString& id) const;
    QStringList ids() const;  ///< in the order in which they were added

    /// Gives a command other shortcuts than its own; menus and tips follow.
    void setKeys(const QString& id, const QList<QKeySequence>& keys);
    /// The other commands that can be active together with `id` and have this key.
    QStringList usersOf(const QKeySequence& key, const QString& id) const;

    /// Commands of other panels become invisible and their keys are free. An action's own enabled state stays
    /// the panel's.
    void setContext(const QString& panelId);
    QString context() const { return m_context; }

    /// One readable line per pair of commands that can be active together and share a key.
    QStringList clashes() const;
    /// The menus that have commands, in a fixed order: File, Edit, View, then panels', then Help.
    QStringList menus() const;
    void fillMenu(QMenu* menu, const QString& name) const;

Q_SIGNALS:
    void commandAdded(const QString& id);
    void keysChanged(const QString& id);

private:
    struct Entry {
        Command command;
        QAction* action = nullptr;
    };
    QAction* enter(QAction* action, Command command);
    void applyContext(const Entry& entry) const;

    std::vector<Entry> m_entries;
    QHash<QString, std::size_t> m_index;
    QString m_context;
};

}  // namespace vitrine
