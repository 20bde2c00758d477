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
    m_cells.clear();
    m_header.clear();
    m_isPaperRow.clear();
    m_isNumeric.clear();
    m_others = {};
    m_comparison = {};
    const std::size_t paper = firstPaperColumn(table);
    for (std::size_t column = 0; column < table.header.size(); ++column) {
        m_header << toQ(plainText(table.header[column]));
        m_isNumeric.push_back(isNumericColumn(table, column));
    }
    for (const auto& row : table.rows) {
        m_isPaperRow.push_back(isPaperRow(row));
        auto& cells = m_cells.emplace_back();
        for (std::size_t column = 0; column < row.size(); ++column) {
            const auto number = numberOf(row[column]);
            cells.push_back({toQ(plainText(row[column])),
                             number ? std::optional(number->value) : std::nullopt,
                             column >= paper || m_isPaperRow.back(),
                             row[column].starts_with("**")});
        }
    }
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
    return parent.isValid() ? 0 : int(m_cells.size());
}

int ResultTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_header.size());
}

bool ResultTableModel::isDifferent(int row, int column) const {
    return !m_comparison.figures.empty() &&
           m_comparison.figures[std::size_t(row)][std::size_t(column)].state == FigureState::Different;
}

QString ResultTableModel::tipAt(int row, int column) const {
    if (isDifferent(row, column))
        return m_other.arg(toQ(plainText(m_others.rows[std::size_t(row)][std::size_t(column)])));
    if (cellAt(row, column).isPaper) return tr("The paper's figure, for its own data");
    return column == 0 ? cellAt(row, column).text : QString();
}

QVariant ResultTableModel::fontOf(int row, int column) const {
    QFont font = Theme::font(TextRole::Body);
    const Cell& cell = cellAt(row, column);
    font.setBold(cell.isBold || isDifferent(row, column));
    font.setUnderline(isDifferent(row, column));
    font.setItalic(cell.isPaper);
    return font;
}

QVariant ResultTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const int row = index.row(), column = index.column();
    const Cell& cell = cellAt(row, column);
    switch (role) {
        case Qt::DisplayRole:
            return cell.text;
        case Qt::AccessibleTextRole:
            return isDifferent(row, column) ? cell.text + u", "_s + tipAt(row, column) : cell.text;
        case Qt::ToolTipRole:
            return tipAt(row, column);
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter |
                       (m_isNumeric[std::size_t(column)] ? Qt::AlignRight : Qt::AlignLeft));
        case Qt::FontRole:
            return fontOf(row, column);
        case Qt::ForegroundRole:
            return isDifferent(row, column) ? Theme::current().warning
                   : cell.isPaper           ? Theme::current().muted
                                            : Theme::current().text;
        case PaperRole:
            return bool(m_isPaperRow[std::size_t(row)]);
        case SortRole:
            return cell.number ? QVariant(*cell.number) : QVariant(cell.text);
        default:
            return {};
    }
}

QVariant ResultTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section >= columnCount()) return {};
    const QString& text = m_header[section];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return text;
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (m_isNumeric[std::size_t(section)] ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

bool ResultTableSorter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const QVariant a = left.data(ResultTableModel::SortRole), b = right.data(ResultTableModel::SortRole);
    const auto rankOf = [](const QModelIndex& cell, const QVariant& value) {
        const bool isNumber = value.typeId() == QMetaType::Double;
        return cell.data(ResultTableModel::PaperRole).toBool() ? 2 : isNumber ? 0 : 1;
    };
    const int leftRank = rankOf(left, a), rightRank = rankOf(right, b);
    if (leftRank != rightRank) return (leftRank < rightRank) == (sortOrder() == Qt::AscendingOrder);
    const bool areNumbers = a.typeId() == QMetaType::Double && b.typeId() == QMetaType::Double;
    return areNumbers ? a.toDouble() < b.toDouble() : a.toString().localeAwareCompare(b.toString()) < 0;
}

}  // namespace vitrine
