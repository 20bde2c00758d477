// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/data/asset_source.h"

namespace vitrine {

/// An .obj and what it names, rewritten so that a general reader finds it.
struct ObjFiles {
    std::string mesh;  ///< names kObjMaterialFile alone; its origin is moved where the mesh lies far from it
    std::string materials;  ///< of all material files; textures by "./" and their name in the source
    std::vector<std::string>
        used;  ///< material files and textures that are there, by their name in the source
    std::vector<std::string> warnings;  ///< sentences: what is missing, and where it was looked for
    bool looksZUp = false;              ///< stands on z = 0 and is centred in the other two
};
inline constexpr std::string_view kObjMaterialFile = "vitrine-materials.mtl";

/// Names are looked for beside the file that has them, then beside the mesh, then without their folders.
/// Errors: those of AssetSource::read.
Result<ObjFiles> readObjFiles(AssetSource& source, const std::string& name);

/// The files that an .obj names (mtllib) and that a .mtl names (textures), as they are written there.
std::vector<std::string> materialFilesOfObj(std::span<const std::byte> content);
std::vector<std::string> texturesOfMtl(std::span<const std::byte> content);

}  // namespace vitrine
