// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/scene_painter.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numbers>

#include "core/base/srgb.h"

namespace vitrine {
namespace {

constexpr int kMaxSceneLayers = 6;       // of transparent surfaces behind each other
constexpr float kSkyReachMetres = 0.9f;  // metres; what is farther away does not darken
constexpr float kBounce = 0.25f;         // of the ambient light, what comes back from a surface nearby
constexpr float kSceneHighlight = 0.25f, kSceneHighlightPower = 24;
constexpr int kVisibilityGrid = 48;  // rays a side to measure what can be seen of the chair
constexpr int kNumParts = 5;

Vector3 tinted(Vector3 a, Vector3 b) {
    return {a.x * b.x, a.y * b.y, a.z * b.z};
}

struct Frame {
    Vector3 side, up;
    explicit Frame(Vector3 axis)
        : side(normalized(cross(axis, std::abs(axis.y) < 0.9f ? Vector3{0, 1, 0} : Vector3{1, 0, 0}))),
          up(cross(side, axis)) {}
};

/// Two numbers in [0, 1) that are spread evenly over the samples of a pixel and turned from pixel to pixel.
struct Pattern {
    float x, y;
    Pattern next(int i) const {
        const float a = x + 0.754877666f * float(i), b = y + 0.569840296f * float(i);
        return {a - std::floor(a), b - std::floor(b)};
    }
};

Vector3 onDisc(Vector3 axis, float radius, Pattern p) {
    const Frame frame(axis);
    const float r = radius * std::sqrt(p.x), angle = 2 * std::numbers::pi_v<float> * p.y;
    return normalized(axis + frame.side * (r * std::cos(angle)) + frame.up * (r * std::sin(angle)));
}

/// Weighted by the cosine to the axis.
Vector3 onHemisphere(Vector3 axis, Pattern p) {
    const Frame frame(axis);
    const float r = std::sqrt(p.x), angle = 2 * std::numbers::pi_v<float> * p.y;
    return normalized(axis * std::sqrt(1 - p.x) + frame.side * (r * std::cos(angle)) +
                      frame.up * (r * std::sin(angle)));
}

struct Sample {
    Vector3 colour;  ///< linear
    std::uint8_t label = 0;
    float distance = std::numeric_limits<float>::infinity();
};

/// The class of most samples; of several, the one nearest to the viewer.
std::uint8_t majority(const std::vector<Sample>& samples) {
    std::array<int, kNumParts> count{};
    std::array<float, kNumParts> nearest;
    nearest.fill(std::numeric_limits<float>::infinity());
    for (const Sample& sample : samples) {
        ++count[sample.label];
        nearest[sample.label] = std::min(nearest[sample.label], sample.distance);
    }
    std::size_t best = 0;
    for (std::size_t i = 1; i < count.size(); ++i)
        if (count[i] > count[best] || (count[i] == count[best] && nearest[i] < nearest[best])) best = i;
    return std::uint8_t(best);
}

class Painter {
public:
    Painter(const SceneGeometry& geometry,
            const SceneView& view,
            const SceneLight& light,
            const SceneRenderOptions& options)
        : m_geometry(geometry),
          m_view(view),
          m_light(light),
          m_side(options.samplesPerSide),
          m_numAcross(options.size * options.samplesPerSide) {}

    std::vector<Sample> pixel(int x, int y, Pattern pattern) const {
        std::vector<Sample> samples;
        for (int i = 0; i < m_side * m_side; ++i) {
            const float sx = float(x * m_side + i % m_side) + 0.5f,
                        sy = float(y * m_side + i / m_side) + 0.5f;
            const float scale = 2 / float(m_numAcross);
            samples.push_back(sample(m_view.direction(sx * scale - 1, sy * scale - 1), pattern, i));
        }
        return samples;
    }

private:
    /// Goes on behind transparent surfaces until nothing shines through.
    Sample sample(Vector3 direction, Pattern pattern, int number) const {
        Sample result;
        float through = 1, near = 0;
        for (int layer = 0; layer < kMaxSceneLayers && through > 0.02f; ++layer) {
            const auto hit = m_geometry.trace(m_view.eye(), direction, near, m_view.spread(m_numAcross));
            if (!hit) break;
            near = hit->distance + 1e-3f;
            if (hit->opacity < 0.01f) continue;
            const float share = through * hit->opacity;
            result.colour += shaded(*hit, -direction, pattern, number) * share;
            if (through >= 0.5f && through - share < 0.5f)
                result.label = hit->label, result.distance = hit->distance;
            through -= share;
        }
        return result;
    }

    Vector3 shaded(const SceneHit& hit, Vector3 towardsViewer, Pattern pattern, int number) const {
        const Vector3 key = onDisc(m_light.direction, m_light.radius, pattern.next(3 * number));
        const float facing = std::max(0.f, dot(key, hit.normal));
        const bool isLit = facing > 0 && dot(key, hit.faceNormal) > 0 && !m_geometry.isOccluded(hit, key, 20);
        Vector3 light = m_light.ambient * ambient(hit, pattern, number);
        Vector3 highlight;
        if (isLit) {
            light += m_light.key * facing;
            const float towards = std::max(0.f, dot(hit.normal, normalized(key + towardsViewer)));
            if (hit.gloss > 0)
                highlight =
                    m_light.key * (hit.gloss * kSceneHighlight * std::pow(towards, kSceneHighlightPower));
        }
        return tinted(hit.albedo, light) + highlight;
    }

    float ambient(const SceneHit& hit, Pattern pattern, int number) const {
        const int numRays = hit.isWide ? 1 : 2;
        float sum = 0;
        for (int i = 0; i < numRays; ++i) {
            const Vector3 direction = onHemisphere(hit.normal, pattern.next(3 * number + 1 + i));
            const bool isFree =
                dot(direction, hit.faceNormal) > 0 && !m_geometry.isOccluded(hit, direction, kSkyReachMetres);
            sum += isFree ? 0.7f + 0.3f * direction.y : kBounce;
        }
        return sum / float(numRays) * m_geometry.cornerLight(hit);
    }

    const SceneGeometry& m_geometry;
    const SceneView& m_view;
    const SceneLight& m_light;
    const int m_side, m_numAcross;
};

}  // namespace

SceneView::SceneView(const SceneCamera& camera, Vector3 middle)
    : m_halfFrame(camera.halfFrame), m_shiftX(camera.shiftX), m_shiftY(camera.shiftY) {
    const float degree = std::numbers::pi_v<float> / 180;
    const float elevation = camera.elevationDeg * degree, roll = camera.rollDeg * degree;
    const Vector3 back{0, std::sin(elevation), std::cos(elevation)};
    const Vector3 right{1, 0, 0}, up = cross(back, right);
    m_ahead = -back;
    m_right = right * std::cos(roll) + up * std::sin(roll);
    m_up = up * std::cos(roll) - right * std::sin(roll);
    m_eye = middle + back * camera.distance;
}

Vector3 SceneView::direction(float x, float y) const {
    return normalized(m_ahead + m_right * ((x + m_shiftX) * m_halfFrame) -
                      m_up * ((y + m_shiftY) * m_halfFrame));
}

ChairVisibility measureVisibility(const SceneGeometry& geometry, const SceneView& view) {
    int covered = 0, visible = 0;
    for (int i = 0; i < kVisibilityGrid * kVisibilityGrid; ++i) {
        const float x = (float(i % kVisibilityGrid) + 0.5f) / kVisibilityGrid,
                    y = (float(i / kVisibilityGrid) + 0.5f) / kVisibilityGrid;
        const Vector3 direction = view.direction(2 * x - 1, 2 * y - 1);
        if (!geometry.meetsChair(view.eye(), direction)) continue;
        ++covered;
        const auto hit = geometry.trace(view.eye(), direction, 0, view.spread(kVisibilityGrid));
        if (hit && hit->label != 0) ++visible;
    }
    return {covered > 0 ? float(visible) / float(covered) : 0,
            float(covered) / (kVisibilityGrid * kVisibilityGrid)};
}

ChairScene paintScene(const SceneGeometry& geometry,
                      const SceneView& view,
                      const SceneLight& light,
                      const SceneRenderOptions& options,
                      Rng& random) {
    ChairScene scene{Image(options.size, options.size, 3), LabelMap(options.size, options.size)};
    const Painter painter(geometry, view, light, options);
    for (int y = 0; y < options.size; ++y)
        for (int x = 0; x < options.size; ++x) {
            const Pattern pattern{float(random.uniform()), float(random.uniform())};
            const std::vector<Sample> samples = painter.pixel(x, y, pattern);
            Vector3 colour;
            for (const Sample& sample : samples) colour += sample.colour * (1 / float(samples.size()));
            const float channels[3] = {colour.x, colour.y, colour.z};
            for (int c = 0; c < 3; ++c) {
                const float level =
                    255 * linearToSrgb(softenHighlight(channels[c])) + light.noise * float(random.normal());
                scene.image.at(y, x, c) = std::uint8_t(std::clamp(level + 0.5f, 0.f, 255.f));
            }
            scene.labels.at(y, x) = majority(samples);
        }
    return scene;
}

}  // namespace vitrine
