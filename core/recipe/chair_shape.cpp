// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/chair_shape.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/flow/flow_maths.h"
#include "core/render/chair_camera.h"

namespace vitrine {
namespace {

constexpr float kBoxElevationDeg = 20, kTurnDeg = 10;
constexpr std::uint8_t kInSilhouette = 110, kOnChair = 26;
constexpr float kOwnViewWeight = 16;  // of a squared distance: a pixel stays where it is seen
constexpr float kRidge = 1e-4f;       // keeps the depth finite where nothing moves
constexpr float kNearPart = 1.03f;    // of a side view the widest part is nearer than the middle by so much
constexpr float kFarthest = 0.5f;     // of the picture's side, that a guess moves
constexpr float kBesideWeight = 1e-3f;
constexpr float kSmoothing = 2;         // pixels
constexpr float kOnChairShare = 0.25f;  // of a pixel, for the search of the seats
constexpr double kEvenSeats = 0.05;  // how much worse seats look that differ by the whole height, as a share

struct Extent {
    float left = 0, right = 0, top = 0, bottom = 0;  ///< pixels; the outer edges
};

Extent silhouetteOf(const Image& picture) {
    Extent extent{float(picture.width), 0, float(picture.height), 0};
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            if (picture.at(y, x, 3) <= kInSilhouette) continue;
            extent.left = std::min(extent.left, float(x) - 0.5f);
            extent.right = std::max(extent.right, float(x) + 0.5f);
            extent.top = std::min(extent.top, float(y) - 0.5f);
            extent.bottom = std::max(extent.bottom, float(y) + 0.5f);
        }
    return extent;
}

float squared(float x) {
    return x * x;
}

/// How badly a box explains a silhouette. The feet stand under the nearest edge, the back's top over the
/// back edge: so a chair fills its box.
float misfit(const ChairBox& box, const ChairView& view, const Extent& seen, int size) {
    const ChairCamera camera(view);
    const Vector3 half = box * 0.5f;
    const Vector3 side{std::round(camera.towardsViewer.x), 0, std::round(camera.towardsViewer.z)};
    const float across = std::abs(dot(camera.right, box));
    const float width = across / (ChairCamera::kDistance * ChairCamera::kHalfFrame) / 2 * float(size);
    const float bottom = camera.pixelOf(Vector3{side.x * half.x, -half.y, side.z * half.z}, size)[1];
    const float top = camera.pixelOf(Vector3{0, half.y, -half.z}, size)[1];
    return squared(seen.right - seen.left - kNearPart * width) + squared(seen.bottom - bottom) +
           squared(seen.top - top);
}

/// Solves a symmetric 3 x 3 system by Cramer's rule; columns a, b, c.
Vector3 solved(Vector3 a, Vector3 b, Vector3 c, Vector3 right) {
    const float scale = 1 / dot(a, cross(b, c));
    return Vector3{dot(right, cross(b, c)), dot(a, cross(right, c)), dot(a, cross(b, right))} * scale;
}

/// Planes through a point of space, summed up as the normal equations of their distances.
class Planes {
public:
    /// Those that meet along the ray through a pixel.
    void addRay(const ChairCamera& camera, float x, float y, float weight) {
        const Vector3 towards = camera.towardsViewer * ChairCamera::kHalfFrame;
        add(camera.right + towards * x, camera.eye, weight);
        add(towards * y - camera.up, camera.eye, weight);
    }
    Vector3 meeting() const { return solved(m_x, m_y, m_z, m_right); }

private:
    void add(Vector3 normal, Vector3 point, float weight) {
        m_x += normal * (weight * normal.x);
        m_y += normal * (weight * normal.y);
        m_z += normal * (weight * normal.z);
        m_right += normal * (weight * dot(normal, point));
    }

    Vector3 m_x{kRidge, 0, 0}, m_y{0, kRidge, 0}, m_z{0, 0, kRidge}, m_right;
};

/// From pixels to ChairCamera's units.
float acrossFrame(float pixel, int size) {
    return 2 * (pixel + 0.5f) / float(size) - 1;
}

/// Below the seat and above it the height is stretched evenly.
Vector3 stretched(const Vector3& point, const ChairProportions& from, const ChairProportions& to) {
    const double height = double(point.y) / double(from.box.y) + 0.5;  // 0 at the floor, 1 at the top
    const double stretchedHeight = height < from.seat
                                       ? height * to.seat / from.seat
                                       : to.seat + (height - from.seat) * (1 - to.seat) / (1 - from.seat);
    return {point.x * to.box.x / from.box.x,
            float((stretchedHeight - 0.5) * double(to.box.y)),
            point.z * to.box.z / from.box.z};
}

/// Mean mismatch of a chair's pixels with where they should be on the other one.
/// Shapes: surface [S S], features [S / 2, S / 2].
double unlikeness(const std::vector<Vector3>& surface,
                  const PictureFeatures& from,
                  const PictureFeatures& to,
                  const ChairProportions& its,
                  const ChairProportions& others,
                  const ChairCamera& camera) {
    const int size = from.width;
    double sum = 0, weight = 0;
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const auto pixel = std::size_t(y * size + x);
            const float coverage = from.coverage[pixel];
            if (coverage < kOnChairShare) continue;
            const Vector3& point = surface[std::size_t((2 * y + 1) * 2 * size + 2 * x + 1)];
            const auto place = camera.pixelOf(stretched(point, its, others), size);
            sum += double(coverage * from.mismatch(pixel, to, {place[0], place[1]}));
            weight += double(coverage);
        }
    return weight > 0 ? sum / weight : 0;
}

}  // namespace

std::array<ChairView, 4> boxViews() {
    return {ChairView{0, kBoxElevationDeg},
            {90, kBoxElevationDeg},
            {180, kBoxElevationDeg},
            {270, kBoxElevationDeg}};
}

ChairBox boxOf(std::span<const Image> pictures) {
    constexpr float kStep = 0.01f, kMin = 0.15f, kMax = 0.95f;
    const std::array views = boxViews();
    std::array<Extent, views.size()> seen;
    std::ranges::transform(pictures, seen.begin(), silhouetteOf);
    ChairBox best;
    float least = std::numeric_limits<float>::max();
    for (float width = kMin; width < kMax; width += kStep)
        for (float depth = kMin; depth < kMax; depth += kStep) {
            const float rest = 1 - width * width - depth * depth;
            if (rest < kMin * kMin) break;
            const ChairBox box{width, std::sqrt(rest), depth};
            float error = 0;
            for (std::size_t i = 0; i < views.size(); ++i)
                error += misfit(box, views[i], seen[i], pictures[i].width);
            if (error < least) least = error, best = box;
        }
    return best;
}

std::array<ChairView, 2> turnedViews(const ChairView& view) {
    return {ChairView{view.azimuthDeg - kTurnDeg, view.elevationDeg},
            {view.azimuthDeg + kTurnDeg, view.elevationDeg}};
}

std::vector<Vector3> surfaceOf(const ChairView& view,
                               const Image& picture,
                               std::span<const FlowField> flows) {
    const int size = picture.width;
    const ChairCamera camera(view);
    std::vector<ChairCamera> turned;
    for (const ChairView& other : turnedViews(view)) turned.emplace_back(other);
    std::vector<Vector3> surface;
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const float acrossX = acrossFrame(float(x), size), acrossY = acrossFrame(float(y), size);
            if (picture.at(y, x, 3) < kOnChair) {
                const float scale = ChairCamera::kHalfFrame * ChairCamera::kDistance;
                surface.push_back(camera.right * (acrossX * scale) - camera.up * (acrossY * scale));
                continue;
            }
            Planes planes;
            planes.addRay(camera, acrossX, acrossY, kOwnViewWeight);
            for (std::size_t i = 0; i < turned.size(); ++i)
                planes.addRay(turned[i],
                              acrossFrame(float(x) + flows[i].at(y, x, 0), size),
                              acrossFrame(float(y) + flows[i].at(y, x, 1), size),
                              1);
            surface.push_back(planes.meeting());
        }
    return surface;
}

FlowField proportionalFlow(const std::vector<Vector3>& surface,
                           const Image& picture,
                           const ChairView& view,
                           const ChairProportions& from,
                           const ChairProportions& to) {
    const int size = picture.width;
    const float farthest = kFarthest * float(size);
    const ChairCamera camera(view);
    FlowField flow(size, size);
    ScalarMap weights(size, size, 1);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const std::size_t i = std::size_t(y) * std::size_t(size) + std::size_t(x);
            const auto place = camera.pixelOf(stretched(surface[i], from, to), size);
            flow.at(y, x, 0) = std::clamp(place[0] - float(x), -farthest, farthest);
            flow.at(y, x, 1) = std::clamp(place[1] - float(y), -farthest, farthest);
            weights.at(y, x) = float(picture.at(y, x, 3)) / 255 + kBesideWeight;
        }
    return smoothed(flow, weights, kSmoothing);
}

std::array<double, 2> seatHeights(const SeenChair& from, const SeenChair& to, const ChairView& view) {
    constexpr int kLowest = 6, kHighest = 19;  // twentieths of the height
    const ChairCamera camera(view);
    const PictureFeatures fromHalf = from.features.halved(), toHalf = to.features.halved();
    double least = std::numeric_limits<double>::max();
    std::array best{0.5, 0.5};
    for (int here = kLowest; here <= kHighest; ++here)
        for (int there = kLowest; there <= kHighest; ++there) {
            const ChairProportions a{from.box, here / 20.0}, b{to.box, there / 20.0};
            const double unlike = unlikeness(from.surface, fromHalf, toHalf, a, b, camera) +
                                  unlikeness(to.surface, toHalf, fromHalf, b, a, camera);
            const double error = unlike * (1 + kEvenSeats * std::abs(a.seat - b.seat));
            if (error < least) least = error, best = {a.seat, b.seat};
        }
    return best;
}

}  // namespace vitrine
