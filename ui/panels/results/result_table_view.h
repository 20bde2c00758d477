// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include "ui/panels/results/result_table_model.h"

namespace vitrine {

/// A table of results to read: a click on a heading sorts by it, up, down, then not at all; Ctrl+C copies the
/// selected cells for a spreadsheet.
class ResultTableView : public QTableView {
    Q_OBJECT
public:
    ResultTableView(const QString& id, const QString& name, QWidget* parent = nullptr);

    /// In its own order.
    void setTable(const MarkdownTable& table);
    void mark(const ResultComparison& comparison, const MarkdownTable& others, const QString& other);
    /// By the column of the current cell, by the other order if that is how it is sorted already.
    void sortByCurrentColumn();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void copySelection() const;
    void fitColumns();

    ResultTableModel* m_table = nullptr;
    ResultTableSorter* m_sorter = nullptr;
};

}  // namespace vitrine
