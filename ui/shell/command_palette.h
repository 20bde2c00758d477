// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointer>
#include <functional>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace vitrine {

class ActionRegistry;

/// Finds any command by a few of its letters and does it. It lies over the window and goes when it is left.
/// Thread: GUI.
class CommandPalette : public QFrame {
    Q_OBJECT
public:
    /// `run` is given the command chosen; it may belong to another panel than the one in front.
    CommandPalette(const ActionRegistry& actions,
                   std::function<void(const QString& id)> run,
                   QWidget* window);
    void open();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showMatches(const QString& letters);
    void choose();
    void close();
    void place();

    const ActionRegistry& m_actions;
    std::function<void(const QString& id)> m_run;
    QPointer<QWidget> m_before;  ///< had the focus
    QLineEdit* m_letters = nullptr;
    QListView* m_list = nullptr;
    QStandardItemModel* m_model = nullptr;
};

}  // namespace vitrine
