// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/base/vector3.h"
#include "core/data/chair_catalogue.h"

namespace vitrine {

struct MeshMaterial {
    std::string name;
    Vector3 colour{0.7f, 0.7f, 0.7f};  ///< sRGB in [0, 1]
    float opacity = 1;
    float gloss = 0;         ///< strength of the highlight in [0, 1]
    int textureIndex = -1;   ///< into Mesh::textures
    bool hasCutout = false;  ///< its texture has transparent texels
};

/// A triangle mesh in the chair's frame: bounding box centred on the origin with a diagonal of 1, y up, front
/// towards +z.
struct Mesh {
    std::vector<Vector3> positions;
    std::vector<Vector3> normals;           ///< unit length, one a position
    std::vector<std::array<float, 2>> uvs;  ///< v upwards
    std::vector<std::array<std::uint32_t, 3>> triangles;
    std::vector<std::uint16_t> materialOfTriangle;
    std::vector<MeshMaterial> materials;
    std::vector<Image> textures;        ///< [H, W, 3 or 4]
    std::vector<std::string> warnings;  ///< sentences: what was missing or not taken as it is written

    Vector3 boxMin() const;
    Vector3 boxMax() const;
};

/// What a mesh may hold at most.
inline constexpr std::size_t kMaxMeshTriangles = 5'000'000;
inline constexpr std::size_t kMaxMeshMaterials = 60'000;
inline constexpr std::size_t kMaxTexturePixels = std::size_t(1) << 27;  ///< all textures together

/// Further from the origin than this many diagonals, a mesh is moved there before its corners become float32,
/// which would lose what can be seen.
inline constexpr double kFarDiagonals = 64;

/// Loads a chair out of its archive or from its file, or makes one of the parametric family; nothing is
/// unpacked to disk. Its warnings are logged once. Errors: NotFound, BadFormat, Unsupported, NonFinite, each
/// with the file's name.
Result<Mesh> loadMesh(const ChairEntry& entry);
/// The same for a caller that shows the warnings itself.
Result<Mesh> readMesh(const ChairEntry& entry);

/// Where a furniture archive is: VITRINE_FURNITURE, the user's own chairs, the installed package. Errors:
/// NotFound.
Result<std::filesystem::path> locateArchive(const std::string& archive);

}  // namespace vitrine
