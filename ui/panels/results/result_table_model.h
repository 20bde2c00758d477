// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <optional>
#include <vector>

#include "core/recipe/results_comparison.h"

namespace vitrine {

/// A table of results: numbers at the right, the paper's figures in italics, figures that differ marked.
class ResultTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role { SortRole = Qt::UserRole, PaperRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setTable(const MarkdownTable& table);
    /// Marks where the table and what was made again differ. `other` names what is in `tips`: "Made again:
    /// %1".
    void mark(const ResultComparison& comparison, const MarkdownTable& others, const QString& other);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// Read once: it is asked for with each paint.
    struct Cell {
        QString text;
        std::optional<double> number;
        bool isPaper = false, isBold = false;
    };
    const Cell& cellAt(int row, int column) const { return m_cells[std::size_t(row)][std::size_t(column)]; }
    bool isDifferent(int row, int column) const;
    QString tipAt(int row, int column) const;
    QVariant fontOf(int row, int column) const;

    std::vector<std::vector<Cell>> m_cells;
    std::vector<bool> m_isPaperRow;
    QStringList m_header;
    MarkdownTable m_others;
    ResultComparison m_comparison;
    QString m_other;
    std::vector<bool> m_isNumeric;  ///< a column
};

/// Sorts numbers by their value. What is no number stays below them in either order, and the paper's rows
/// below all.
class ResultTableSorter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

}  // namespace vitrine
