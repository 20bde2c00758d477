// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/chair_catalogue.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/base/folders.h"
#include "core/base/log.h"
#include "core/base/nearest_names.h"
#include "core/data/catalogue_json.h"
#include "core/data/own_chairs.h"

namespace vitrine {
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
    std::vector<std::string> ids;
    for (const ChairEntry& entry : m_entries) ids.push_back(entry.id);
    return Error{ErrorCode::NotFound,
                 "There is no chair \"" + std::string(idOrIndex) + "\"; the nearest names are " +
                     nearestNames(ids, idOrIndex) + "."};
}

}  // namespace vitrine
