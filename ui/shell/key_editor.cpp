// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/key_editor.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/shell/action_registry.h"
#include "ui/shell/command_list.h"
#include "ui/shell/settings.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kIdRole = Qt::UserRole;

QString settingOf(const QString& id) {
    return u"keys/"_s + id;
}

}  // namespace

void restoreKeys(ActionRegistry& actions, const Settings& settings) {
    for (const QString& id : actions.ids()) {
        const QVariant chosen = settings.value(settingOf(id));
        if (chosen.isValid()) actions.setKeys(id, QKeySequence::listFromString(chosen.toString()));
    }
}

KeyEditor::KeyEditor(ActionRegistry& actions, Settings& settings, QWidget* parent)
    : QDialog(parent), m_actions(actions), m_settings(settings) {
    setObjectName(u"keyEditor"_s);
    setWindowTitle(tr("Keys"));
    setAttribute(Qt::WA_DeleteOnClose);
    buildLayout();
    resize(560, 560);
    fill();
    connect(&m_actions, &ActionRegistry::keysChanged, this, &KeyEditor::showKeys);
}

void KeyEditor::buildLayout() {
    m_search = new QLineEdit(this);
    m_search->setObjectName(u"keyEditor.search"_s);
    m_search->setAccessibleName(tr("Search commands"));
    m_search->setPlaceholderText(tr("Search commands"));
    m_list = new QTreeWidget(this);
    m_list->setObjectName(u"keyEditor.list"_s);
    m_list->setAccessibleName(tr("Commands and their keys"));
    m_list->setHeaderLabels({tr("Command"), tr("Where"), tr("Keys")});
    m_list->setRootIsDecorated(false);
    m_list->header()->setObjectName(u"keyEditor.list.header"_s);
    m_list->header()->setAccessibleName(tr("Columns"));
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_key = new QKeySequenceEdit(this);
    m_key->setObjectName(u"keyEditor.key"_s);
    m_key->setAccessibleName(tr("New key"));
    m_key->installEventFilter(this);
    m_clash = new QLabel(this);
    m_clash->setObjectName(u"keyEditor.clash"_s);
    m_clash->setProperty("role", u"error"_s);
    m_clash->setWordWrap(true);
    const auto button = [this](const char* id, const QString& text) {
        auto* made = new QPushButton(text, this);
        made->setObjectName(u"keyEditor."_s + QString::fromLatin1(id));
        made->setAccessibleName(text);
        made->setAutoDefault(false);
        return made;
    };
    m_set = button("set", tr("Use this key"));
    m_clear = button("clear", tr("No key"));
    m_reset = button("reset", tr("Reset"));
    QPushButton* all = button("resetAll", tr("Reset all"));
    QPushButton* done = button("close", tr("Close"));
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kGap);
    row->addWidget(m_key, 1);
    for (QPushButton* each : {m_set, m_clear, m_reset}) row->addWidget(each);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_clash, 1);
    foot->addWidget(all);
    foot->addWidget(done);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(
        measure::kGroupGap, measure::kGroupGap, measure::kGroupGap, measure::kGroupGap);
    column->setSpacing(measure::kGap);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    column->addLayout(row);
    column->addLayout(foot);
    connect(m_search, &QLineEdit::textChanged, this, &KeyEditor::fill);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &KeyEditor::showChosen);
    connect(m_key, &QKeySequenceEdit::keySequenceChanged, this, &KeyEditor::check);
    connect(m_set, &QPushButton::clicked, this, [this] { apply({m_key->keySequence()}); });
    connect(m_clear, &QPushButton::clicked, this, [this] { apply({}); });
    connect(m_reset, &QPushButton::clicked, this, [this] { apply(m_actions.command(chosen())->keys); });
    connect(all, &QPushButton::clicked, this, &KeyEditor::resetAll);
    connect(done, &QPushButton::clicked, this, &KeyEditor::close);
}

/// Escape is no key to assign: it takes back what was pressed and leaves the field; once more closes.
bool KeyEditor::eventFilter(QObject* watched, QEvent* event) {
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease;
    if (watched != m_key || !isKey || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape)
        return QDialog::eventFilter(watched, event);
    if (event->type() == QEvent::KeyPress) {
        showChosen();
        m_list->setFocus();
    }
    return true;
}

void KeyEditor::fill() {
    const QString kept = chosen();
    m_list->clear();
    for (const CommandLine& line : commandLines(m_actions)) {
        if (matchScore(line.text, m_search->text()) < 0) continue;
        auto* item = new QTreeWidgetItem(
            m_list, {line.text, line.place.isEmpty() ? tr("Everywhere") : line.place, line.keys});
        item->setData(0, kIdRole, line.id);
        item->setSizeHint(0, {0, measure::kRow - 4});
        if (line.id == kept) m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem()) m_list->setCurrentItem(m_list->topLevelItem(0));
    showChosen();
}

QString KeyEditor::chosen() const {
    const QTreeWidgetItem* item = m_list->currentItem();
    return item ? item->data(0, kIdRole).toString() : QString();
}

void KeyEditor::showChosen() {
    const QAction* action = m_actions.action(chosen());
    m_key->setEnabled(action);
    m_key->setKeySequence(action ? action->shortcut() : QKeySequence());
    check();
}

QString KeyEditor::clashOf(const QList<QKeySequence>& keys) const {
    for (const QKeySequence& key : keys) {
        const QStringList users = key.isEmpty() ? QStringList() : m_actions.usersOf(key, chosen());
        if (!users.isEmpty())
            return tr("%1 is the shortcut of \"%2\"; choose another, or remove it there.")
                .arg(key.toString(QKeySequence::NativeText),
                     plainText(m_actions.action(users.first())->text()));
    }
    return {};
}

void KeyEditor::check() {
    const QAction* action = m_actions.action(chosen());
    const QKeySequence key = m_key->keySequence();
    m_clash->setText(action ? clashOf({key}) : QString());
    m_set->setEnabled(action && !key.isEmpty() && QList{key} != action->shortcuts() &&
                      m_clash->text().isEmpty());
    m_clear->setEnabled(action && !action->shortcuts().isEmpty());
    m_reset->setEnabled(action && action->shortcuts() != m_actions.command(chosen())->keys);
}

void KeyEditor::apply(const QList<QKeySequence>& keys) {
    if (const QString clash = clashOf(keys); !clash.isEmpty()) return m_clash->setText(clash);
    const QString id = chosen();
    m_actions.setKeys(id, keys);
    if (keys == m_actions.command(id)->keys)
        m_settings.remove(settingOf(id));
    else
        m_settings.set(settingOf(id), QKeySequence::listToString(keys));
    showChosen();
}

void KeyEditor::resetAll() {
    for (const QString& id : m_actions.ids()) {
        m_settings.remove(settingOf(id));
        m_actions.setKeys(id, m_actions.command(id)->keys);
    }
    showChosen();
}

void KeyEditor::showKeys(const QString& id) {
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* item = m_list->topLevelItem(i);
        if (item->data(0, kIdRole).toString() == id)
            item->setText(
                2, QKeySequence::listToString(m_actions.action(id)->shortcuts(), QKeySequence::NativeText));
    }
}

}  // namespace vitrine
