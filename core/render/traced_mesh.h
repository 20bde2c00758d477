// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#if __has_include(<embree4/rtcore.h>)
#include <embree4/rtcore.h>
#else
#include <embree3/rtcore.h>
#endif

#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/render/mesh.h"
#include "core/render/texture.h"

namespace vitrine {

struct RayDeviceRelease {
    void operator()(RTCDevice device) const { rtcReleaseDevice(device); }
};
struct RaySceneRelease {
    void operator()(RTCScene scene) const { rtcReleaseScene(scene); }
};
using RayDevice = std::unique_ptr<RTCDeviceTy, RayDeviceRelease>;
using RayScene = std::unique_ptr<RTCSceneTy, RaySceneRelease>;

/// Errors: Internal.
Result<RayDevice> makeRayDevice();
/// A ray that looks for what is nearest, from `near` on.
RTCRayHit makeRay(Vector3 origin, Vector3 direction, float near);
/// Whether the ray met anything; `ray` then holds what is nearest. Embree 3 and 4 differ in this call alone.
bool findNearest(RTCScene scene, RTCRayHit& ray);
/// Whether anything lies on the ray up to `tfar`.
bool meetsAnything(RTCScene scene, RTCRay ray);

/// The surface where a ray met it, in the mesh's frame. The normals are those of the mesh: they may face
/// away.
struct TracedSurface {
    Vector3 normal, faceNormal;
    Vector3 albedo;  ///< sRGB in [0, 1]
    float opacity = 1, gloss = 0;
    int materialIndex = 0;
};

/// A mesh that rays can be cast at, with its materials and textures. Thread: const functions from several
/// threads.
class TracedMesh {
public:
    /// Errors: OutOfMemory.
    static Result<TracedMesh> build(RTCDevice device, Mesh mesh);

    const Mesh& mesh() const { return m_mesh; }  ///< its textures moved into this object
    Vector3 low() const { return m_low; }
    Vector3 high() const { return m_high; }
    RTCScene everything() const { return m_everything.get(); }
    /// What casts shadows: without what is transparent or has holes in its texture.
    RTCScene occluders() const { return m_occluders ? m_occluders.get() : m_everything.get(); }
    /// `hit`: of a ray that met `everything`. `sampleWidth`: in the mesh's frame, at the surface.
    TracedSurface surfaceAt(const RTCHit& hit, float sampleWidth) const;

private:
    Mesh m_mesh;
    std::vector<Texture> m_textures;
    std::vector<float> m_texelsPerUnit;  ///< of each triangle, a side
    RayScene m_everything, m_occluders;
    Vector3 m_low, m_high;

    float texelDensity(std::size_t triangle) const;
};

}  // namespace vitrine
