// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/transfer_curve.h"

#include <algorithm>
#include <string_view>

#include "core/data/transfer_views.h"

namespace vitrine {
namespace {

std::optional<std::size_t> columnOf(const MarkdownTable& table, std::string_view name) {
    const auto found = std::ranges::find(table.header, name, plainText);
    if (found == table.header.end()) return std::nullopt;
    return std::size_t(found - table.header.begin());
}

std::optional<double> numberIn(const std::vector<std::string>& row, std::optional<std::size_t> column) {
    const auto number = column ? numberOf(row[*column]) : std::nullopt;
    return number ? std::optional(number->value) : std::nullopt;
}

TransferCurve curveOfRow(const MarkdownTable& table, const std::vector<std::string>& row) {
    TransferCurve curve{{plainText(row.front()), {}}, numberIn(row, columnOf(table, "elevation"))};
    for (const int azimuths : kTransferAzimuths)
        if (const auto error = numberIn(row, columnOf(table, "views" + std::to_string(azimuths))))
            curve.byViews.points.emplace_back(azimuths, *error);
    std::ranges::sort(curve.byViews.points);
    return curve;
}

}  // namespace

std::vector<TransferCurve> transferCurves(const ResultsPage& page) {
    std::vector<TransferCurve> curves;
    for (const ResultTable& result : page.tables) {
        if (!columnOf(result.table, "views15")) continue;
        for (const auto& row : result.table.rows) {
            TransferCurve curve = curveOfRow(result.table, row);
            if (!curve.byViews.points.empty() || curve.elevation) curves.push_back(std::move(curve));
        }
        break;
    }
    return curves;
}

}  // namespace vitrine
