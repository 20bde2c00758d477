// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/data/asset_source.h"
#include "core/render/mesh.h"

namespace vitrine {

/// Reads a mesh file (.obj, .glb, whatever Assimp knows) in the file's own frame, with its materials and
/// textures; what of these is missing is said in Mesh::warnings. Errors: NotFound, BadFormat, Unsupported,
/// NonFinite.
Result<Mesh> importMesh(AssetSource& source, const std::string& name);

}  // namespace vitrine
