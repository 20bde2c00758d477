// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace vitrine {

class ActionRegistry;
class Settings;

/// Gives the commands the keys that the user has chosen. One that names no command is left alone.
void restoreKeys(ActionRegistry& actions, const Settings& settings);

/// Changes the keys of commands: a list to search, one field, and a sentence where a key is taken. What is
/// chosen works at once and is remembered. Thread: GUI.
class KeyEditor : public QDialog {
    Q_OBJECT
public:
    KeyEditor(ActionRegistry& actions, Settings& settings, QWidget* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildLayout();
    void fill();
    void showChosen();
    /// A sentence that names the command which has one of the keys already; empty: none has.
    QString clashOf(const QList<QKeySequence>& keys) const;
    void check();
    void apply(const QList<QKeySequence>& keys);
    void resetAll();
    QString chosen() const;
    void showKeys(const QString& id);

    ActionRegistry& m_actions;
    Settings& m_settings;
    QLineEdit* m_search = nullptr;
    QTreeWidget* m_list = nullptr;
    QKeySequenceEdit* m_key = nullptr;
    QLabel* m_clash = nullptr;
    QPushButton *m_set = nullptr, *m_clear = nullptr, *m_reset = nullptr;
};

}  // namespace vitrine
