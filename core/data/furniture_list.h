// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/data/chair_catalogue.h"

namespace vitrine {

/// One piece of furniture of a Sweet Home 3D archive.
struct FurniturePiece {
    ChairEntry
        entry;  ///< name, creator, licence, model, rotation, type and seat height; no id or archive yet
    bool isSeat = false;  ///< its name, tags or category say that one sits on it
};

/// Reads PluginFurnitureCatalog.properties of a .sh3f archive (UTF-8 or ISO-8859-1, with Unicode escapes;
/// keys name#N, model#N, ...). Errors: BadFormat if it lists nothing.
Result<std::vector<FurniturePiece>> parseFurnitureList(std::string_view properties,
                                                       const std::string& nameForMessages);

/// The type of chair that a name speaks of; "chair" if it does not say.
std::string chairTypeOf(std::string_view name);

}  // namespace vitrine
