// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "core/base/folders.h"
#include "core/base/result.h"
#include "core/data/catalogue_json.h"
#include "core/data/chair_catalogue.h"

namespace vitrine {

/// Where chairs that the user added are kept: dataFolder()/chairs, with their list in chairs.json.
std::filesystem::path ownChairFolder();

/// The list as it is kept, paths relative to ownChairFolder(); empty if nothing was added yet. Errors:
/// BadFormat.
Result<SalvagedChairs> readOwnChairList();
/// Errors: Io.
Status writeOwnChairList(const std::vector<ChairEntry>& chairs, const std::vector<DamagedChair>& damaged);
/// An entry whose file lies in `folder`.
ChairEntry inFolder(ChairEntry entry, const std::filesystem::path& folder);

/// The user's own chairs, numbered from 0; none if nothing was added yet. Damaged entries are left out.
/// Errors: BadFormat: the whole list is damaged.
Result<std::vector<ChairEntry>> loadOwnChairs();
/// The entries that are left out, and what to do about them. Errors: BadFormat.
Result<std::vector<DamagedChair>> damagedOwnChairs();

/// Takes one of the user's own chairs, which may be damaged, off the list and deletes its copy when no other
/// entry uses it. Errors: NotFound, Io.
Status removeOwnChair(std::string_view id);

}  // namespace vitrine
