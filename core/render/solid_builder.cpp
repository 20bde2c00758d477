// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/solid_builder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace vitrine {
namespace {

constexpr float kTurn = 2 * std::numbers::pi_v<float>;
constexpr float kTexturesAMetre = 8;
constexpr int kOutline = 28;      // corners of a plate's outline
constexpr int kRings = 4;         // between a plate's middle and its edge
constexpr int kCornerPoints = 4;  // of a rounded corner

}  // namespace

std::uint32_t SolidBuilder::addPoint(Vector3 position, float u, float v) {
    m_mesh.positions.push_back(position);
    m_mesh.normals.push_back({});
    m_mesh.uvs.push_back({u * kTexturesAMetre, v * kTexturesAMetre});
    return std::uint32_t(m_mesh.positions.size() - 1);
}

void SolidBuilder::addTriangle(std::uint32_t a, std::uint32_t b, std::uint32_t c, int material) {
    m_mesh.triangles.push_back({a, b, c});
    m_mesh.materialOfTriangle.push_back(std::uint16_t(material));
}

void SolidBuilder::addQuad(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d, int material) {
    addTriangle(a, b, c, material);
    addTriangle(a, c, d, material);
}

void SolidBuilder::addBox(Vector3 low, Vector3 high, int material) {
    const auto face = [&](Vector3 corner, Vector3 a, Vector3 b) {
        const float width = length(a), height = length(b);
        addQuad(addPoint(corner, 0, 0),
                addPoint(corner + a, width, 0),
                addPoint(corner + a + b, width, height),
                addPoint(corner + b, 0, height),
                material);
    };
    const Vector3 x{high.x - low.x, 0, 0}, y{0, high.y - low.y, 0}, z{0, 0, high.z - low.z};
    face(low, x, y), face(low, z, y), face(low, x, z);
    face(high, -x, -y), face(high, -z, -y), face(high, -x, -z);
}

void SolidBuilder::addPlate(const PlateFrame& frame, const Plate& plate, int material) {
    const auto at = [&](float radius, int corner, float side) {
        const float angle = kTurn * float(corner) / kOutline;
        const float c = std::cos(angle), s = std::sin(angle), e = plate.squareness;
        const float reach = radius / std::pow(std::pow(std::abs(c), e) + std::pow(std::abs(s), e), 1 / e);
        const float along = reach * s;
        const float across = reach * c * (1 - plate.narrowing * (1 - along) / 2);
        const float height = side * (plate.halfThickness + plate.bulge * (1 - radius * radius * radius)) +
                             plate.bend * across * across;
        const float u = across * plate.halfWidth, v = along * plate.halfDepth;
        return addPoint(frame.middle + frame.across * u + frame.along * v + frame.up * height, u, v);
    };
    const auto strip = [&](float innerRadius, float innerSide, float outerRadius, float outerSide) {
        std::array<std::uint32_t, kOutline> inner{}, outer{};
        for (int k = 0; k < kOutline; ++k)
            inner[k] = at(innerRadius, k, innerSide), outer[k] = at(outerRadius, k, outerSide);
        for (int k = 0; k < kOutline; ++k) {
            const int next = (k + 1) % kOutline;
            addQuad(inner[k], outer[k], outer[next], inner[next], material);
        }
    };
    for (const float side : {1.f, -1.f})
        for (int ring = 0; ring < kRings; ++ring)
            strip(std::max(float(ring) / kRings, 1e-3f), side, float(ring + 1) / kRings, side);
    strip(1, 1, 1, -1);
}

void SolidBuilder::addTube(std::span<const Vector3> path,
                           std::span<const float> radii,
                           int sides,
                           int material) {
    const std::size_t count = path.size();
    Vector3 side;
    std::vector<std::uint32_t> before, ring(std::size_t(sides) + 1);
    float travelled = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Vector3 ahead = normalized(path[std::min(i + 1, count - 1)] - path[i > 0 ? i - 1 : 0]);
        // The frame is carried along, so that the tube does not twist.
        if (i == 0) side = std::abs(ahead.x) < 0.9f ? Vector3{1, 0, 0} : Vector3{0, 0, 1};
        side = normalized(side - ahead * dot(side, ahead));
        const Vector3 other = cross(ahead, side);
        if (i > 0) travelled += length(path[i] - path[i - 1]);
        for (int k = 0; k <= sides; ++k) {
            const float angle = kTurn * (float(k % sides) + 0.5f) / float(sides);
            const Vector3 out = side * std::cos(angle) + other * std::sin(angle);
            ring[k] =
                addPoint(path[i] + out * radii[i], radii[i] * kTurn * float(k) / float(sides), travelled);
        }
        if (i == 0 || i + 1 == count) {
            const std::uint32_t middle = addPoint(path[i], 0, travelled);
            for (int k = 0; k < sides; ++k) addTriangle(middle, ring[k], ring[k + 1], material);
        }
        if (i > 0)
            for (int k = 0; k < sides; ++k) addQuad(before[k], before[k + 1], ring[k + 1], ring[k], material);
        before = ring;
    }
}

void SolidBuilder::addBar(Vector3 from, Vector3 to, float radius, int sides, int material) {
    addTube(std::array{from, to}, std::array{radius, radius}, sides, material);
}

Mesh SolidBuilder::finish(std::vector<MeshMaterial> materials, std::vector<Image> textures) && {
    m_mesh.materials = std::move(materials);
    m_mesh.textures = std::move(textures);
    return std::move(m_mesh);
}

std::vector<Vector3> withRoundCorners(std::span<const Vector3> path, float radius) {
    std::vector<Vector3> result{path.front()};
    for (std::size_t i = 1; i + 1 < path.size(); ++i) {
        const Vector3 back = path[i - 1] - path[i], ahead = path[i + 1] - path[i];
        const Vector3 from = path[i] + normalized(back) * std::min(radius, 0.49f * length(back));
        const Vector3 to = path[i] + normalized(ahead) * std::min(radius, 0.49f * length(ahead));
        for (int k = 0; k <= kCornerPoints; ++k) {
            const float t = float(k) / kCornerPoints;
            result.push_back(from * ((1 - t) * (1 - t)) + path[i] * (2 * t * (1 - t)) + to * (t * t));
        }
    }
    result.push_back(path.back());
    return result;
}

}  // namespace vitrine
