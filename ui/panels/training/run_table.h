// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <filesystem>
#include <vector>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace vitrine {

class RunTableModel;

/// The strip of the panel: all runs, sorted by a click on a heading, filtered by what is typed. The selected
/// rows are what the panel shows, the current one in front.
class RunTable : public QWidget {
    Q_OBJECT
public:
    explicit RunTable(RunTableModel* model, QWidget* parent = nullptr);

    /// Names; the current one first.
    QStringList selected() const;
    /// Silent.
    void select(const QStringList& names);
    void editName();
    QTableView* view() const { return m_view; }
    QSortFilterProxyModel* proxy() const { return m_proxy; }

Q_SIGNALS:
    void selectionChanged();
    /// Where a menu of what can be done is wanted, global.
    void menuAsked(const QPoint& at);

private:
    void buildLayout();
    void connectSignals();
    void showCount();
    void showEmptiness();

    RunTableModel* m_model = nullptr;
    QSortFilterProxyModel* m_proxy = nullptr;
    QTableView* m_view = nullptr;
    QLineEdit* m_filter = nullptr;
    QLabel* m_count = nullptr;
    QLabel* m_empty = nullptr;
    bool m_silent = false;
};

}  // namespace vitrine
