// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/normals.h"

#include <bit>
#include <numbers>
#include <unordered_map>

namespace vitrine {
namespace {

constexpr float kSmoothingAngleDeg = 48;

struct PointHash {
    std::size_t operator()(const Vector3& p) const {
        std::size_t hash = 0;
        for (const float f : {p.x, p.y, p.z})
            hash = (hash ^ std::bit_cast<std::uint32_t>(f + 0.f)) * 0x9e3779b97f4a7c15ull;
        return hash ^ (hash >> 29);
    }
};
struct PointEqual {
    bool operator()(const Vector3& a, const Vector3& b) const {
        return a.x == b.x && a.y == b.y && a.z == b.z;
    }
};

/// One index for all vertices at the same place.
std::vector<std::uint32_t> placeOfVertex(const std::vector<Vector3>& positions, std::uint32_t& numPlaces) {
    std::unordered_map<Vector3, std::uint32_t, PointHash, PointEqual> places;
    std::vector<std::uint32_t> result;
    result.reserve(positions.size());
    for (const Vector3& p : positions)
        result.push_back(places.emplace(p, std::uint32_t(places.size())).first->second);
    numPlaces = std::uint32_t(places.size());
    return result;
}

/// Area-weighted sum of the faces around a corner that are not across a crease, turned to the side of `own`.
Vector3 smoothed(Vector3 own,
                 const std::vector<std::uint32_t>& faces,
                 const std::vector<Vector3>& faceNormals) {
    static const float cosCrease = std::cos(kSmoothingAngleDeg * std::numbers::pi_v<float> / 180);
    const Vector3 direction = normalized(own);
    Vector3 sum;
    for (const std::uint32_t face : faces) {
        const Vector3 other = faceNormals[face];
        const float along = dot(direction, other), size = length(other);
        if (std::abs(along) < cosCrease * size) continue;
        sum += along < 0 ? -other : other;
    }
    return dot(sum, sum) > 0 ? normalized(sum) : direction;
}

}  // namespace

void computeNormals(Mesh& mesh) {
    std::uint32_t numPlaces = 0;
    const std::vector<std::uint32_t> places = placeOfVertex(mesh.positions, numPlaces);
    std::vector<std::vector<std::uint32_t>> facesAt(numPlaces);
    std::vector<Vector3> faceNormals;
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i) {
        const auto& t = mesh.triangles[i];
        const Vector3 a = mesh.positions[t[0]];
        faceNormals.push_back(cross(mesh.positions[t[1]] - a, mesh.positions[t[2]] - a));
        for (const std::uint32_t vertex : t) facesAt[places[vertex]].push_back(i);
    }
    std::vector<Vector3> positions, normals;
    std::vector<std::array<float, 2>> uvs;
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i)
        for (std::uint32_t& vertex : mesh.triangles[i]) {
            positions.push_back(mesh.positions[vertex]);
            uvs.push_back(mesh.uvs[vertex]);
            normals.push_back(smoothed(faceNormals[i], facesAt[places[vertex]], faceNormals));
            vertex = std::uint32_t(positions.size() - 1);
        }
    mesh.positions = std::move(positions);
    mesh.normals = std::move(normals);
    mesh.uvs = std::move(uvs);
}

}  // namespace vitrine
