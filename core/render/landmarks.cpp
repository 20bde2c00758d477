// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/landmarks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "core/render/chair_camera.h"
#include "core/render/mesh.h"
#include "core/render/part_labels.h"
#include "core/render/surface_flow.h"

namespace vitrine {
namespace {

constexpr float kFootHeight = 0.03f;    // of the chair's height: what stands on the floor
constexpr float kMiddleOfPart = 0.12f;  // of the part's half width
constexpr float kStep = 0.01f;          // between points on the surface, in the chair's frame
constexpr std::size_t kFewest = 20;     // points that make a part
constexpr float kTolerance = 0.012f;    // of visibility: a pixel and a half of 128

/// All vertices, and points between them where triangles are large.
std::vector<Vector3> surfacePoints(const Mesh& mesh) {
    std::vector<Vector3> points;
    for (const auto& triangle : mesh.triangles) {
        const Vector3 a = mesh.positions[triangle[0]], ab = mesh.positions[triangle[1]] - a,
                      ac = mesh.positions[triangle[2]] - a;
        const float longest = std::max({length(ab), length(ac), length(ab - ac)});
        const int steps = std::clamp(int(std::ceil(longest / kStep)), 1, 100);
        for (int i = 0; i <= steps; ++i)
            for (int j = 0; i + j <= steps; ++j)
                points.push_back(a + ab * (float(i) / float(steps)) + ac * (float(j) / float(steps)));
    }
    return points;
}

/// The points of one part, and how to find the one that lies farthest in a direction.
class Part {
public:
    void add(Vector3 point) { m_points.push_back(point); }
    bool isThere() const { return m_points.size() >= kFewest; }

    /// To be called when all points are added.
    void measure() {
        constexpr float kHuge = std::numeric_limits<float>::max();
        Vector3 low{kHuge, kHuge, kHuge}, high = -low;
        for (const Vector3 p : m_points) {
            low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
            high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
        }
        m_centre = (low + high) * 0.5f;
        m_half = (high - low) * 0.5f;
    }

    /// Directions count in units of the part's half size along each axis. `accept`: of points in those units.
    template <class Accept>
    std::optional<Vector3> farthest(Vector3 direction, const Accept& accept) const {
        std::optional<Vector3> best;
        float most = -std::numeric_limits<float>::max();
        for (const Vector3 point : m_points) {
            const Vector3 unit = inUnits(point);
            if (!accept(unit) || dot(unit, direction) <= most) continue;
            most = dot(unit, direction);
            best = point;
        }
        return best;
    }
    std::optional<Vector3> farthest(Vector3 direction) const {
        return farthest(direction, [](Vector3) { return true; });
    }

private:
    Vector3 inUnits(Vector3 point) const {
        const Vector3 d = point - m_centre;
        constexpr float kThin = 1e-4f;
        return {d.x / std::max(m_half.x, kThin),
                d.y / std::max(m_half.y, kThin),
                d.z / std::max(m_half.z, kThin)};
    }
    std::vector<Vector3> m_points;
    Vector3 m_centre, m_half;
};

struct Parts {
    Part seat, back, arms, feet;
};

Parts partsOf(const Mesh& mesh, const PartLabels& labels) {
    Parts parts;
    const float floor = mesh.boxMin().y, height = mesh.boxMax().y - floor;
    for (const Vector3 point : surfacePoints(mesh)) {
        const ChairPart label = labels.label(point);
        if (label == ChairPart::Seat) parts.seat.add(point);
        if (label == ChairPart::Back) parts.back.add(point);
        if (label == ChairPart::Arms) parts.arms.add(point);
        if (label == ChairPart::Legs && point.y < floor + kFootHeight * height) parts.feet.add(point);
    }
    for (Part* part : {&parts.seat, &parts.back, &parts.arms, &parts.feet}) part->measure();
    return parts;
}

class Collector {
public:
    void add(const std::string& name, const std::optional<Vector3>& point) {
        if (point) landmarks.push_back({name, *point});
    }
    std::vector<Landmark> landmarks;
};

bool isMiddle(Vector3 unit) {
    return std::abs(unit.x) < kMiddleOfPart;
}

}  // namespace

Result<std::vector<Landmark>> findLandmarks(const ChairEntry& entry) {
    VITRINE_TRY(const Mesh mesh, loadMesh(entry));
    const Parts parts = partsOf(mesh, PartLabels(mesh, entry.seatHeight));
    Collector found;
    struct Side {
        const char* name;
        float sign;
    };
    for (const Side side : {Side{"left", -1}, Side{"right", 1}}) {
        const std::string end = std::string("-") + side.name;
        if (parts.seat.isThere()) {
            found.add("seat-front" + end, parts.seat.farthest({side.sign, 0.5f, 1}));
            found.add("seat-back" + end, parts.seat.farthest({side.sign, 0.5f, -1}));
        }
        if (parts.back.isThere()) found.add("back-top" + end, parts.back.farthest({side.sign, 1, 0}));
        if (parts.arms.isThere())
            found.add("arm-front" + end, parts.arms.farthest({0, 0.7f, 1}, [&](Vector3 unit) {
                return unit.x * side.sign > 0.3f;
            }));
        if (parts.feet.isThere()) {
            found.add("leg-front" + end, parts.feet.farthest({side.sign, -0.2f, 1}));
            found.add("leg-back" + end, parts.feet.farthest({side.sign, -0.2f, -1}));
        }
    }
    if (parts.seat.isThere()) found.add("seat-front-middle", parts.seat.farthest({0, 0.5f, 1}, isMiddle));
    if (parts.back.isThere()) found.add("back-top-middle", parts.back.farthest({0, 1, 0}, isMiddle));
    return std::move(found.landmarks);
}

SeenPoint seenPoint(Vector3 point, const ChairRender& render, const ChairView& view, int size) {
    const ChairCamera camera(view);
    const auto [x, y] = camera.pixelOf(point, size);
    const auto [renderX, renderY] = camera.pixelOf(point, render.position.width);
    const float xyz[] = {point.x, point.y, point.z};
    // A corner's own ray may just miss the chair: a neighbour of it counts too.
    for (const float dy : {-1.f, 0.f, 1.f})
        for (const float dx : {-1.f, 0.f, 1.f})
            if (isSeen(render.position, renderX + dx, renderY + dy, xyz, kTolerance)) return {x, y, true};
    return {x, y, false};
}

}  // namespace vitrine
