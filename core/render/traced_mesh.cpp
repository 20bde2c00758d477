// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/traced_mesh.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace vitrine {
namespace {

constexpr float kOpaqueEnough = 0.95f;  // materials from here on cast shadows

RayScene buildScene(RTCDevice device, const Mesh& mesh, const std::vector<std::uint32_t>& triangles) {
    RayScene scene(rtcNewScene(device));
    RTCGeometry geometry = rtcNewGeometry(device, RTC_GEOMETRY_TYPE_TRIANGLE);
    auto* vertices = static_cast<float*>(rtcSetNewGeometryBuffer(
        geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3, 3 * sizeof(float), mesh.positions.size()));
    auto* indices = static_cast<std::uint32_t*>(rtcSetNewGeometryBuffer(
        geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3, 3 * sizeof(std::uint32_t), triangles.size()));
    if (vertices && indices) {
        std::memcpy(vertices, mesh.positions.data(), mesh.positions.size() * 3 * sizeof(float));
        for (std::size_t i = 0; i < triangles.size(); ++i)
            std::memcpy(indices + 3 * i, mesh.triangles[triangles[i]].data(), 3 * sizeof(std::uint32_t));
        rtcCommitGeometry(geometry);
        rtcAttachGeometry(scene.get(), geometry);
    }
    rtcReleaseGeometry(geometry);
    rtcSetSceneBuildQuality(scene.get(), RTC_BUILD_QUALITY_HIGH);
    rtcCommitScene(scene.get());
    return scene;
}

}  // namespace

Result<RayDevice> makeRayDevice() {
    RayDevice device(rtcNewDevice("threads=1,set_affinity=0"));
    if (!device) return Error{ErrorCode::Internal, "The ray tracer could not be started."};
    return device;
}

RTCRayHit makeRay(Vector3 origin, Vector3 direction, float near) {
    RTCRayHit ray{};
    ray.ray.org_x = origin.x;
    ray.ray.org_y = origin.y;
    ray.ray.org_z = origin.z;
    ray.ray.dir_x = direction.x;
    ray.ray.dir_y = direction.y;
    ray.ray.dir_z = direction.z;
    ray.ray.tnear = near;
    ray.ray.tfar = std::numeric_limits<float>::infinity();
    ray.ray.mask = ~0u;
    ray.hit.geomID = RTC_INVALID_GEOMETRY_ID;
    return ray;
}

bool findNearest(RTCScene scene, RTCRayHit& ray) {
#if RTC_VERSION_MAJOR >= 4
    rtcIntersect1(scene, &ray);
#else
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    rtcIntersect1(scene, &context, &ray);
#endif
    return ray.hit.geomID != RTC_INVALID_GEOMETRY_ID;
}

bool meetsAnything(RTCScene scene, RTCRay ray) {
#if RTC_VERSION_MAJOR >= 4
    rtcOccluded1(scene, &ray);
#else
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    rtcOccluded1(scene, &context, &ray);
#endif
    return ray.tfar < 0;
}

float TracedMesh::texelDensity(std::size_t triangle) const {
    const MeshMaterial& material = m_mesh.materials[m_mesh.materialOfTriangle[triangle]];
    const auto& t = m_mesh.triangles[triangle];
    const Vector3 a = m_mesh.positions[t[0]];
    const float area = length(cross(m_mesh.positions[t[1]] - a, m_mesh.positions[t[2]] - a));
    if (material.textureIndex < 0 || area <= 0) return 0;
    const auto &uvA = m_mesh.uvs[t[0]], &uvB = m_mesh.uvs[t[1]], &uvC = m_mesh.uvs[t[2]];
    const float uvArea =
        std::abs((uvB[0] - uvA[0]) * (uvC[1] - uvA[1]) - (uvC[0] - uvA[0]) * (uvB[1] - uvA[1]));
    const Texture& texture = m_textures[material.textureIndex];
    return std::sqrt(uvArea * float(texture.width()) * float(texture.height()) / area);
}

Result<TracedMesh> TracedMesh::build(RTCDevice device, Mesh mesh) {
    TracedMesh traced;
    traced.m_mesh = std::move(mesh);
    traced.m_low = traced.m_mesh.boxMin(), traced.m_high = traced.m_mesh.boxMax();
    for (Image& image : traced.m_mesh.textures) traced.m_textures.emplace_back(std::move(image));
    traced.m_mesh.textures.clear();
    std::vector<std::uint32_t> all, solid;
    for (std::uint32_t i = 0; i < traced.m_mesh.triangles.size(); ++i) {
        const MeshMaterial& material = traced.m_mesh.materials[traced.m_mesh.materialOfTriangle[i]];
        all.push_back(i);
        if (material.opacity >= kOpaqueEnough && !material.hasCutout) solid.push_back(i);
        traced.m_texelsPerUnit.push_back(traced.texelDensity(i));
    }
    traced.m_everything = buildScene(device, traced.m_mesh, all);
    if (solid.size() != all.size()) traced.m_occluders = buildScene(device, traced.m_mesh, solid);
    if (rtcGetDeviceError(device) != RTC_ERROR_NONE)
        return Error{ErrorCode::OutOfMemory, "The chair is too large for the memory of this machine."};
    return traced;
}

TracedSurface TracedMesh::surfaceAt(const RTCHit& hit, float sampleWidth) const {
    const auto& triangle = m_mesh.triangles[hit.primID];
    const float u = hit.u, v = hit.v, w = 1 - u - v;
    TracedSurface surface;
    surface.faceNormal = normalized({hit.Ng_x, hit.Ng_y, hit.Ng_z});
    surface.normal = normalized(m_mesh.normals[triangle[0]] * w + m_mesh.normals[triangle[1]] * u +
                                m_mesh.normals[triangle[2]] * v);
    surface.materialIndex = m_mesh.materialOfTriangle[hit.primID];
    const MeshMaterial& material = m_mesh.materials[surface.materialIndex];
    surface.albedo = material.colour;
    surface.opacity = material.opacity;
    surface.gloss = material.gloss;
    if (material.textureIndex >= 0) {
        const auto &a = m_mesh.uvs[triangle[0]], &b = m_mesh.uvs[triangle[1]], &c = m_mesh.uvs[triangle[2]];
        const Texture::Texel texel =
            m_textures[material.textureIndex].sample(a[0] * w + b[0] * u + c[0] * v,
                                                     a[1] * w + b[1] * u + c[1] * v,
                                                     m_texelsPerUnit[hit.primID] * sampleWidth);
        surface.albedo =
            texel.colour;  // not tinted: exporters leave arbitrary grey levels in the colour below
        surface.opacity *= texel.opacity;
    }
    return surface;
}

}  // namespace vitrine
