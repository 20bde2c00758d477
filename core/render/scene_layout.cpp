// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/scene_layout.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numbers>

namespace vitrine {
namespace {

constexpr float kDegree = std::numbers::pi_v<float> / 180;
constexpr int kNumTries = 20;  // to find a free place for a piece of clutter

/// Diagonal of the bounding box in metres.
float usualDiagonal(const std::string& type) {
    static const std::map<std::string, float> diagonals{{"stool", 0.95f},
                                                        {"chair", 1.18f},
                                                        {"armchair", 1.45f},
                                                        {"bench", 1.7f},
                                                        {"sofa", 2.2f},
                                                        {"lounger", 1.75f}};
    const auto found = diagonals.find(type);
    return found == diagonals.end() ? 1.18f : found->second;
}

class LayoutArtist {
public:
    LayoutArtist(const LayoutRequest& request, const SceneProps& props, Rng& random)
        : m_request(request), m_props(props), m_random(random) {}

    SceneLayout draw() {
        placeChair();
        placeCamera();
        placeFloor();
        placeWalls();
        placeLight();
        if (!m_request.isCentred) placeClutter();
        return std::move(m_layout);
    }

private:
    struct Circle {
        float x, z, radius;
    };
    using Fits = std::function<bool(const ClutterEntry&)>;

    float between(float low, float high) { return float(m_random.uniform(low, high)); }
    bool chance(double share) { return m_random.uniform() < share; }

    void placeChair();
    void placeCamera();
    void placeFloor();
    void placeWalls();
    void placeLight();
    void placeClutter();
    void addWall(float yawDeg, float distance);
    void cover(SceneSurface& surface, bool isFloor, double painted);
    int pick(const Fits& fits);
    bool isFree(const Circle& circle) const;
    void place(int index, bool inFront, const std::function<Circle(float radius)>& propose);
    void placeOnSeat();
    Vector3 eye() const;

    const LayoutRequest& m_request;
    const SceneProps& m_props;
    Rng& m_random;
    SceneLayout m_layout;
    float m_chairRadius = 0, m_chairHeight = 0;
    bool m_isPlain = false;  ///< floor and wall of a centred chair are one colour
    std::vector<Circle> m_taken;
};

float footprintRadius(Vector3 size) {
    return 0.42f * std::hypot(size.x, size.z);
}

void LayoutArtist::placeChair() {
    Placement& chair = m_layout.chair;
    chair.scale = usualDiagonal(m_request.type) * between(0.92f, 1.08f);
    chair.turnDeg = between(0, 360);
    const Vector3 size = (m_request.high - m_request.low) * chair.scale;
    m_chairRadius = footprintRadius(size);
    m_chairHeight = size.y;
    m_taken.push_back({0, 0, m_chairRadius});
}

void LayoutArtist::placeCamera() {
    SceneCamera& camera = m_layout.camera;
    camera.elevationDeg = between(4, 38);
    camera.rollDeg = m_request.isCentred ? 0 : between(-4, 4);
    camera.halfFrame = std::tan(between(28, 50) / 2 * kDegree);
    const Vector3 half = (m_request.high - m_request.low) * (m_layout.chair.scale / 2);
    const float turn = m_layout.chair.turnDeg * kDegree, elevation = camera.elevationDeg * kDegree;
    const float across = std::abs(half.x * std::cos(turn)) + std::abs(half.z * std::sin(turn));
    const float deep = std::abs(half.x * std::sin(turn)) + std::abs(half.z * std::cos(turn));
    const float high = half.y * std::cos(elevation) + deep * std::sin(elevation);
    const float span = m_request.isCentred ? between(0.7f, 0.92f) : between(0.6f, 1);
    const float depth = deep * std::cos(elevation) + half.y * std::sin(elevation);
    camera.distance = std::max(across, high) / (span * camera.halfFrame) + 0.4f * depth;
    if (m_request.isCentred) return;
    const float larger = std::max(across, high);
    camera.shiftX = between(-1, 1) * std::max(0.06f, 0.9f * (1.04f - span * across / larger));
    camera.shiftY = between(-1, 1) * std::max(0.06f, 0.9f * (1.04f - span * high / larger));
}

Vector3 LayoutArtist::eye() const {
    const float elevation = m_layout.camera.elevationDeg * kDegree, distance = m_layout.camera.distance;
    return {0, m_chairHeight / 2 + distance * std::sin(elevation), distance * std::cos(elevation)};
}

int LayoutArtist::pick(const Fits& fits) {
    std::vector<int> fitting;
    for (std::size_t i = 0; i < m_props.clutter.size(); ++i)
        if (m_props.clutter[i].piece.split == m_request.split && fits(m_props.clutter[i]))
            fitting.push_back(int(i));
    return fitting.empty() ? -1 : fitting[m_random.below(fitting.size())];
}

void LayoutArtist::cover(SceneSurface& surface, bool isFloor, double painted) {
    std::vector<int> fitting;
    for (std::size_t i = 0; i < m_props.surfaces.size(); ++i) {
        const SurfaceEntry& entry = m_props.surfaces[i];
        if (entry.split == m_request.split && (isFloor ? entry.onFloor : entry.onWall))
            fitting.push_back(int(i));
    }
    if (fitting.empty() || chance(painted)) {
        const float grey = between(0.12f, 0.85f), colour = between(0, 0.25f), hue = between(0, 6.283f);
        const auto channel = [&](float shift) { return grey * (1 + colour * std::cos(hue + shift)); };
        surface.tint = {channel(0), channel(2.094f), channel(4.189f)};
        return;
    }
    surface.index = fitting[m_random.below(fitting.size())];
    surface.widthM = m_props.surfaces[surface.index].widthM * between(0.6f, 1.5f);
    const float level = between(0.65f, 1.15f);
    surface.tint = {
        level * between(0.88f, 1.1f), level * between(0.92f, 1.06f), level * between(0.86f, 1.1f)};
    const float turn = (isFloor ? between(0, 360) : chance(0.5) ? 0.f : 90.f) * kDegree;
    const Vector3 across = surface.across * std::cos(turn) + surface.along * std::sin(turn);
    surface.along = surface.along * std::cos(turn) - surface.across * std::sin(turn);
    surface.across = across;
}

void LayoutArtist::placeFloor() {
    m_layout.floor = {{between(-1, 1), 0, between(-1, 1)}, {0, 1, 0}, {1, 0, 0}, {0, 0, -1}};
    if (m_request.isCentred) m_isPlain = chance(0.5);
    cover(m_layout.floor, true, m_request.isCentred ? m_isPlain : 0.1);
}

/// `yawDeg`: of the wall's normal off the direction to the viewer.
void LayoutArtist::addWall(float yawDeg, float distance) {
    SceneSurface wall;
    wall.normal = {std::sin(yawDeg * kDegree), 0, std::cos(yawDeg * kDegree)};
    wall.point = wall.normal * -distance;
    wall.across = {wall.normal.z, 0, -wall.normal.x};
    wall.along = {0, 1, 0};
    if (dot(eye() - wall.point, wall.normal) < 0.4f) return;
    if (m_isPlain) {
        wall.tint = m_layout.floor.tint;
    } else if (m_layout.walls.empty()) {
        cover(wall, false, m_request.isCentred ? 0 : 0.33);
    } else {
        wall.index = m_layout.walls.front().index;
        wall.widthM = m_layout.walls.front().widthM;
        wall.tint = m_layout.walls.front().tint;
    }
    m_layout.walls.push_back(wall);
}

void LayoutArtist::placeWalls() {
    const float yaw = between(-35, 35);
    addWall(yaw, m_chairRadius + between(0.1f, 1.8f));
    if (m_request.isCentred) return;
    if (chance(0.4)) addWall(yaw + (yaw > 0 ? -90.f : 90.f), m_chairRadius + between(0.2f, 1.6f));
    if (chance(0.5)) m_layout.skirtingM = between(0.05f, 0.14f);
}

void LayoutArtist::placeLight() {
    SceneLight& light = m_layout.light;
    const float side = between(-75, 75) * kDegree, height = between(25, 70) * kDegree;
    light.direction = {
        std::sin(side) * std::cos(height), std::sin(height), std::cos(side) * std::cos(height)};
    light.radius = between(0.03f, 0.25f);
    const float key = between(0.25f, 1.1f), ambient = between(0.35f, 0.8f), warmth = between(-0.1f, 0.3f);
    const float exposure = between(0.9f, 1.5f) / (0.6f * key + ambient);
    light.key = Vector3{1 + 0.5f * warmth, 1, 1 - warmth} * (key * exposure);
    light.ambient = Vector3{1 - 0.3f * warmth, 1, 1 + 0.3f * warmth} * (ambient * exposure);
    light.noise = between(0, 3);
}

bool LayoutArtist::isFree(const Circle& circle) const {
    const Vector3 centre{circle.x, 0, circle.z};
    const auto cuts = [&](const SceneSurface& wall) {
        return dot(centre - wall.point, wall.normal) < 0.8f * circle.radius;
    };
    const Vector3 viewer = eye();
    return std::none_of(m_layout.walls.begin(), m_layout.walls.end(), cuts) &&
           std::hypot(circle.x - viewer.x, circle.z - viewer.z) > circle.radius + 0.3f &&
           std::none_of(m_taken.begin(), m_taken.end(), [&](const Circle& other) {
               return std::hypot(circle.x - other.x, circle.z - other.z) <
                      0.9f * (circle.radius + other.radius);
           });
}

void LayoutArtist::place(int index, bool inFront, const std::function<Circle(float radius)>& propose) {
    if (index < 0) return;
    const Vector3 size = m_props.clutter[index].sizeM;
    const float scale = between(0.85f, 1.2f);
    for (int i = 0; i < kNumTries; ++i) {
        const Circle circle = propose(footprintRadius(size) * scale);
        if (!isFree(circle)) continue;
        m_taken.push_back(circle);
        m_layout.clutter.push_back(
            {index, {{circle.x, 0, circle.z}, between(0, 360), length(size) * scale}, false, inFront});
        return;
    }
}

void LayoutArtist::placeOnSeat() {
    const int index = pick([](const ClutterEntry& entry) {
        return std::max({entry.sizeM.x, entry.sizeM.y, entry.sizeM.z}) < 0.5f;
    });
    if (index < 0) return;
    const float reach = 0.3f * m_chairRadius;
    m_layout.clutter.push_back({index,
                                {{between(-reach, reach), 0, between(-reach, reach)},
                                 between(0, 360),
                                 length(m_props.clutter[index].sizeM)},
                                true,
                                true});
}

void LayoutArtist::placeClutter() {
    const auto around = [this](float angleDeg, float distance, float radius) {
        return Circle{
            std::sin(angleDeg * kDegree) * distance, std::cos(angleDeg * kDegree) * distance, radius};
    };
    const auto inFront = [&](float radius) {
        return around(between(-50, 50), m_chairRadius + radius + between(-0.05f, 0.5f), radius);
    };
    const auto beside = [&](float radius) {
        return around(
            (chance(0.5) ? 1.f : -1.f) * between(50, 125), m_chairRadius + radius + between(0, 0.4f), radius);
    };
    const auto behind = [&](float radius) {
        return around(between(115, 245), m_chairRadius + radius + between(0, 1.5f), radius);
    };
    const auto isLow = [this](const ClutterEntry& entry) {
        return entry.sizeM.y > 0.2f * m_chairHeight && entry.sizeM.y < 1.25f * m_chairHeight &&
               std::max(entry.sizeM.x, entry.sizeM.z) < 1.1f;
    };
    const auto isLarge = [](const ClutterEntry& entry) { return entry.sizeM.y > 0.3f; };
    if (m_request.withFront)
        for (int i = chance(0.3) ? 2 : 1; i > 0; --i) place(pick(isLow), true, inFront);
    if (chance(0.15)) placeOnSeat();
    for (int i = int(m_random.below(3)); i > 0; --i) place(pick(isLarge), false, beside);
    for (int i = 1 + int(m_random.below(4)); i > 0; --i) place(pick(isLarge), false, behind);
    if (chance(0.3)) place(pick([](const ClutterEntry&) { return true; }), false, beside);
}

}  // namespace

SceneLayout drawLayout(const LayoutRequest& request, const SceneProps& props, Rng& random) {
    return LayoutArtist(request, props, random).draw();
}

}  // namespace vitrine
