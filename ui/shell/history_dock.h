// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>
#include <QIcon>
#include <functional>

class QUndoView;

namespace vitrine {

class UndoHistory;

/// All steps of undo, the oldest first, each with the icon of its panel; a click goes back or forward to that
/// point. Thread: GUI.
class HistoryDock : public QDockWidget {
    Q_OBJECT
public:
    using IconOfPanel = std::function<QIcon(const QString& panelId)>;

    HistoryDock(UndoHistory& undo, IconOfPanel iconOf, QWidget* parent = nullptr);

Q_SIGNALS:
    /// The user went to another point: the panel of the last step that was taken back or done again.
    void wentTo(const QString& panelId);

private:
    QWidget* buildTitle();

    UndoHistory& m_undo;
    QUndoView* m_view = nullptr;
    int m_index = 0;
};

}  // namespace vitrine
