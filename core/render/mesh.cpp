// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/mesh.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <numbers>

#include "core/base/folders.h"
#include "core/base/log.h"
#include "core/data/asset_source.h"
#include "core/render/chair_family.h"
#include "core/render/mesh_check.h"
#include "core/render/mesh_import.h"
#include "core/render/normals.h"
#include "core/render/scans.h"

namespace vitrine {
namespace {

constexpr std::array<float, 9> kIdentity{1, 0, 0, 0, 1, 0, 0, 0, 1};

Vector3 rotated(const std::array<float, 9>& m, Vector3 p) {
    return {m[0] * p.x + m[1] * p.y + m[2] * p.z,
            m[3] * p.x + m[4] * p.y + m[5] * p.z,
            m[6] * p.x + m[7] * p.y + m[8] * p.z};
}

/// The catalogue's rotation, then the turn about the vertical.
std::array<float, 9> orientation(const ChairEntry& entry) {
    std::array<float, 9> base = kIdentity;
    if (entry.rotation.size() == 9) std::copy(entry.rotation.begin(), entry.rotation.end(), base.begin());
    const float angle = entry.turnDeg * std::numbers::pi_v<float> / 180;
    const float c = std::cos(angle), s = std::sin(angle);
    std::array<float, 9> turned{};
    for (int column = 0; column < 3; ++column) {
        turned[column] = c * base[column] + s * base[6 + column];
        turned[3 + column] = base[3 + column];
        turned[6 + column] = -s * base[column] + c * base[6 + column];
    }
    return turned;
}

/// Drops what no triangle uses, so that a stray point does not shrink the chair.
void dropUnusedVertices(Mesh& mesh) {
    constexpr std::uint32_t kUnused = ~std::uint32_t(0);
    std::vector<std::uint32_t> newIndex(mesh.positions.size(), kUnused);
    std::uint32_t count = 0;
    for (auto& triangle : mesh.triangles)
        for (std::uint32_t& corner : triangle) {
            if (newIndex[corner] == kUnused) newIndex[corner] = count++;
            corner = newIndex[corner];
        }
    std::vector<Vector3> positions(count), normals(count);
    std::vector<std::array<float, 2>> uvs(count);
    for (std::size_t i = 0; i < newIndex.size(); ++i) {
        if (newIndex[i] == kUnused) continue;
        positions[newIndex[i]] = mesh.positions[i];
        normals[newIndex[i]] = mesh.normals[i];
        uvs[newIndex[i]] = mesh.uvs[i];
    }
    mesh.positions = std::move(positions);
    mesh.normals = std::move(normals);
    mesh.uvs = std::move(uvs);
}

/// Of triangles with the same three corners one is kept, a textured one if there is any: two in the same
/// place flicker.
void dropDuplicateTriangles(Mesh& mesh) {
    const auto key = [&](std::size_t i) {
        std::array<std::array<float, 3>, 3> corners;
        for (int k = 0; k < 3; ++k) {
            const Vector3 p = mesh.positions[mesh.triangles[i][k]];
            corners[k] = {p.x, p.y, p.z};
        }
        std::sort(corners.begin(), corners.end());
        return corners;
    };
    const auto isTextured = [&](std::size_t i) {
        return mesh.materials[mesh.materialOfTriangle[i]].textureIndex >= 0;
    };
    std::map<std::array<std::array<float, 3>, 3>, std::size_t> kept;
    std::size_t count = 0;
    for (std::size_t i = 0; i < mesh.triangles.size(); ++i) {
        const auto [twin, isNew] = kept.emplace(key(i), count);
        const std::size_t place = isNew ? count++ : twin->second;
        if (!isNew && (isTextured(place) || !isTextured(i))) continue;
        mesh.triangles[place] = mesh.triangles[i];
        mesh.materialOfTriangle[place] = mesh.materialOfTriangle[i];
    }
    mesh.triangles.resize(count);
    mesh.materialOfTriangle.resize(count);
}

bool hasNormals(const Mesh& mesh) {
    return std::all_of(mesh.normals.begin(), mesh.normals.end(), [](Vector3 n) { return dot(n, n) > 0; });
}

Status normalize(Mesh& mesh, const ChairEntry& entry) {
    const std::array<float, 9> turn = orientation(entry);
    for (Vector3& p : mesh.positions) p = rotated(turn, p);
    for (Vector3& n : mesh.normals) n = normalized(rotated(turn, n));
    dropDuplicateTriangles(mesh);
    dropUnusedVertices(mesh);
    if (!hasNormals(mesh)) computeNormals(mesh);
    const Vector3 low = mesh.boxMin(), high = mesh.boxMax();
    const float diagonal = length(high - low);
    if (!std::isfinite(diagonal) || diagonal < 1e-20f)
        return Error{ErrorCode::BadFormat,
                     "The mesh " + std::filesystem::path(entry.model).filename().string() +
                         " has no extent, so there is nothing to show."};
    const Vector3 centre = (low + high) * 0.5f;
    for (Vector3& p : mesh.positions) p = (p - centre) * (1 / diagonal);
    return {};
}

/// No mesh reaches the general reader unchecked, wherever it comes from.
Result<Mesh> checkAndImport(AssetSource& source, const std::string& name) {
    VITRINE_TRY(const auto content, source.read(name));
    VITRINE_CHECK(checkMeshFile(content, name));
    return importMesh(source, name);
}

Result<Mesh> importEntry(const ChairEntry& entry) {
    if (const auto shape = familyShape(entry)) return makeFamilyChair(*shape).mesh;
    if (entry.archive.empty() || scanNumber(entry)) {
        const std::filesystem::path file(entry.model);
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(file, ignored))
            return Error{ErrorCode::NotFound, "There is no mesh " + entry.model + "."};
        const auto source = openFolderSource(file.parent_path());
        return checkAndImport(*source, file.filename().string());
    }
    VITRINE_TRY(const std::filesystem::path archive, locateArchive(entry.archive));
    VITRINE_TRY(const auto source, openArchiveSource(archive));
    const std::string name = source->resolve(entry.model);
    if (name.empty())
        return Error{ErrorCode::NotFound, "There is no " + entry.model + " in " + archive.string() + "."};
    return checkAndImport(*source, name);
}

template <class Pick>
Vector3 corner(const std::vector<Vector3>& points, Pick pick) {
    Vector3 result = points.empty() ? Vector3{} : points.front();
    for (const Vector3& p : points) result = {pick(result.x, p.x), pick(result.y, p.y), pick(result.z, p.z)};
    return result;
}

}  // namespace

Vector3 Mesh::boxMin() const {
    return corner(positions, [](float a, float b) { return std::min(a, b); });
}

Vector3 Mesh::boxMax() const {
    return corner(positions, [](float a, float b) { return std::max(a, b); });
}

Result<std::filesystem::path> locateArchive(const std::string& archive) {
    const std::filesystem::path path(archive);
    if (path.is_absolute()) return path;
    std::vector<std::filesystem::path> folders;
    if (const char* folder = std::getenv("VITRINE_FURNITURE")) folders.emplace_back(folder);
    folders.emplace_back(dataFolder() / "chairs");
    folders.emplace_back("/usr/share/sweethome3d/furniture");
    std::error_code ignored;
    for (const auto& folder : folders)
        if (std::filesystem::is_regular_file(folder / path, ignored)) return folder / path;
    return Error{
        ErrorCode::NotFound,
        "The archive " + archive +
            " was not found; install the package sweethome3d-furniture or set VITRINE_FURNITURE to its "
            "folder."};
}

Result<Mesh> loadMesh(const ChairEntry& entry) {
    VITRINE_TRY(Mesh mesh, readMesh(entry));
    for (const std::string& warning : mesh.warnings) logWarningOnce(warning);  // not for each view
    return mesh;
}

Result<Mesh> readMesh(const ChairEntry& entry) {
    VITRINE_TRY(Mesh mesh, importEntry(entry));
    VITRINE_CHECK(normalize(mesh, entry));
    if (const auto number = scanNumber(entry)) colourScan(mesh, *number);
    return mesh;
}

}  // namespace vitrine
