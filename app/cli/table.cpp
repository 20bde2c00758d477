// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/csv.h"

namespace vitrine {
namespace {

using Json = TableRows;

bool isNothing(const Json& cell) {
    return cell.is_null() || (cell.is_number_float() && !std::isfinite(cell.get<double>()));
}

std::string shown(const Json& cell, int decimals) {
    if (isNothing(cell)) return "-";
    if (cell.is_string()) return cell.get<std::string>();
    if (!cell.is_number_float()) return cell.dump();
    return fmt::format("{:.{}f}", cell.get<double>(), decimals);
}

using Lines = std::vector<std::vector<std::string>>;

/// The columns' names, then the rows.
template <class Show>
Lines linesOf(const TableRows& rows, const Show& show) {
    Lines lines;
    if (rows.empty()) return lines;
    auto& names = lines.emplace_back();
    for (const auto& [name, cell] : rows.front().items()) names.push_back(name);
    for (const Json& row : rows) {
        auto& line = lines.emplace_back();
        for (const auto& [name, cell] : row.items()) line.push_back(show(cell));
    }
    return lines;
}

}  // namespace

TableRows columnsOf(const TableRows& rows, const std::vector<std::string>& names) {
    TableRows some = TableRows::array();
    for (const Json& row : rows) {
        Json picked = Json::object();
        for (const std::string& name : names) picked[name] = row.contains(name) ? row[name] : Json();
        some.push_back(std::move(picked));
    }
    return some;
}

std::string markdownOf(const TableRows& rows, int decimals) {
    const Lines lines = linesOf(rows, [&](const Json& cell) { return shown(cell, decimals); });
    if (lines.empty()) return "";
    std::vector<std::size_t> widths(lines.front().size(), 3);
    for (const auto& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
    std::string text;
    for (std::size_t row = 0; row < lines.size(); ++row) {
        for (std::size_t i = 0; i < lines[row].size(); ++i) {
            const bool left = rows.front().begin().value().is_string() && i == 0;
            const std::string gap(widths[i] - lines[row][i].size(), ' ');
            text += "| " + (left ? lines[row][i] + gap : gap + lines[row][i]) + " ";
        }
        text += "|\n";
        if (row > 0) continue;
        for (const std::size_t width : widths) text += "|" + std::string(width + 1, '-') + ":";
        text += "|\n";
        if (rows.front().begin().value().is_string()) text[text.find(":|", text.find('\n'))] = '-';
    }
    return text;
}

std::string csvOf(const TableRows& rows) {
    std::string text;
    const Lines lines = linesOf(rows, [](const Json& cell) {
        if (isNothing(cell)) return std::string();
        return cell.is_string() ? csvField(cell.get<std::string>()) : cell.dump();
    });
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) text += (i > 0 ? "," : "") + line[i];
        text += "\r\n";
    }
    return text;
}

}  // namespace vitrine
