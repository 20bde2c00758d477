// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/data/chair_catalogue.h"

namespace vitrine {

/// Which way is up in a mesh.
enum class UpAxis { Y, Z };

struct ChairImportOptions {
    std::string piece;         ///< one piece of a .sh3f by its name; empty: all seats
    std::optional<UpAxis> up;  ///< nothing: as the mesh stands, where that is plain, else Y
};

struct ChairImport {
    std::vector<ChairEntry> chairs;  ///< with the ids and indices that they have in the catalogue from now on
    std::vector<std::string> warnings;  ///< sentences: materials and textures that are missing, guesses
};

/// Copies a chair (.obj with its materials and textures, .glb, or the seats of a .sh3f) into ownChairFolder()
/// and lists it. All or nothing: what is not listed leaves no trace. The mesh is checked and loaded once; as
/// foreign files can crash or hang a mesh reader, `vitrine-cli data import FILE`, which the window runs, too,
/// calls this in a process of its own. Thread: any; one at a time. Errors: NotFound, BadFormat, Unsupported,
/// NonFinite, Io, InvalidArgument.
Result<ChairImport> importOwnChairs(const std::filesystem::path& file,
                                    const ChairCatalogue& catalogue,
                                    const ChairImportOptions& options);

/// Turns one of the user's own meshes whose up axis was guessed wrong: z up becomes y up, and back the next
/// time. Errors: NotFound, Unsupported (a piece of a .sh3f, whose library says what is up), Io.
Status turnOwnChair(std::string_view id);

/// The chairs alone. `wanted`: one piece of a .sh3f.
Result<std::vector<ChairEntry>> addOwnChairs(const std::filesystem::path& file,
                                             const ChairCatalogue& catalogue,
                                             std::string_view wanted = {});

/// The same for a file with one chair; of a .sh3f the first seat.
Result<ChairEntry> addOwnChair(const std::filesystem::path& file, const ChairCatalogue& catalogue);

}  // namespace vitrine
