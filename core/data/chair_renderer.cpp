// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/chair_renderer.h"

#include <embree3/rtcore.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <numbers>

#include "core/data/lighting.h"
#include "core/data/mesh.h"
#include "core/data/part_labels.h"
#include "core/data/texture.h"

namespace vitrine {
namespace {

constexpr float kCameraDistance = 2.6f;
/// Tangent of half the opening angle. A sphere around the bounding box needs 0.196, so no chair leaves the
/// frame in any view.
constexpr float kHalfFrame = 0.2f;
constexpr float kSurfaceOffset = 2e-4f;  // keeps shadow rays off the surface they start from
constexpr float kSkyReach = 0.7f;        // what is farther away does not darken
constexpr int kMaxLayers = 12;           // of transparent surfaces behind each other
constexpr float kOpaqueEnough = 0.95f;   // materials from here on cast shadows

struct DeviceRelease {
    void operator()(RTCDevice device) const { rtcReleaseDevice(device); }
};
struct SceneRelease {
    void operator()(RTCScene scene) const { rtcReleaseScene(scene); }
};
using DevicePointer = std::unique_ptr<RTCDeviceTy, DeviceRelease>;
using ScenePointer = std::unique_ptr<RTCSceneTy, SceneRelease>;

struct Camera {
    Vector3 eye, right, up, towardsViewer;

    explicit Camera(const ChairView& view) {
        const float degree = std::numbers::pi_v<float> / 180;
        const float azimuth = view.azimuthDeg * degree, elevation = view.elevationDeg * degree;
        towardsViewer = {std::sin(azimuth) * std::cos(elevation),
                         std::sin(elevation),
                         std::cos(azimuth) * std::cos(elevation)};
        right = {std::cos(azimuth), 0, -std::sin(azimuth)};
        up = cross(towardsViewer, right);
        eye = towardsViewer * kCameraDistance;
    }
    /// x to the right and y down, both in [-1, 1] across the frame.
    Vector3 direction(float x, float y) const {
        return normalized(right * (x * kHalfFrame) - up * (y * kHalfFrame) - towardsViewer);
    }
};

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

ScenePointer buildScene(RTCDevice device, const Mesh& mesh, const std::vector<std::uint32_t>& triangles) {
    ScenePointer scene(rtcNewScene(device));
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

std::uint8_t toByte(float unit) {
    return std::uint8_t(std::clamp(unit * 255 + 0.5f, 0.f, 255.f));
}

struct Hit {
    Vector3 point, normal, faceNormal;  ///< normals face the viewer
    Vector3 albedo;
    float opacity = 1, gloss = 0, distance = 0;
    int materialIndex = 0;
};

struct Pixels {
    int x0, y0, x1, y1;
};

/// The part of the frame that the box can touch.
Pixels coveredPixels(const Camera& camera, Vector3 low, Vector3 high, int size) {
    float left = 1, right = -1, top = 1, bottom = -1;
    for (int i = 0; i < 8; ++i) {
        const Vector3 p =
            Vector3{i & 1 ? high.x : low.x, i & 2 ? high.y : low.y, i & 4 ? high.z : low.z} - camera.eye;
        const float depth = -dot(p, camera.towardsViewer) * kHalfFrame;
        const float x = dot(p, camera.right) / depth, y = -dot(p, camera.up) / depth;
        left = std::min(left, x), right = std::max(right, x), top = std::min(top, y),
        bottom = std::max(bottom, y);
    }
    const auto toPixel = [size](float unit) { return (unit + 1) / 2 * float(size); };
    return {std::max(0, int(toPixel(left)) - 1),
            std::max(0, int(toPixel(top)) - 1),
            std::min(size, int(toPixel(right)) + 2),
            std::min(size, int(toPixel(bottom)) + 2)};
}

}  // namespace

struct ChairModel::Scene {
    Mesh mesh;
    std::vector<Texture> textures;
    std::vector<float> texelsPerUnit;  ///< of each triangle, a side
    PartLabels parts;
    DevicePointer device;
    ScenePointer everything, occluders;  ///< occluders: what casts shadows
    Vector3 low, high;

    Status build(Mesh loaded, std::optional<float> seatHeight);
    bool trace(RTCRayHit& ray, float samplePerUnit, Hit& hit) const;
    bool isOccluded(const Hit& hit, Vector3 direction, float reach) const;
    float skyVisible(const Hit& hit, const std::vector<Vector3>& directions) const;
};

Status ChairModel::Scene::build(Mesh loaded, std::optional<float> seatHeight) {
    mesh = std::move(loaded);
    low = mesh.boxMin(), high = mesh.boxMax();
    parts = PartLabels(mesh, seatHeight);
    for (Image& image : mesh.textures) textures.emplace_back(std::move(image));
    mesh.textures.clear();
    std::vector<std::uint32_t> all, solid;
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i) {
        const MeshMaterial& material = mesh.materials[mesh.materialOfTriangle[i]];
        all.push_back(i);
        if (material.opacity >= kOpaqueEnough && !material.hasCutout) solid.push_back(i);
        const auto& t = mesh.triangles[i];
        const Vector3 a = mesh.positions[t[0]];
        const float area = length(cross(mesh.positions[t[1]] - a, mesh.positions[t[2]] - a));
        float density = 0;
        if (material.textureIndex >= 0 && area > 0) {
            const auto &uvA = mesh.uvs[t[0]], &uvB = mesh.uvs[t[1]], &uvC = mesh.uvs[t[2]];
            const float uvArea =
                std::abs((uvB[0] - uvA[0]) * (uvC[1] - uvA[1]) - (uvC[0] - uvA[0]) * (uvB[1] - uvA[1]));
            const Texture& texture = textures[material.textureIndex];
            density = std::sqrt(uvArea * float(texture.width()) * float(texture.height()) / area);
        }
        texelsPerUnit.push_back(density);
    }
    device.reset(rtcNewDevice("threads=1,set_affinity=0"));
    if (!device) return Error{ErrorCode::Internal, "The ray tracer could not be started."};
    everything = buildScene(device.get(), mesh, all);
    if (solid.size() != all.size()) occluders = buildScene(device.get(), mesh, solid);
    if (rtcGetDeviceError(device.get()) != RTC_ERROR_NONE)
        return Error{ErrorCode::OutOfMemory, "The chair is too large for the memory of this machine."};
    return {};
}

bool ChairModel::Scene::trace(RTCRayHit& ray, float samplePerUnit, Hit& hit) const {
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    rtcIntersect1(everything.get(), &context, &ray);
    if (ray.hit.geomID == RTC_INVALID_GEOMETRY_ID) return false;
    const auto& triangle = mesh.triangles[ray.hit.primID];
    const float u = ray.hit.u, v = ray.hit.v, w = 1 - u - v;
    const Vector3 direction{ray.ray.dir_x, ray.ray.dir_y, ray.ray.dir_z};
    hit.distance = ray.ray.tfar;
    hit.point = Vector3{ray.ray.org_x, ray.ray.org_y, ray.ray.org_z} + direction * ray.ray.tfar;
    hit.faceNormal = normalized({ray.hit.Ng_x, ray.hit.Ng_y, ray.hit.Ng_z});
    if (dot(hit.faceNormal, direction) > 0) hit.faceNormal = -hit.faceNormal;
    hit.normal = normalized(mesh.normals[triangle[0]] * w + mesh.normals[triangle[1]] * u +
                            mesh.normals[triangle[2]] * v);
    if (dot(hit.normal, hit.faceNormal) < 0) hit.normal = -hit.normal;
    hit.materialIndex = mesh.materialOfTriangle[ray.hit.primID];
    const MeshMaterial& material = mesh.materials[hit.materialIndex];
    hit.albedo = material.colour;
    hit.opacity = material.opacity;
    hit.gloss = material.gloss;
    if (material.textureIndex >= 0) {
        const auto &a = mesh.uvs[triangle[0]], &b = mesh.uvs[triangle[1]], &c = mesh.uvs[triangle[2]];
        const Texture::Texel texel =
            textures[material.textureIndex].sample(a[0] * w + b[0] * u + c[0] * v,
                                                   a[1] * w + b[1] * u + c[1] * v,
                                                   texelsPerUnit[ray.hit.primID] * samplePerUnit);
        hit.albedo = texel.colour;  // not tinted: exporters leave arbitrary grey levels in the colour below
        hit.opacity *= texel.opacity;
    }
    return true;
}

bool ChairModel::Scene::isOccluded(const Hit& hit, Vector3 direction, float reach) const {
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    RTCRay ray = makeRay(hit.point + hit.faceNormal * kSurfaceOffset, direction, 0).ray;
    ray.tfar = reach;
    rtcOccluded1(occluders ? occluders.get() : everything.get(), &context, &ray);
    return ray.tfar < 0;
}

float ChairModel::Scene::skyVisible(const Hit& hit, const std::vector<Vector3>& directions) const {
    float seen = 0, all = 0;
    for (const Vector3 direction : directions) {
        const float weight = Lighting::skyWeight(direction, hit.normal);
        if (weight <= 0) continue;
        all += weight;
        if (dot(direction, hit.faceNormal) > 0 && !isOccluded(hit, direction, kSkyReach)) seen += weight;
    }
    return all > 0 ? seen / all : 1;
}

namespace {

/// Renders one view of a scene, pixel by pixel.
template <class Scene>
class ViewRenderer {
public:
    ViewRenderer(const Scene& scene, const ChairView& view, const ChairRenderOptions& options)
        : m_scene(scene),
          m_camera(view),
          m_size(std::max(1, options.size)),
          m_side(std::max(1, options.samplesPerSide)),
          m_lighting(m_camera.right, m_camera.towardsViewer, m_side * m_side),
          m_sampleWidth(2 * kHalfFrame * kCameraDistance / float(m_size * m_side)) {}

    ChairRender render() {
        ChairRender result{Image(m_size, m_size, 4),
                           LabelMap(m_size, m_size, 1),
                           LabelMap(m_size, m_size, 1),
                           ScalarMap(m_size, m_size, 3, std::numeric_limits<float>::quiet_NaN())};
        const Pixels pixels = coveredPixels(m_camera, m_scene.low, m_scene.high, m_size);
        for (int y = pixels.y0; y < pixels.y1; ++y)
            for (int x = pixels.x0; x < pixels.x1; ++x) {
                renderColour(x, y, result.premultiplied);
                renderMaps(x, y, result);
            }
        return result;
    }

private:
    Vector3 direction(float x, float y) const {
        return m_camera.direction(2 * x / float(m_size) - 1, 2 * y / float(m_size) - 1);
    }

    void renderColour(int x, int y, Image& image) const {
        Vector3 colour;
        float alpha = 0;
        for (int sample = 0; sample < m_side * m_side; ++sample) {
            const float dx = (float(sample % m_side) + 0.5f) / float(m_side);
            const float dy = (float(sample / m_side) + 0.5f) / float(m_side);
            addSample(direction(float(x) + dx, float(y) + dy), sample, colour, alpha);
        }
        if (alpha == 0) return;
        const float share = 1 / float(m_side * m_side);
        std::uint8_t* out = image.row(y) + 4 * x;
        out[3] = toByte(alpha * share);
        out[0] = std::min(toByte(colour.x * share), out[3]);
        out[1] = std::min(toByte(colour.y * share), out[3]);
        out[2] = std::min(toByte(colour.z * share), out[3]);
    }

    /// Goes on behind transparent surfaces until nothing shines through.
    void addSample(Vector3 direction, int sample, Vector3& colour, float& alpha) const {
        float through = 1, near = 0;
        for (int layer = 0; layer < kMaxLayers && through > 0.01f; ++layer) {
            RTCRayHit ray = makeRay(m_camera.eye, direction, near);
            Hit hit;
            if (!m_scene.trace(ray, m_sampleWidth, hit)) return;
            near = hit.distance + kSurfaceOffset * 0.1f;
            if (hit.opacity < 0.01f) continue;
            const float share = through * hit.opacity;
            colour += shaded(hit, -direction, sample) * share;
            alpha += share;
            through -= share;
        }
    }

    Vector3 shaded(const Hit& hit, Vector3 towardsViewer, int sample) const {
        const Vector3 key = m_lighting.keyDirection(sample);
        const bool faces = dot(key, hit.faceNormal) > 0 && dot(key, hit.normal) > 0;
        const float keyVisible = faces && !m_scene.isOccluded(hit, key, 10) ? 1 : 0;
        const float skyVisible = m_scene.skyVisible(hit, m_lighting.skyDirections(sample));
        return m_lighting.shade(hit.albedo, hit.gloss, hit.normal, towardsViewer, keyVisible, skyVisible);
    }

    void renderMaps(int x, int y, ChairRender& result) const {
        if (result.premultiplied.at(y, x, 3) == 0) return;
        RTCRayHit ray = makeRay(m_camera.eye, direction(float(x) + 0.5f, float(y) + 0.5f), 0);
        Hit hit;
        if (!m_scene.trace(ray, m_sampleWidth, hit)) return;
        result.parts.at(y, x) = std::uint8_t(m_scene.parts.label(hit.point));
        result.objectId.at(y, x) = std::uint8_t(std::min(hit.materialIndex, 253) + 1);
        result.position.at(y, x, 0) = hit.point.x;
        result.position.at(y, x, 1) = hit.point.y;
        result.position.at(y, x, 2) = hit.point.z;
    }

    const Scene& m_scene;
    const Camera m_camera;
    const int m_size, m_side;
    const Lighting m_lighting;
    const float m_sampleWidth;  ///< in the chair's frame, at the chair's distance
};

}  // namespace

ChairModel::ChairModel(std::unique_ptr<Scene> scene) : m_scene(std::move(scene)) {}
ChairModel::ChairModel(ChairModel&&) noexcept = default;
ChairModel& ChairModel::operator=(ChairModel&&) noexcept = default;
ChairModel::~ChairModel() = default;

Result<ChairModel> ChairModel::load(const ChairEntry& entry) {
    VITRINE_TRY(Mesh mesh, loadMesh(entry));
    auto scene = std::make_unique<Scene>();
    VITRINE_CHECK(scene->build(std::move(mesh), entry.seatHeight));
    return ChairModel(std::move(scene));
}

ChairRender ChairModel::render(const ChairView& view, const ChairRenderOptions& options) const {
    return ViewRenderer<Scene>(*m_scene, view, options).render();
}

const std::vector<float>& trainedAzimuthsDeg() {
    static const std::vector<float> azimuths = [] {
        std::vector<float> degrees;
        for (int k = 0; k < 31; ++k) degrees.push_back(float(360 * k / 31));
        return degrees;
    }();
    return azimuths;
}

const std::vector<float>& trainedElevationsDeg() {
    static const std::vector<float> elevations{20, 30};
    return elevations;
}

}  // namespace vitrine
