// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/chair_family.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>

#include "core/base/random.h"
#include "core/data/solid_builder.h"

namespace vitrine {
namespace {

constexpr std::string_view kFamilyArchive = "(parametric family)", kFamilyPrefix = "family-";
constexpr float kDegree = std::numbers::pi_v<float> / 180;
constexpr float kJoint = 0.004f;        // how far what carries the seat goes into it
constexpr int kSquare = 4, kRound = 8;  // sides of a bar

enum Material { Frame, SeatCover, BackCover, NumMaterials };
enum class Legs { Four, Cantilever, Runners, Column, Crossed, Panels, Plinth };
enum class Back { None, Panel, Slats, Rungs, Spindles, Cushions, Hoop };
enum class Arms { None, Rails, Tubes, Blocks };

Vector3 fromHue(float hue, float saturation, float value) {
    const auto channel = [&](float n) {
        const float k = std::fmod(n + hue * 6, 6.f);
        return value - value * saturation * std::max(0.f, std::min({k, 4 - k, 1.f}));
    };
    return {channel(5), channel(3), channel(1)};
}

/// Of text that is digits and nothing else.
std::optional<std::uint64_t> numberOf(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

class ChairMaker {
public:
    explicit ChairMaker(std::uint64_t number) : m_random({0xFA311, number}) {}

    FamilyChair make() {
        chooseForm();
        chooseSizes();
        addSeat();
        addLegs();
        addBack();
        addArms();
        FamilyChair chair;
        chair.type = m_type;
        chooseMaterials();
        chair.mesh = std::move(m_solids).finish(std::move(m_materials), std::move(m_textures));
        chair.seatHeight = m_seatTop / std::max(chair.mesh.boxMax().y, 1e-3f);
        return chair;
    }

private:
    using Path = std::vector<Vector3>;

    float between(float low, float high) { return float(m_random.uniform(low, high)); }
    bool chance(double share) { return m_random.uniform() < share; }
    int sidesOfBar() { return chance(0.5) ? kSquare : kRound; }
    template <class T>
    T oneOf(std::initializer_list<std::pair<T, double>> choices);

    void chooseForm();
    void chooseSizes();
    void chooseMaterials();
    MeshMaterial frameMaterial();
    MeshMaterial cloth();
    int addPattern(Vector3 colour);

    void addSeat();
    void addLegs();
    void addFourLegs();
    void addStretchers(const std::array<Vector3, 4>& tops, const std::array<Vector3, 4>& feet);
    void addBentTubes(bool cantilever);
    void addColumn();
    void addCrossedBars();
    void addBlocksUnderSeat();
    void addBack();
    void addBars(bool upright);
    void addSpindles();
    void addBackPlates(int count, const Plate& plate, float gap, float forward);
    void addArms();

    void tube(const Path& path, float radius, int sides, int material) {
        m_solids.addTube(path, std::vector<float>(path.size(), radius), sides, material);
    }
    float underSeat() const { return m_seatTop - m_seatThickness - 2 * m_seat.bulge; }
    /// A point of the back: x across, `height` above the seat along it, `forward` out of it.
    Vector3 onBack(float x, float height, float forward = 0) const {
        const float s = std::sin(m_leanRad), c = std::cos(m_leanRad);
        return {x, m_seatTop + height * c + forward * s, -m_depth / 2 - height * s + forward * c};
    }

    Rng m_random;
    SolidBuilder m_solids;
    std::string m_type;
    Legs m_legs = Legs::Four;
    Back m_back = Back::None;
    Arms m_arms = Arms::None;
    bool m_upholstered = false;
    float m_width = 0, m_depth = 0, m_seatTop = 0, m_seatThickness = 0;
    float m_backHeight = 0, m_leanRad = 0, m_armHeight = 0, m_bar = 0, m_inset = 0;
    Plate m_seat;
    std::vector<MeshMaterial> m_materials;
    std::vector<Image> m_textures;
};

template <class T>
T ChairMaker::oneOf(std::initializer_list<std::pair<T, double>> choices) {
    double total = 0;
    for (const auto& [choice, weight] : choices) total += weight;
    double left = m_random.uniform() * total;
    for (const auto& [choice, weight] : choices)
        if ((left -= weight) < 0) return choice;
    return choices.begin()->first;
}

void ChairMaker::chooseForm() {
    m_type = oneOf<const char*>(
        {{"chair", 42}, {"armchair", 20}, {"stool", 14}, {"sofa", 14}, {"bench", 6}, {"lounger", 4}});
    const auto chairLegs = [&] {
        return oneOf<Legs>({{Legs::Four, 60},
                            {Legs::Cantilever, 9},
                            {Legs::Runners, 9},
                            {Legs::Column, 13},
                            {Legs::Crossed, 4},
                            {Legs::Panels, 5}});
    };
    const auto chairBack = [&] {
        return oneOf<Back>({{Back::Panel, 32},
                            {Back::Slats, 18},
                            {Back::Rungs, 20},
                            {Back::Spindles, 12},
                            {Back::Hoop, 8},
                            {Back::Cushions, 10}});
    };
    m_legs = chairLegs();
    if (m_type == "chair") {
        m_back = chairBack();
    } else if (m_type == "armchair") {
        m_upholstered = chance(0.55);
        m_back = m_upholstered ? Back::Cushions : chairBack();
        m_arms = m_upholstered ? Arms::Blocks : chance(0.6) ? Arms::Rails : Arms::Tubes;
        if (m_upholstered && chance(0.8)) m_legs = chance(0.35) ? Legs::Plinth : Legs::Four;
    } else if (m_type == "stool") {
        m_back = chance(0.3) ? (chance(0.5) ? Back::Rungs : Back::Panel) : Back::None;
        m_legs = oneOf<Legs>({{Legs::Four, 65}, {Legs::Column, 25}, {Legs::Runners, 5}, {Legs::Crossed, 5}});
    } else if (m_type == "sofa") {
        m_upholstered = chance(0.85);
        m_back = m_upholstered ? Back::Cushions : chance(0.5) ? Back::Slats : Back::Panel;
        m_arms = chance(0.12) ? Arms::None : m_upholstered ? Arms::Blocks : Arms::Rails;
        m_legs = chance(0.45) ? Legs::Plinth : chance(0.8) ? Legs::Four : Legs::Runners;
    } else if (m_type == "bench") {
        m_back = chance(0.6) ? (chance(0.6) ? Back::Rungs : Back::Slats) : Back::None;
        m_arms = m_back != Back::None && chance(0.6) ? Arms::Rails : Arms::None;
        m_legs = chance(0.6) ? Legs::Four : chance(0.5) ? Legs::Panels : Legs::Crossed;
    } else {
        m_back = chance(0.5) ? Back::Panel : Back::Rungs;
        m_arms = chance(0.3) ? Arms::Rails : Arms::None;
        m_legs = chance(0.7) ? Legs::Four : Legs::Runners;
    }
}

void ChairMaker::chooseSizes() {
    m_width = between(0.36f, 0.56f), m_depth = between(0.36f, 0.56f), m_seatTop = between(0.38f, 0.5f);
    m_seatThickness = chance(0.5) ? between(0.012f, 0.035f) : between(0.03f, 0.09f);
    m_backHeight = between(0.25f, 0.65f), m_leanRad = between(3, 22) * kDegree;
    m_bar = between(0.009f, 0.026f);
    if (m_type == "stool") {
        m_width *= 0.85f, m_depth = m_width * between(0.85f, 1.1f);
        m_seatTop = between(0.42f, 0.8f), m_backHeight = between(0.15f, 0.35f);
    } else if (m_type == "sofa") {
        m_width = between(1.1f, 2.2f), m_depth = between(0.55f, 0.85f);
    } else if (m_type == "bench") {
        m_width = between(0.9f, 1.8f), m_backHeight = between(0.3f, 0.5f);
    } else if (m_type == "lounger") {
        m_width = between(0.5f, 0.7f), m_depth = between(1, 1.4f), m_seatTop = between(0.25f, 0.4f);
        m_backHeight = between(0.55f, 0.85f), m_leanRad = between(30, 65) * kDegree;
    }
    if (m_upholstered) {
        m_seatThickness = between(0.12f, 0.24f), m_depth = std::max(m_depth, between(0.5f, 0.7f));
        if (m_type == "armchair") m_width = between(0.48f, 0.7f);
    }
    m_armHeight = between(0.17f, 0.28f);
    m_inset = m_bar + between(0, 0.05f);
}

MeshMaterial ChairMaker::frameMaterial() {
    MeshMaterial material;
    const float level = between(0.25f, 0.9f);
    switch (m_random.below(4)) {
        case 0:
            material.colour = fromHue(between(0.04f, 0.11f), between(0.3f, 0.7f), level);
            break;  // wood
        case 1:
            material.colour = fromHue(0, 0, level), material.gloss = 0.6f;
            break;  // metal
        case 2:
            material.colour = fromHue(0, 0, chance(0.6) ? between(0.03f, 0.15f) : 0.93f);
            break;  // lacquer
        default:
            material.colour = fromHue(between(0, 1), between(0.2f, 0.9f), level), material.gloss = 0.2f;
    }
    return material;
}

int ChairMaker::addPattern(Vector3 colour) {
    constexpr int kTexels = 32;
    const Vector3 second = fromHue(between(0, 1), between(0, 0.7f), between(0.15f, 0.95f));
    const bool isChecked = chance(0.4);
    const int bars = 1 + int(m_random.below(4));
    Image image(kTexels, kTexels, 3);
    for (int y = 0; y < kTexels; ++y)
        for (int x = 0; x < kTexels; ++x) {
            const bool isX = x * bars * 2 / kTexels % 2, isY = y * bars * 2 / kTexels % 2;
            const Vector3 c = isX != (isChecked && isY) ? colour : second;
            const float channels[] = {c.x, c.y, c.z};
            for (int k = 0; k < 3; ++k) image.at(y, x, k) = std::uint8_t(channels[k] * 255);
        }
    m_textures.push_back(std::move(image));
    return int(m_textures.size()) - 1;
}

MeshMaterial ChairMaker::cloth() {
    MeshMaterial material;
    material.colour = chance(0.5) ? fromHue(0.08f, between(0, 0.3f), between(0.12f, 0.95f))
                                  : fromHue(between(0, 1), between(0.2f, 0.9f), between(0.15f, 0.9f));
    if (chance(0.2)) material.textureIndex = addPattern(material.colour);
    return material;
}

void ChairMaker::chooseMaterials() {
    m_materials.resize(NumMaterials);
    m_materials[Frame] = frameMaterial();
    m_materials[SeatCover] = m_upholstered || chance(0.5) ? cloth() : m_materials[Frame];
    m_materials[BackCover] = m_upholstered || chance(0.6) ? m_materials[SeatCover] : frameMaterial();
}

void ChairMaker::addSeat() {
    const bool mayBeRound = m_type == "chair" || m_type == "stool";
    m_seat.halfWidth = m_width / 2, m_seat.halfDepth = m_depth / 2,
    m_seat.halfThickness = m_seatThickness / 2;
    m_seat.squareness = mayBeRound && chance(0.35) ? between(2, 4) : between(5, 12);
    m_seat.narrowing = m_width < 0.7f && chance(0.4) ? between(0.05f, 0.25f) : 0;
    if (m_seatThickness > 0.03f && chance(0.5)) m_seat.bulge = between(0.005f, 0.03f);
    const float middle = m_seatTop - m_seat.bulge - m_seatThickness / 2;
    if ((m_type == "bench" || m_type == "lounger") && chance(0.6)) {  // of boards
        const int count = 3 + int(m_random.below(6));
        const float pitch = m_depth / float(count), board = pitch * between(0.6f, 0.92f);
        for (int i = 0; i < count; ++i) {
            const float z = -m_depth / 2 + pitch * float(i);
            m_solids.addBox(
                {-m_width / 2, m_seatTop - 0.03f, z}, {m_width / 2, m_seatTop, z + board}, SeatCover);
        }
        return;
    }
    const int count = m_upholstered && m_type == "sofa" ? 1 + int(m_random.below(3)) : 1;
    Plate part = m_seat;
    part.halfWidth = m_width / 2 / float(count) * (count > 1 ? 0.99f : 1);
    for (int i = 0; i < count; ++i) {
        const float x = (float(i) + 0.5f - float(count) / 2) * m_width / float(count);
        m_solids.addPlate({{x, middle, 0}}, part, SeatCover);
    }
}

void ChairMaker::addLegs() {
    switch (m_legs) {
        case Legs::Four:
            addFourLegs();
            break;
        case Legs::Cantilever:
            addBentTubes(true);
            break;
        case Legs::Runners:
            addBentTubes(false);
            break;
        case Legs::Column:
            addColumn();
            break;
        case Legs::Crossed:
            addCrossedBars();
            break;
        case Legs::Panels:
        case Legs::Plinth:
            addBlocksUnderSeat();
            break;
    }
}

void ChairMaker::addFourLegs() {
    const float under = underSeat() + kJoint;
    // Upholstery has a body between cushion and legs.
    const float top = m_upholstered ? std::min(under, between(0.06f, 0.16f)) : under;
    if (m_upholstered)
        m_solids.addBox({-m_width / 2, top, -m_depth / 2}, {m_width / 2, under, m_depth / 2}, SeatCover);
    const float splay = chance(0.5) ? std::tan(between(2, 14) * kDegree) * top : 0;
    const float roundness = m_seat.squareness < 4 ? 0.72f : 1;  // keeps legs under a round seat
    const float x = m_width / 2 * roundness - m_inset, z = m_depth / 2 * roundness - m_inset;
    const int sides = sidesOfBar();
    const bool isTurned = sides == kRound && chance(0.25);
    const float thick = m_bar * between(0.9f, 1.5f), taper = between(0.5f, 1);
    const float rearLean = chance(0.4) ? between(0, 0.08f) : 0;
    std::array<Vector3, 4> tops, feet;
    for (int i = 0; i < 4; ++i) {
        const float sx = i % 2 ? 1.f : -1.f, sz = i / 2 ? 1.f : -1.f;
        const float narrow = sz < 0 ? 1 - m_seat.narrowing : 1;
        tops[i] = {sx * x * narrow, top, sz * z};
        feet[i] = {sx * (x * narrow + splay), 0, sz * (z + splay) - (sz < 0 ? rearLean : 0)};
        constexpr int kPoints = 14;
        Path path;
        std::vector<float> radii;
        for (int k = 0; k < kPoints; ++k) {
            const float t = float(k) / (kPoints - 1);
            path.push_back(tops[i] * (1 - t) + feet[i] * t);
            radii.push_back(thick * (1 + (taper - 1) * t) * (isTurned ? 1 + 0.45f * std::sin(t * 20) : 1));
        }
        m_solids.addTube(path, radii, sides, Frame);
    }
    if (m_type == "sofa" && m_width > 1.5f && chance(0.4))
        m_solids.addBar({0, top, z}, {0, 0, z}, thick, sides, Frame);
    if (!m_upholstered && chance(0.5)) {  // an apron
        const float low = top - between(0.03f, 0.08f), t = 0.009f, n = x * (1 - m_seat.narrowing);
        m_solids.addBox({-x, low, z - t}, {x, top, z + t}, Frame);
        m_solids.addBox({-n, low, -z - t}, {n, top, -z + t}, Frame);
        for (const float side : {-1.f, 1.f})
            m_solids.addBar({side * n, (low + top) / 2, -z},
                            {side * x, (low + top) / 2, z},
                            (top - low) / 2,
                            kSquare,
                            Frame);
    }
    if (!m_upholstered && top > 0.2f && chance(m_type == "stool" ? 0.85 : 0.5)) addStretchers(tops, feet);
}

void ChairMaker::addStretchers(const std::array<Vector3, 4>& tops, const std::array<Vector3, 4>& feet) {
    const float radius = m_bar * between(0.5f, 0.9f);
    const int sides = sidesOfBar();
    const float t = between(0.35f, 0.85f), frontT = chance(0.5) ? t : between(0.35f, 0.85f);
    const auto on = [&](int leg, float share) { return tops[leg] * (1 - share) + feet[leg] * share; };
    for (const int side : {0, 1}) m_solids.addBar(on(side, t), on(side + 2, t), radius, sides, Frame);
    if (chance(0.4)) {  // an H
        m_solids.addBar((on(0, t) + on(2, t)) * 0.5f, (on(1, t) + on(3, t)) * 0.5f, radius, sides, Frame);
        return;
    }
    m_solids.addBar(on(2, frontT), on(3, frontT), radius, sides, Frame);
    if (chance(0.7)) m_solids.addBar(on(0, frontT), on(1, frontT), radius, sides, Frame);
}

void ChairMaker::addBentTubes(bool cantilever) {
    const float radius = m_bar * between(0.6f, 1), corner = between(0.02f, 0.1f);
    const float x = m_width / 2 - radius, z = m_depth / 2 - radius, out = between(-0.03f, 0.05f);
    const float top = underSeat(), foot = radius;
    const int sides = chance(0.3) ? kSquare : kRound;
    if (cantilever) {
        const Path path{{-x, top, -z},
                        {-x, top, z + out},
                        {-x, foot, z + out},
                        {-x, foot, -z - out},
                        {x, foot, -z - out},
                        {x, foot, z + out},
                        {x, top, z + out},
                        {x, top, -z}};
        return tube(withRoundCorners(path, corner), radius, sides, Frame);
    }
    for (const float side : {-1.f, 1.f}) {
        const Path path{{side * x, top, z - 0.03f},
                        {side * x, foot, z + out},
                        {side * x, foot, -z - out},
                        {side * x, top, -z + 0.03f}};
        tube(withRoundCorners(path, corner), radius, sides, Frame);
    }
    for (const float end : {-1.f, 1.f})
        m_solids.addBar({-x, top, end * (z - 0.03f)}, {x, top, end * (z - 0.03f)}, radius, sides, Frame);
}

void ChairMaker::addColumn() {
    const float top = underSeat() + kJoint;
    const float radius = between(0.015f, 0.045f), reach = between(0.19f, 0.32f);
    if (chance(0.35)) {  // a trumpet foot or a disc
        const float low = chance(0.5) ? 0.02f : 0.12f;
        m_solids.addTube(Path{{0, top, 0}, {0, low, 0}, {0, 0.015f, 0}, {0, 0, 0}},
                         std::array{radius, radius, reach, reach},
                         16,
                         Frame);
        return;
    }
    const int arms = chance(0.35) ? 4 : 5;
    const float foot = between(0.02f, 0.05f), hub = foot + between(0, 0.08f), turn = between(0, 6.28f);
    const bool hasCastors = chance(0.6);
    m_solids.addTube(Path{{0, top, 0}, {0, hub + 0.15f, 0}, {0, hub + 0.149f, 0}, {0, hub - 0.02f, 0}},
                     std::array{radius * 0.7f, radius * 0.7f, radius, radius},
                     kRound,
                     Frame);
    for (int i = 0; i < arms; ++i) {
        const float angle = turn + 2 * std::numbers::pi_v<float> * float(i) / float(arms);
        const Vector3 end{reach * std::cos(angle), foot, reach * std::sin(angle)};
        m_solids.addTube(std::array{Vector3{0, hub, 0}, end}, std::array{0.022f, 0.014f}, kSquare, Frame);
        if (hasCastors)
            m_solids.addTube(
                std::array{end, Vector3{end.x, 0, end.z}}, std::array{0.022f, 0.022f}, kRound, Frame);
        else
            m_solids.addBar(end, {end.x, 0, end.z}, 0.014f, kSquare, Frame);
    }
}

void ChairMaker::addCrossedBars() {
    const float top = underSeat() + kJoint;
    const float x = m_width / 2 - m_inset, z = m_depth / 2 - m_bar;
    const int sides = sidesOfBar();
    for (const float side : {-1.f, 1.f}) {
        m_solids.addBar({side * x, top, z}, {side * x, 0, -z}, m_bar, sides, Frame);
        m_solids.addBar(
            {side * (x - 2 * m_bar), top, -z}, {side * (x - 2 * m_bar), 0, z}, m_bar, sides, Frame);
    }
    for (const float end : {-1.f, 1.f}) {
        const float height = between(0.03f, 0.12f) * top / 0.4f, at = end * z * (1 - 2 * height / top);
        m_solids.addBar({-x, height, at}, {x, height, at}, m_bar * 0.7f, sides, Frame);
    }
}

void ChairMaker::addBlocksUnderSeat() {
    const float top = underSeat() + kJoint;
    const float x = m_width / 2, z = m_depth / 2;
    if (m_legs == Legs::Plinth) {
        const float low = chance(0.5) ? 0.f : between(0.02f, 0.06f);
        m_solids.addBox({-x, low, -z}, {x, top, z}, SeatCover);
        if (low > 0)
            for (const float side : {-1.f, 1.f})
                for (const float end : {-1.f, 1.f})
                    m_solids.addBar({side * (x - 0.05f), low, end * (z - 0.05f)},
                                    {side * (x - 0.05f), 0, end * (z - 0.05f)},
                                    0.022f,
                                    kSquare,
                                    Frame);
        return;
    }
    const float thick = between(0.015f, 0.05f), inset = between(0, 0.1f), open = between(0, 0.15f);
    for (const float side : {-1.f, 1.f}) {
        const float outer = side * (x - inset), inner = side * (x - inset - thick);
        m_solids.addBox(
            {std::min(outer, inner), 0, -z + open}, {std::max(outer, inner), top, z - open}, Frame);
    }
    m_solids.addBox({-x + inset, top * 0.4f, -0.01f}, {x - inset, top * 0.55f, 0.01f}, Frame);
}

void ChairMaker::addBackPlates(int count, const Plate& plate, float gap, float forward) {
    PlateFrame frame;
    const float s = std::sin(m_leanRad), c = std::cos(m_leanRad);
    frame.along = {0, -c, s};  // the far end of a plate is its top
    frame.up = {0, s, c};
    for (int i = 0; i < count; ++i) {
        const float x = (float(i) + 0.5f - float(count) / 2) * 2 * plate.halfWidth * 1.01f;
        frame.middle = onBack(x, gap + plate.halfDepth, forward);
        m_solids.addPlate(frame, plate, BackCover);
    }
}

void ChairMaker::addBack() {
    if (m_back == Back::None) return;
    const float half = m_width / 2 * (1 - m_seat.narrowing);
    Plate plate;
    plate.halfWidth = half;
    if (m_back == Back::Slats || m_back == Back::Rungs) return addBars(m_back == Back::Slats);
    if (m_back == Back::Spindles) return addSpindles();
    if (m_back == Back::Cushions) {
        const int count = m_type == "sofa" ? 1 + int(m_random.below(3)) : 1;
        plate.halfWidth = half / float(count);
        plate.halfDepth = m_backHeight / 2;
        plate.halfThickness = between(0.03f, 0.09f), plate.bulge = between(0.005f, 0.03f);
        plate.squareness = between(4, 10), plate.narrowing = chance(0.3) ? between(0, 0.2f) : 0;
        plate.bend = m_type == "sofa" ? 0 : between(0, 0.06f);
        const float down = m_upholstered ? between(0, 0.1f) : between(-0.12f, 0);
        if (down < 0)
            for (const float side : {-0.5f, 0.5f})
                m_solids.addBar(
                    onBack(side * half, -0.02f), onBack(side * half, 0.05f - down), m_bar, kSquare, Frame);
        return addBackPlates(count, plate, -down, plate.halfThickness);
    }
    const float gap = chance(0.4) ? between(0.06f, 0.45f * m_backHeight) : 0.f;
    plate.halfDepth = (m_backHeight - gap) / 2;
    plate.halfThickness = between(0.006f, 0.016f);
    plate.squareness = chance(0.5) ? between(2.2f, 4) : between(5, 12);
    plate.narrowing = chance(0.4) ? between(-0.15f, 0.35f) : 0;
    plate.bend = between(0, 0.1f);
    if (m_back == Back::Panel) {
        addBackPlates(1, plate, gap, plate.halfThickness);
        if (gap > 0)
            for (const float side : {-1.f, 1.f}) {
                const float x = side * half * between(0.55f, 0.85f);
                m_solids.addBar(
                    onBack(x, -0.03f), onBack(x, gap + plate.halfDepth), m_bar * 0.8f, sidesOfBar(), Frame);
            }
        return;
    }
    // A hoop, open or with a smaller one or a splat inside.
    const float h = m_backHeight, x = half * 0.95f, radius = m_bar * 0.75f;
    const auto hoop = [&](float scale) {
        const Path path{onBack(-x * scale, -0.02f),
                        onBack(-x * scale, h * scale),
                        onBack(x * scale, h * scale),
                        onBack(x * scale, -0.02f)};
        tube(withRoundCorners(path, between(0.5f, 1) * x * scale), radius, kRound, Frame);
    };
    hoop(1);
    if (chance(0.5)) return hoop(between(0.5f, 0.75f));
    plate.halfWidth = half * between(0.2f, 0.4f), plate.halfDepth = h / 2, plate.bend = 0;
    addBackPlates(1, plate, 0, 0);
}

void ChairMaker::addBars(bool upright) {
    const float half = m_width / 2 * (1 - m_seat.narrowing) - m_bar, h = m_backHeight;
    const int sides = sidesOfBar();
    const float flare = between(-0.03f, 0.04f);
    const auto stile = [&](float side, float height) {
        return onBack(side * (half + flare * height / h), height);
    };
    for (const float side : {-1.f, 1.f})
        m_solids.addBar(stile(side, -m_seatThickness), stile(side, h), m_bar, sides, Frame);
    const float thin = m_bar * between(0.45f, 0.8f);
    const auto rail = [&](float height, float tall) {
        const Vector3 left = stile(-1, height), right = stile(1, height);
        const Path path{left, (left + right) * 0.5f + Vector3{0, 0, -0.02f}, right};
        tube(withRoundCorners(path, 0.2f), tall, kSquare, BackCover);
    };
    if (!upright) {
        const int count = 1 + int(m_random.below(m_type == "bench" ? 5 : 6));
        const float low = between(0.15f, 0.5f) * h,
                    tall = std::min(between(0.01f, 0.04f), 0.4f * (h - low) / float(count));
        for (int i = 0; i < count; ++i)
            rail(count == 1 ? h - tall : low + (h - tall - low) * float(i) / float(count - 1), tall);
        return;
    }
    const float low = chance(0.5) ? between(0.05f, 0.3f) * h : 0.f, tall = between(0.012f, 0.035f);
    rail(h - tall, tall);
    if (low > 0) rail(low, tall * 0.7f);
    const int count = std::max(2, int(half * 2 / between(0.045f, 0.14f)));
    for (int i = 1; i <= count; ++i) {
        const float x = (2 * float(i) / float(count + 1) - 1);
        m_solids.addBar(stile(x, low), stile(x, h - tall), thin * 0.8f, sides, BackCover);
    }
}

void ChairMaker::addSpindles() {
    const float half = m_width / 2 * (1 - m_seat.narrowing) - m_bar, h = m_backHeight;
    constexpr int kPoints = 20;
    const float squareness = between(2, 5);
    const auto bow = [&](float angle) {
        const float c = std::cos(angle), s = std::sin(angle);
        const float reach =
            1 /
            std::pow(std::pow(std::abs(c), squareness) + std::pow(std::abs(s), squareness), 1 / squareness);
        return onBack(-half * reach * c, h * reach * s);
    };
    Path path;
    for (int k = 0; k <= kPoints; ++k) path.push_back(bow(180 * kDegree * float(k) / kPoints));
    tube(path, m_bar * 0.8f, kRound, Frame);
    const int count = 3 + int(m_random.below(7));
    for (int i = 1; i <= count; ++i) {
        const Vector3 top = bow(180 * kDegree * float(i) / float(count + 1));
        m_solids.addBar(onBack(top.x * 0.85f, 0), top, m_bar * 0.4f, kRound, Frame);
    }
}

void ChairMaker::addArms() {
    if (m_arms == Arms::None) return;
    const float top = m_seatTop + m_armHeight;
    const float rear = m_back == Back::None ? 0 : m_armHeight / std::max(std::cos(m_leanRad), 0.4f);
    if (m_arms == Arms::Blocks) {
        const float thick = between(0.08f, 0.22f), front = m_depth / 2 * between(0.8f, 1.02f);
        const float low = m_legs == Legs::Plinth ? 0.f : between(0.06f, 0.16f);
        const float back = -m_depth / 2 - rear * std::sin(m_leanRad) * between(0, 1);
        const bool isRolled = chance(0.4);
        Plate plate;
        plate.halfWidth = (top - low) / 2, plate.halfDepth = (front - back) / 2,
        plate.halfThickness = thick / 2;
        plate.squareness = between(4, 14), plate.bulge = between(0, 0.02f);
        for (const float side : {-1.f, 1.f}) {
            const float x = side * (m_width / 2 + thick / 2);
            m_solids.addPlate({{x, (top + low) / 2, (front + back) / 2}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}},
                              plate,
                              SeatCover);
            if (isRolled)
                m_solids.addTube(
                    std::array{Vector3{x, top - 0.03f, back}, Vector3{x, top - 0.03f, front + 0.01f}},
                    std::array{thick * 0.62f, thick * 0.62f},
                    14,
                    SeatCover);
        }
        return;
    }
    const float front = m_depth / 2 - between(0.02f, 0.14f), radius = m_bar * between(0.7f, 1.1f);
    const float out = between(-0.01f, 0.05f), corner = m_arms == Arms::Tubes ? between(0.04f, 0.12f) : 0.005f;
    const int sides = m_arms == Arms::Tubes ? kRound : kSquare;
    const float foot = m_legs == Legs::Four && chance(0.6) ? 0.02f : m_seatTop - m_seatThickness / 2;
    for (const float side : {-1.f, 1.f}) {
        const float x = side * (m_width / 2 + out);
        Vector3 end = onBack(side * (m_width / 2 * (1 - m_seat.narrowing) - m_bar), rear);
        const Path path{{x, foot, front}, {x, top, front}, end};
        tube(withRoundCorners(path, corner), radius, sides, Frame);
        if (m_arms == Arms::Rails)
            m_solids.addTube(std::array{Vector3{x, top + radius, front + 0.03f}, end + Vector3{0, radius, 0}},
                             std::array{radius * 1.6f, radius * 1.3f},
                             kSquare,
                             Frame);
    }
}

}  // namespace

FamilyChair makeFamilyChair(std::uint64_t number) {
    return ChairMaker(number).make();
}

std::vector<ChairEntry> familyChairs(int count) {
    std::vector<ChairEntry> entries;
    for (int i = 0; i < count; ++i) {
        const FamilyChair chair = makeFamilyChair(std::uint64_t(i));
        ChairEntry entry;
        entry.id = std::string(kFamilyPrefix) + std::to_string(i);
        entry.index = i;
        entry.name = "Chair " + std::to_string(i) + " of the family";
        entry.type = chair.type;
        entry.licence = "CC0-1.0";
        entry.archive = kFamilyArchive;
        entry.model = std::to_string(i);
        entry.seatHeight = chair.seatHeight;
        entries.push_back(std::move(entry));
    }
    return entries;
}

bool isFamilyId(std::string_view id) {
    return id.starts_with(kFamilyPrefix) && numberOf(id.substr(kFamilyPrefix.size()));
}

std::optional<std::uint64_t> familyNumber(const ChairEntry& entry) {
    return entry.archive == kFamilyArchive ? numberOf(entry.model) : std::nullopt;
}

}  // namespace vitrine
