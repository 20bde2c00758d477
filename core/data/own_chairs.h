// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/data/chair_catalogue.h"

namespace vitrine {

/// Where chairs that the user added are kept: dataFolder()/chairs, with their list in chairs.json.
std::filesystem::path ownChairFolder();

/// The user's own chairs, numbered from 0; none if nothing was added yet. Errors: BadFormat.
Result<std::vector<ChairEntry>> loadOwnChairs();

/// Copies a chair (.obj with its materials and textures, .glb, or the seats of a .sh3f) into ownChairFolder()
/// and lists it. `wanted` picks one piece of a .sh3f by its name; without it all seats are taken. All or
/// nothing: what is not listed leaves no trace. The mesh is checked and loaded once; as foreign files can
/// crash or hang a mesh reader, the window calls this in a process of its own (`vitrine-cli data import
/// FILE`). Returns the new entries with the ids and indices that they have in the catalogue from now on.
/// Thread: any; one at a time. Errors: NotFound, BadFormat, Unsupported, NonFinite, Io, InvalidArgument.
Result<std::vector<ChairEntry>> addOwnChairs(const std::filesystem::path& file,
                                             const ChairCatalogue& catalogue,
                                             std::string_view wanted = {});

/// The same for a file with one chair; of a .sh3f the first seat.
Result<ChairEntry> addOwnChair(const std::filesystem::path& file, const ChairCatalogue& catalogue);

/// Takes one of the user's own chairs off the list and deletes its copy when no other entry uses it.
/// Errors: NotFound, Io.
Status removeOwnChair(std::string_view id);

}  // namespace vitrine
