// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/chair_catalogue.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <utility>

#include "core/base/log.h"
#include "core/data/catalogue_json.h"
#include "core/data/own_chairs.h"

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

std::string nearestIds(const std::vector<ChairEntry>& entries, std::string_view wanted) {
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const ChairEntry& entry : entries) {
        const bool contains = entry.id.find(wanted) != std::string::npos;
        ranked.emplace_back(contains ? 0 : editDistance(wanted, entry.id), entry.id);
    }
    std::sort(ranked.begin(), ranked.end());
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, ranked.size()); ++i)
        text += (i ? ", " : "") + ranked[i].second;
    return text;
}

}  // namespace

Result<ChairCatalogue> ChairCatalogue::load(const std::filesystem::path& file) {
    ChairCatalogue catalogue;
    VITRINE_TRY(catalogue.m_entries, readChairList(file));
    if (catalogue.m_entries.empty())
        return Error{ErrorCode::BadFormat,
                     "The catalogue " + file.string() + " is damaged: its list of chairs is empty."};
    catalogue.m_numInBox = int(catalogue.m_entries.size());
    return catalogue;
}

Result<ChairCatalogue> ChairCatalogue::loadDefault() {
    VITRINE_TRY(ChairCatalogue catalogue, load(resourceFolder() / "chairs.json"));
    auto own = loadOwnChairs();
    if (!own) {
        logWarning("Your own chairs are left out: " + own.error().message);
        return catalogue;
    }
    for (ChairEntry& entry : own.value()) {
        const auto isSame = [&](const ChairEntry& other) { return other.id == entry.id; };
        if (std::any_of(catalogue.m_entries.begin(), catalogue.m_entries.end(), isSame))
            entry.id = "own-" + entry.id;
        entry.index = int(catalogue.m_entries.size());
        catalogue.m_entries.push_back(std::move(entry));
    }
    return catalogue;
}

Result<const ChairEntry*> ChairCatalogue::find(std::string_view idOrIndex) const {
    for (const ChairEntry& entry : m_entries)
        if (entry.id == idOrIndex) return &entry;
    int index = 0;
    const char* end = idOrIndex.data() + idOrIndex.size();
    const auto [stop, fault] = std::from_chars(idOrIndex.data(), end, index);
    if (fault == std::errc() && stop == end && index >= 0 && index < int(m_entries.size()))
        return &m_entries[index];
    return Error{ErrorCode::NotFound,
                 "There is no chair \"" + std::string(idOrIndex) + "\"; the nearest names are " +
                     nearestIds(m_entries, idOrIndex) + "."};
}

}  // namespace vitrine
