// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/scene_geometry.h"

#include <algorithm>
#include <array>
#include <numbers>

#include "core/base/srgb.h"

namespace vitrine {
namespace {

constexpr float kSurfaceOffsetMetres = 5e-4f;  // metres; keeps shadow rays off the surface they start from
constexpr float kCornerReach = 0.25f;          // metres

float toLinear(float srgb) {
    static const auto table = [] {
        std::array<float, 1025> values;
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = srgbToLinear(float(i) / 1024);
        return values;
    }();
    return table[std::size_t(std::clamp(srgb, 0.f, 1.f) * 1024 + 0.5f)];
}

Vector3 toLinear(Vector3 c) {
    return {toLinear(c.x), toLinear(c.y), toLinear(c.z)};
}

Vector3 scaled(Vector3 a, Vector3 b) {
    return {a.x * b.x, a.y * b.y, a.z * b.z};
}

}  // namespace

Vector3 SceneGeometry::Instance::toWorld(Vector3 d) const {
    return xAxis * d.x + Vector3{0, d.y, 0} + zAxis * d.z;
}

Vector3 SceneGeometry::Instance::toMesh(Vector3 point) const {
    const Vector3 d = (point - position) * (1 / scale);
    return {dot(d, xAxis), d.y, dot(d, zAxis)};
}

void SceneGeometry::addInstance(const TracedMesh& traced, const Placement& placement) {
    const float turn = placement.turnDeg * std::numbers::pi_v<float> / 180;
    Instance instance;
    instance.traced = &traced;
    instance.scale = placement.scale;
    instance.position = placement.position - Vector3{0, traced.low().y * placement.scale, 0};
    instance.xAxis = {std::cos(turn), 0, -std::sin(turn)};
    instance.zAxis = {std::sin(turn), 0, std::cos(turn)};
    m_instances.push_back(instance);
}

Status SceneGeometry::addSurface(SceneAssets& assets, const SceneSurface& placed) {
    Surface surface{placed};
    if (placed.index >= 0) {
        VITRINE_TRY(surface.texture, assets.surface(std::size_t(placed.index)));
    }
    m_surfaces.push_back(surface);
    return {};
}

/// Drops a thing onto the chair from above.
void SceneGeometry::settleOnSeat(Placement& placement) const {
    const Instance& chair = m_instances.front();
    const Vector3 above = chair.toMesh({placement.position.x, 0, placement.position.z});
    RTCRayHit ray = makeRay({above.x, 0.45f, above.z}, {0, -1, 0}, 0);
    const bool lands = findNearest(chair.traced->everything(), ray);
    const float height = 0.45f - chair.traced->low().y - ray.ray.tfar;
    placement.position.y = lands ? height * chair.scale : 0;
}

RayScene SceneGeometry::instanceScene(RTCDevice device, bool onlyOccluders) const {
    RayScene scene(rtcNewScene(device));
    for (unsigned i = 0; i < m_instances.size(); ++i) {
        const Instance& instance = m_instances[i];
        RTCGeometry geometry = rtcNewGeometry(device, RTC_GEOMETRY_TYPE_INSTANCE);
        rtcSetGeometryInstancedScene(
            geometry, onlyOccluders ? instance.traced->occluders() : instance.traced->everything());
        const Vector3 x = instance.xAxis * instance.scale, z = instance.zAxis * instance.scale;
        const float columns[12] = {x.x,
                                   x.y,
                                   x.z,
                                   0,
                                   instance.scale,
                                   0,
                                   z.x,
                                   z.y,
                                   z.z,
                                   instance.position.x,
                                   instance.position.y,
                                   instance.position.z};
        rtcSetGeometryTransform(geometry, 0, RTC_FORMAT_FLOAT3X4_COLUMN_MAJOR, columns);
        rtcCommitGeometry(geometry);
        rtcAttachGeometryByID(scene.get(), geometry, i);
        rtcReleaseGeometry(geometry);
    }
    rtcCommitScene(scene.get());
    return scene;
}

Result<SceneGeometry> SceneGeometry::build(SceneAssets& assets,
                                           std::size_t chairIndex,
                                           const SceneLayout& layout) {
    SceneGeometry geometry;
    VITRINE_TRY(geometry.m_chair, assets.chair(chairIndex));
    geometry.m_skirtingM = layout.skirtingM;
    geometry.addInstance(geometry.m_chair->traced, layout.chair);
    for (const PlacedClutter& placed : layout.clutter) {
        VITRINE_TRY(const TracedMesh* traced, assets.clutter(std::size_t(placed.index)));
        Placement placement = placed.placement;
        if (placed.onSeat) geometry.settleOnSeat(placement);
        geometry.addInstance(*traced, placement);
    }
    VITRINE_CHECK(geometry.addSurface(assets, layout.floor));
    for (const SceneSurface& wall : layout.walls) VITRINE_CHECK(geometry.addSurface(assets, wall));
    geometry.m_everything = geometry.instanceScene(assets.device(), false);
    geometry.m_occluders = geometry.instanceScene(assets.device(), true);
    return geometry;
}

std::optional<SceneHit> SceneGeometry::trace(Vector3 origin,
                                             Vector3 direction,
                                             float near,
                                             float spread) const {
    RTCRayHit ray = makeRay(origin, direction, near);
    findNearest(m_everything.get(), ray);
    SceneHit hit;
    hit.distance = ray.ray.tfar;
    const Surface* nearest = nullptr;
    for (const Surface& surface : m_surfaces) {
        const float towards = -dot(direction, surface.placed.normal);
        if (towards <= 1e-6f) continue;
        const float distance = dot(origin - surface.placed.point, surface.placed.normal) / towards;
        if (distance > near && distance < hit.distance) hit.distance = distance, nearest = &surface;
    }
    hit.point = origin + direction * hit.distance;
    if (nearest)
        shadePlane(*nearest, spread, hit);
    else if (ray.hit.geomID != RTC_INVALID_GEOMETRY_ID)
        shadeMesh(ray, spread, hit);
    else
        return {};
    if (dot(hit.faceNormal, direction) > 0) hit.faceNormal = -hit.faceNormal;
    if (dot(hit.normal, hit.faceNormal) < 0) hit.normal = -hit.normal;
    return hit;
}

void SceneGeometry::shadeMesh(const RTCRayHit& ray, float spread, SceneHit& hit) const {
    const Instance& instance = m_instances[ray.hit.instID[0]];
    const TracedSurface surface = instance.traced->surfaceAt(ray.hit, spread * hit.distance / instance.scale);
    hit.normal = instance.toWorld(surface.normal);
    hit.faceNormal = instance.toWorld(surface.faceNormal);
    hit.albedo = toLinear(surface.albedo);
    hit.opacity = surface.opacity;
    hit.gloss = surface.gloss;
    if (&instance == &m_instances.front())
        hit.label = std::uint8_t(m_chair->parts.label(instance.toMesh(hit.point)));
}

void SceneGeometry::shadePlane(const Surface& surface, float spread, SceneHit& hit) const {
    const SceneSurface& placed = surface.placed;
    hit.isWide = true;
    hit.normal = hit.faceNormal = placed.normal;
    hit.albedo = placed.tint;
    const bool isWall = placed.normal.y == 0;
    if (isWall && hit.point.y < m_skirtingM) {
        hit.albedo = {0.7f, 0.7f, 0.68f};
    } else if (surface.texture) {
        const Vector3 offset = hit.point - placed.point;
        const float texels = float(surface.texture->width()) / placed.widthM;
        const float aspect = float(surface.texture->width()) / float(surface.texture->height());
        const Texture::Texel texel =
            surface.texture->sample(dot(offset, placed.across) / placed.widthM,
                                    dot(offset, placed.along) / placed.widthM * aspect,
                                    1.4f * spread * hit.distance * texels);
        hit.albedo = scaled(toLinear(texel.colour), placed.tint);
    }
}

bool SceneGeometry::isOccluded(const SceneHit& hit, Vector3 direction, float reach) const {
    RTCRay ray = makeRay(hit.point + hit.faceNormal * kSurfaceOffsetMetres, direction, 0).ray;
    ray.tfar = reach;
    return meetsAnything(m_occluders.get(), ray);
}

bool SceneGeometry::meetsChair(Vector3 origin, Vector3 direction) const {
    const Instance& chair = m_instances.front();
    const Vector3 from = chair.toMesh(origin), to = chair.toMesh(origin + direction);
    RTCRayHit ray = makeRay(from, to - from, 0);
    return findNearest(chair.traced->everything(), ray);
}

float SceneGeometry::cornerLight(const SceneHit& hit) const {
    float light = 1;
    for (const Surface& surface : m_surfaces) {
        const float distance = dot(hit.point - surface.placed.point, surface.placed.normal);
        if (dot(surface.placed.normal, hit.normal) < 0.99f && distance >= 0)
            light *= 1 - 0.4f * std::exp(-distance / kCornerReach);
    }
    return light;
}

}  // namespace vitrine
