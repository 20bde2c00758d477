// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/own_chairs.h"

#include <algorithm>

#include "core/base/folders.h"
#include "core/base/log.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

fs::path ownChairListFile() {
    return ownChairFolder() / "chairs.json";
}

}  // namespace

fs::path ownChairFolder() {
    return dataFolder() / "chairs";
}

Result<SalvagedChairs> readOwnChairList() {
    std::error_code ignored;
    if (!fs::exists(ownChairListFile(), ignored)) return SalvagedChairs();
    return salvageChairList(ownChairListFile());
}

ChairEntry inFolder(ChairEntry entry, const fs::path& folder) {
    std::string& path = entry.archive.empty() ? entry.model : entry.archive;
    path = (folder / path).string();
    return entry;
}

Status writeOwnChairList(const std::vector<ChairEntry>& chairs, const std::vector<DamagedChair>& damaged) {
    return writeChairList(ownChairListFile(), chairs, damaged);
}

Result<std::vector<ChairEntry>> loadOwnChairs() {
    VITRINE_TRY(SalvagedChairs own, readOwnChairList());
    for (const DamagedChair& chair : own.damaged) logWarningOnce(chair.problem);
    for (ChairEntry& entry : own.chairs) entry = inFolder(std::move(entry), ownChairFolder());
    return std::move(own.chairs);
}

Result<std::vector<DamagedChair>> damagedOwnChairs() {
    VITRINE_TRY(SalvagedChairs own, readOwnChairList());
    return std::move(own.damaged);
}

Status removeOwnChair(std::string_view id) {
    std::error_code ignored;
    VITRINE_TRY(SalvagedChairs own, readOwnChairList());
    std::vector<ChairEntry>& listed = own.chairs;
    if (const auto damaged = std::ranges::find(own.damaged, id, &DamagedChair::id);
        damaged != own.damaged.end()) {
        own.damaged.erase(damaged);
        return writeOwnChairList(listed, own.damaged);
    }
    const auto found =
        std::find_if(listed.begin(), listed.end(), [&](const ChairEntry& entry) { return entry.id == id; });
    if (found == listed.end())
        return Error{ErrorCode::NotFound,
                     "There is no chair \"" + std::string(id) +
                         "\" among your own chairs; bundled chairs cannot be removed."};
    const auto folderOf = [](const ChairEntry& entry) {
        return *fs::path(entry.archive.empty() ? entry.model : entry.archive).begin();
    };
    const fs::path folder = folderOf(*found);
    listed.erase(found);
    VITRINE_CHECK(writeOwnChairList(listed, own.damaged));
    const bool isShared = std::any_of(
        listed.begin(), listed.end(), [&](const auto& entry) { return folderOf(entry) == folder; });
    const bool isPlainName = folder != ".." && folder != "." && folder.is_relative();
    if (!isShared && isPlainName) fs::remove_all(ownChairFolder() / folder, ignored);
    return {};
}

}  // namespace vitrine
