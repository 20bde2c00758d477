// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

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
    bool isPaper(int row, int column) const;
    bool isDifferent(int row, int column) const;
    QString textAt(int row, int column) const;
    QString tipAt(int row, int column) const;
    QVariant fontOf(int row, int column) const;

    MarkdownTable m_table, m_others;
    ResultComparison m_comparison;
    QString m_other;
    std::vector<bool> m_isNumeric;  ///< a column
    std::size_t m_paper = 0;        ///< the first of the paper's columns
};

/// Sorts numbers by their value, before texts; the paper's rows stay below in either order.
class ResultTableSorter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

}  // namespace vitrine
