// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/results/result_table_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>

#include "ui/shell/part_names.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kWidestColumn = 320, kColumnGap = 12;

}  // namespace

ResultTableView::ResultTableView(const QString& id, const QString& name, QWidget* parent)
    : QTableView(parent), m_table(new ResultTableModel(this)), m_sorter(new ResultTableSorter(this)) {
    setObjectName(id);
    setAccessibleName(name);
    m_sorter->setSourceModel(m_table);
    setModel(m_sorter);
    nameParts(this);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionMode(QAbstractItemView::ContiguousSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(measure::kRow - 4);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSortIndicatorClearable(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
}

void ResultTableView::setTable(const MarkdownTable& table) {
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setTable(table);
    fitColumns();
    scrollToTop();
}

void ResultTableView::mark(const ResultComparison& comparison,
                           const MarkdownTable& others,
                           const QString& other) {
    m_table->mark(comparison, others, other);
    fitColumns();
}

void ResultTableView::fitColumns() {
    resizeColumnsToContents();
    for (int column = 0; column < m_table->columnCount(); ++column)
        setColumnWidth(column, std::min(columnWidth(column) + kColumnGap, kWidestColumn));
}

void ResultTableView::sortByCurrentColumn() {
    if (!currentIndex().isValid()) return;
    const int column = currentIndex().column();
    const QHeaderView* header = horizontalHeader();
    const bool isAscending =
        header->sortIndicatorSection() == column && header->sortIndicatorOrder() == Qt::AscendingOrder;
    sortByColumn(column, isAscending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void ResultTableView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) return copySelection();
    QTableView::keyPressEvent(event);
}

void ResultTableView::copySelection() const {
    QModelIndexList cells = selectionModel()->selectedIndexes();
    std::sort(cells.begin(), cells.end());
    QString text;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (i > 0) text += cells[i].row() == cells[i - 1].row() ? u'\t' : u'\n';
        text += cells[i].data().toString();
    }
    if (!text.isEmpty()) QGuiApplication::clipboard()->setText(text);
}

}  // namespace vitrine
