// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/nearest_names.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace vitrine {
namespace {

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string nearestNames(std::span<const std::string> names, std::string_view wanted, std::size_t count) {
    std::vector<std::pair<std::size_t, std::string_view>> ranked;
    for (const std::string& name : names) {
        const bool contains = !wanted.empty() && name.find(wanted) != std::string::npos;
        ranked.emplace_back(contains ? 0 : editDistance(wanted, name), name);
    }
    std::sort(ranked.begin(), ranked.end());
    std::string text;
    for (std::size_t i = 0; i < std::min(count, ranked.size()); ++i) {
        text += i ? ", " : "";
        text += ranked[i].second;
    }
    return text;
}

}  // namespace vitrine
