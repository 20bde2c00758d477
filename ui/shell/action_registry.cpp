// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/action_registry.h"

#include <QMenu>

#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

bool canBeActiveTogether(const Command& a, const Command& b) {
    return a.context.isEmpty() || b.context.isEmpty() || a.context == b.context;
}

QString tipWithKey(const Command& command, const QAction& action) {
    const QString tip = command.tip.isEmpty() ? plainText(command.text) : command.tip;
    if (action.shortcut().isEmpty()) return tip;
    return u"%1 (%2)"_s.arg(tip, action.shortcut().toString(QKeySequence::NativeText));
}

}  // namespace

QString plainText(QString text) {
    return text.remove(u'&').remove(u'…');
}

ActionRegistry::ActionRegistry(QObject* parent) : QObject(parent) {}
ActionRegistry::~ActionRegistry() = default;

QAction* ActionRegistry::add(Command command) {
    auto* action = new QAction(this);
    action->setText(command.text);
    action->setCheckable(command.checkable);
    action->setChecked(command.checked);
    action->setShortcuts(command.keys);
    if (command.handler) connect(action, &QAction::triggered, this, command.handler);
    return enter(action, std::move(command));
}

QAction* ActionRegistry::adopt(QAction* action, Command command) {
    if (!command.keys.isEmpty()) action->setShortcuts(command.keys);
    command.keys = action->shortcuts();
    if (command.text.isEmpty()) command.text = action->text();
    return enter(action, std::move(command));
}

QAction* ActionRegistry::enter(QAction* action, Command command) {
    Q_ASSERT_X(!m_index.contains(command.id), "ActionRegistry::add", qPrintable(command.id));
    action->setObjectName(command.id);
    action->setShortcutContext(Qt::WindowShortcut);
    action->setIcon(command.icon.isEmpty() ? QIcon() : Theme::icon(command.icon));
    action->setToolTip(tipWithKey(command, *action));
    action->setStatusTip(command.tip);
    const QString id = command.id;
    m_index.insert(id, m_entries.size());
    m_entries.push_back({std::move(command), action});
    applyContext(m_entries.back());
    Q_EMIT commandAdded(id);
    return action;
}

QAction* ActionRegistry::action(const QString& id) const {
    const auto found = m_index.find(id);
    return found == m_index.end() ? nullptr : m_entries[*found].action;
}

const Command* ActionRegistry::command(const QString& id) const {
    const auto found = m_index.find(id);
    return found == m_index.end() ? nullptr : &m_entries[*found].command;
}

QStringList ActionRegistry::ids() const {
    QStringList names;
    for (const Entry& entry : m_entries) names << entry.command.id;
    return names;
}

void ActionRegistry::setKeys(const QString& id, const QList<QKeySequence>& keys) {
    const Entry& entry = m_entries[m_index.value(id)];
    entry.action->setShortcuts(keys);
    entry.action->setToolTip(tipWithKey(entry.command, *entry.action));
    Q_EMIT keysChanged(id);
}

QStringList ActionRegistry::usersOf(const QKeySequence& key, const QString& id) const {
    const Entry& wanted = m_entries[m_index.value(id)];
    QStringList users;
    for (const Entry& entry : m_entries) {
        if (entry.command.id == id || !canBeActiveTogether(entry.command, wanted.command)) continue;
        if (entry.action->shortcuts().contains(key)) users << entry.command.id;
    }
    return users;
}

void ActionRegistry::setContext(const QString& panelId) {
    m_context = panelId;
    for (const Entry& entry : m_entries) applyContext(entry);
}

// An invisible action has no key and no place in a menu, and its enabled state is left to its owner.
void ActionRegistry::applyContext(const Entry& entry) const {
    entry.action->setVisible(entry.command.context.isEmpty() || entry.command.context == m_context);
}

QStringList ActionRegistry::clashes() const {
    QStringList lines;
    for (std::size_t first = 0; first < m_entries.size(); ++first) {
        for (std::size_t second = first + 1; second < m_entries.size(); ++second) {
            const Entry& a = m_entries[first];
            const Entry& b = m_entries[second];
            if (!canBeActiveTogether(a.command, b.command)) continue;
            for (const QKeySequence& key : a.action->shortcuts()) {
                if (!b.action->shortcuts().contains(key)) continue;
                lines << u"%1 and %2 share the key %3"_s.arg(a.command.id, b.command.id, key.toString());
            }
        }
    }
    return lines;
}

QStringList ActionRegistry::menus() const {
    QStringList found;
    for (const Entry& entry : m_entries) {
        if (!entry.command.menu.isEmpty() && !found.contains(entry.command.menu)) found << entry.command.menu;
    }
    QStringList ordered;
    for (const QString& name : {u"File"_s, u"Edit"_s, u"View"_s}) {
        if (found.removeOne(name)) ordered << name;
    }
    const bool help = found.removeOne(u"Help"_s);
    ordered << found;
    if (help) ordered << u"Help"_s;
    return ordered;
}

void ActionRegistry::fillMenu(QMenu* menu, const QString& name) const {
    QStringList groups;
    for (const Entry& entry : m_entries) {
        if (entry.command.menu == name && !groups.contains(entry.command.group))
            groups << entry.command.group;
    }
    for (const QString& group : groups) {
        if (!menu->isEmpty()) menu->addSeparator();
        for (const Entry& entry : m_entries) {
            if (entry.command.menu == name && entry.command.group == group) menu->addAction(entry.action);
        }
    }
}

}  // namespace vitrine
