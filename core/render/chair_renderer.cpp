// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/chair_renderer.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/render/chair_camera.h"
#include "core/render/lighting.h"
#include "core/render/mesh.h"
#include "core/render/part_labels.h"
#include "core/render/traced_mesh.h"

namespace vitrine {
namespace {

constexpr float kSurfaceOffset = 2e-4f;  // keeps shadow rays off the surface they start from
constexpr float kSkyReach = 0.7f;        // what is farther away does not darken
constexpr int kMaxLayers = 12;           // of transparent surfaces behind each other

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
Pixels coveredPixels(const ChairCamera& camera, Vector3 low, Vector3 high, int size) {
    float left = 1, right = -1, top = 1, bottom = -1;
    for (int i = 0; i < 8; ++i) {
        const auto [x, y] =
            camera.seenAt({i & 1 ? high.x : low.x, i & 2 ? high.y : low.y, i & 4 ? high.z : low.z});
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
    RayDevice device;
    TracedMesh traced;
    PartLabels parts;

    Scene(RayDevice ray, TracedMesh mesh, PartLabels labels)
        : device(std::move(ray)), traced(std::move(mesh)), parts(std::move(labels)) {}
    bool trace(RTCRayHit& ray, float sampleWidth, Hit& hit) const;
    bool isOccluded(const Hit& hit, Vector3 direction, float reach) const;
    float skyVisible(const Hit& hit, const std::vector<Vector3>& directions) const;
};

bool ChairModel::Scene::trace(RTCRayHit& ray, float sampleWidth, Hit& hit) const {
    if (!findNearest(traced.everything(), ray)) return false;
    const TracedSurface surface = traced.surfaceAt(ray.hit, sampleWidth);
    const Vector3 direction{ray.ray.dir_x, ray.ray.dir_y, ray.ray.dir_z};
    hit.distance = ray.ray.tfar;
    hit.point = Vector3{ray.ray.org_x, ray.ray.org_y, ray.ray.org_z} + direction * ray.ray.tfar;
    hit.faceNormal = dot(surface.faceNormal, direction) > 0 ? -surface.faceNormal : surface.faceNormal;
    hit.normal = dot(surface.normal, hit.faceNormal) < 0 ? -surface.normal : surface.normal;
    hit.materialIndex = surface.materialIndex;
    hit.albedo = surface.albedo;
    hit.opacity = surface.opacity;
    hit.gloss = surface.gloss;
    return true;
}

bool ChairModel::Scene::isOccluded(const Hit& hit, Vector3 direction, float reach) const {
    RTCRay ray = makeRay(hit.point + hit.faceNormal * kSurfaceOffset, direction, 0).ray;
    ray.tfar = reach;
    return meetsAnything(traced.occluders(), ray);
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
          m_sampleWidth(2 * ChairCamera::kHalfFrame * ChairCamera::kDistance / float(m_size * m_side)) {}

    ChairRender render() {
        ChairRender result{Image(m_size, m_size, 4),
                           LabelMap(m_size, m_size),
                           LabelMap(m_size, m_size),
                           ScalarMap(m_size, m_size, 3, std::numeric_limits<float>::quiet_NaN())};
        const Pixels pixels = coveredPixels(m_camera, m_scene.traced.low(), m_scene.traced.high(), m_size);
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
    const ChairCamera m_camera;
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
    PartLabels parts(mesh, entry.seatHeight);
    VITRINE_TRY(RayDevice device, makeRayDevice());
    VITRINE_TRY(TracedMesh traced, TracedMesh::build(device.get(), std::move(mesh)));
    return ChairModel(std::make_unique<Scene>(std::move(device), std::move(traced), std::move(parts)));
}

ChairRender ChairModel::render(const ChairView& view, const ChairRenderOptions& options) const {
    return ViewRenderer<Scene>(*m_scene, view, options).render();
}

}  // namespace vitrine
