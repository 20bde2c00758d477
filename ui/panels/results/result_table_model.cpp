// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/results/result_table_model.h"

#include <algorithm>

#include "ui/shell/text.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

bool isNumericColumn(const MarkdownTable& table, std::size_t column) {
    const auto isNumberOrNothing = [column](const std::vector<std::string>& row) {
        const std::string cell = plainText(row[column]);
        return cell.empty() || cell == "-" || numberOf(cell).has_value();
    };
    const auto isNumber = [column](const std::vector<std::string>& row) {
        return numberOf(row[column]).has_value();
    };
    return std::ranges::any_of(table.rows, isNumber) && std::ranges::all_of(table.rows, isNumberOrNothing);
}

}  // namespace

void ResultTableModel::setTable(const MarkdownTable& table) {
    beginResetModel();
    m_table = table;
    m_others = {};
    m_comparison = {};
    m_paper = firstPaperColumn(table);
    m_isNumeric.clear();
    for (std::size_t column = 0; column < table.header.size(); ++column)
        m_isNumeric.push_back(isNumericColumn(table, column));
    endResetModel();
}

void ResultTableModel::mark(const ResultComparison& comparison,
                            const MarkdownTable& others,
                            const QString& other) {
    m_comparison = comparison;
    m_others = others;
    m_other = other;
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int ResultTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_table.rows.size());
}

int ResultTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_table.header.size());
}

bool ResultTableModel::isPaper(int row, int column) const {
    return std::size_t(column) >= m_paper || isPaperRow(m_table.rows[std::size_t(row)]);
}

bool ResultTableModel::isDifferent(int row, int column) const {
    return !m_comparison.figures.empty() &&
           m_comparison.figures[std::size_t(row)][std::size_t(column)].state == FigureState::Different;
}

QString ResultTableModel::textAt(int row, int column) const {
    return toQ(plainText(m_table.rows[std::size_t(row)][std::size_t(column)]));
}

QString ResultTableModel::tipAt(int row, int column) const {
    if (isDifferent(row, column))
        return m_other.arg(toQ(plainText(m_others.rows[std::size_t(row)][std::size_t(column)])));
    if (isPaper(row, column)) return tr("The paper's figure, for its own data");
    return column == 0 ? textAt(row, column) : QString();
}

QVariant ResultTableModel::fontOf(int row, int column) const {
    QFont font = Theme::font(TextRole::Body);
    const std::string& cell = m_table.rows[std::size_t(row)][std::size_t(column)];
    font.setBold(cell.starts_with("**") || isDifferent(row, column));
    font.setUnderline(isDifferent(row, column));
    font.setItalic(isPaper(row, column));
    return font;
}

QVariant ResultTableModel::data(const QModelIndex& index, int role) const {
    const int row = index.row(), column = index.column();
    switch (role) {
        case Qt::DisplayRole:
            return textAt(row, column);
        case Qt::AccessibleTextRole:
            return isDifferent(row, column) ? textAt(row, column) + u", "_s + tipAt(row, column)
                                            : textAt(row, column);
        case Qt::ToolTipRole:
            return tipAt(row, column);
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter |
                       (m_isNumeric[std::size_t(column)] ? Qt::AlignRight : Qt::AlignLeft));
        case Qt::FontRole:
            return fontOf(row, column);
        case Qt::ForegroundRole:
            return isDifferent(row, column) ? Theme::current().warning
                   : isPaper(row, column)   ? Theme::current().muted
                                            : Theme::current().text;
        case PaperRole:
            return isPaperRow(m_table.rows[std::size_t(row)]);
        case SortRole:
            if (const auto number = numberOf(m_table.rows[std::size_t(row)][std::size_t(column)]))
                return number->value;
            return textAt(row, column);
        default:
            return {};
    }
}

QVariant ResultTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section >= columnCount()) return {};
    const QString text = toQ(plainText(m_table.header[std::size_t(section)]));
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return text;
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (m_isNumeric[std::size_t(section)] ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

bool ResultTableSorter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const bool isLeftPaper = left.data(ResultTableModel::PaperRole).toBool();
    const bool isRightPaper = right.data(ResultTableModel::PaperRole).toBool();
    if (isLeftPaper != isRightPaper) return isRightPaper == (sortOrder() == Qt::AscendingOrder);
    const QVariant a = left.data(ResultTableModel::SortRole), b = right.data(ResultTableModel::SortRole);
    const bool isNumber = a.typeId() == QMetaType::Double;
    if (isNumber != (b.typeId() == QMetaType::Double)) return isNumber;
    return isNumber ? a.toDouble() < b.toDouble() : a.toString().localeAwareCompare(b.toString()) < 0;
}

}  // namespace vitrine
