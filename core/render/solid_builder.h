// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/render/mesh.h"

namespace vitrine {

/// A plate's place: its middle, and unit vectors along its width, its depth and its thickness.
struct PlateFrame {
    Vector3 middle;
    Vector3 across{1, 0, 0}, along{0, 0, 1}, up{0, 1, 0};
};

/// A plate with a rounded outline. Units: metres.
struct Plate {
    float halfWidth = 0.2f, halfDepth = 0.2f, halfThickness = 0.01f;
    float squareness = 8;  ///< exponent of the superellipse: 2 is round, 10 all but square
    float narrowing = 0;   ///< share of the width that the far end (-along) lacks
    float bulge = 0;       ///< of a cushion: how much thicker it is in its middle, on either side
    float bend = 0;        ///< how far the sides come forward, along `up`
};

/// Puts a mesh together out of simple solids. Units: metres; material: index into the mesh's.
class SolidBuilder {
public:
    void addBox(Vector3 low, Vector3 high, int material);
    void addPlate(const PlateFrame& frame, const Plate& plate, int material);
    /// Along a path, with a radius for each of its points; 4 sides give a square bar.
    void addTube(std::span<const Vector3> path, std::span<const float> radii, int sides, int material);
    void addBar(Vector3 from, Vector3 to, float radius, int sides, int material);

    /// The mesh, without normals; `materials` and `textures` become its own.
    Mesh finish(std::vector<MeshMaterial> materials, std::vector<Image> textures) &&;

private:
    std::uint32_t addPoint(Vector3 position, float u, float v);
    void addTriangle(std::uint32_t a, std::uint32_t b, std::uint32_t c, int material);
    void addQuad(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d, int material);

    Mesh m_mesh;
};

/// A path whose corners are rounded with a radius as far as their sides allow.
std::vector<Vector3> withRoundCorners(std::span<const Vector3> path, float radius);

}  // namespace vitrine
