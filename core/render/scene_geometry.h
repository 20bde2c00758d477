// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/render/scene_assets.h"
#include "core/render/scene_layout.h"

namespace vitrine {

/// What a ray meets in a scene. Units: metres.
struct SceneHit {
    Vector3 point, normal, faceNormal;  ///< the normals face the viewer
    Vector3 albedo;                     ///< linear
    float opacity = 1, gloss = 0, distance = 0;
    std::uint8_t label = 0;  ///< ChairPart; background if it is no chair
    bool isWide = false;     ///< floor or wall
};

/// A layout as instances of meshes and planes. Thread: const functions from several threads.
class SceneGeometry {
public:
    /// Errors: those of SceneAssets.
    static Result<SceneGeometry> build(SceneAssets& assets,
                                       std::size_t chairIndex,
                                       const SceneLayout& layout);

    /// `spread`: width of a sample at a distance of 1. The room has no holes: behind the last wall is the
    /// first one's colour in the far distance, that is, nothing.
    std::optional<SceneHit> trace(Vector3 origin, Vector3 direction, float near, float spread) const;
    bool isOccluded(const SceneHit& hit, Vector3 direction, float reach) const;
    /// Whether a ray meets the chair, whatever stands in its way.
    bool meetsChair(Vector3 origin, Vector3 direction) const;
    /// How much light the corners of the room keep from a point of floor or wall, 0 to 1.
    float cornerLight(const SceneHit& hit) const;

private:
    struct Instance {
        const TracedMesh* traced = nullptr;
        Vector3 position, xAxis, zAxis;  ///< of the mesh in the world, unit length
        float scale = 1;
        Vector3 toWorld(Vector3 direction) const;
        Vector3 toMesh(Vector3 point) const;
    };
    struct Surface {
        SceneSurface placed;
        const Texture* texture = nullptr;
    };

    void addInstance(const TracedMesh& traced, const Placement& placement);
    Status addSurface(SceneAssets& assets, const SceneSurface& placed);
    void settleOnSeat(Placement& placement) const;
    void commit(RTCDevice device);
    RayScene instanceScene(RTCDevice device, bool onlyOccluders) const;
    void shadeMesh(const RTCRayHit& ray, float spread, SceneHit& hit) const;
    void shadePlane(const Surface& surface, float spread, SceneHit& hit) const;

    const SceneChair* m_chair = nullptr;
    float m_skirtingM = 0;
    std::vector<Instance> m_instances;  // the chair first
    std::vector<Surface> m_surfaces;    // the floor first
    RayScene m_everything, m_occluders;
};

}  // namespace vitrine
