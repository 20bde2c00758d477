// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/render/family_builder.h"

namespace vitrine {

void FamilyBuilder::addLegs() {
    switch (m_build.legs) {
        case FamilyLegs::Four:
            return addFourLegs();
        case FamilyLegs::Cantilever:
            return addCantilever();
        case FamilyLegs::Runners:
            return addRunners();
        case FamilyLegs::Column:
            return addColumn();
        case FamilyLegs::Crossed:
            return addCrossedBars();
        case FamilyLegs::Panels:
            return addPanels();
        case FamilyLegs::Plinth:
            return addPlinth();
    }
}

void FamilyBuilder::addFourLegs() {
    const float top = m_topOfLegs;
    if (m_build.isUpholstered)
        m_solids.addBox({-m_sizes.width / 2, top, -m_sizes.depth / 2},
                        {m_sizes.width / 2, insideSeat(), m_sizes.depth / 2},
                        SeatCover);
    // In double: the last bit of a float's tangent depends on the C library.
    const float splay = float(std::tan(double(m_legs.splayRad))) * top;
    const float x = m_sizes.width / 2 * m_legs.reach - m_sizes.inset;
    const float z = m_sizes.depth / 2 * m_legs.reach - m_sizes.inset;
    std::array<Vector3, 4> tops, feet;
    for (std::size_t i = 0; i < 4; ++i) {
        const float sx = i % 2 ? 1.f : -1.f, sz = i / 2 ? 1.f : -1.f;
        const float narrow = sz < 0 ? 1 - m_seat.narrowing : 1;
        tops[i] = {sx * x * narrow, top, sz * z};
        feet[i] = {sx * (x * narrow + splay), 0, sz * (z + splay) - (sz < 0 ? m_legs.rearLean : 0)};
        addLeg(tops[i], feet[i]);
    }
    if (m_build.hasMiddleLeg)
        m_solids.addBar({0, top, z}, {0, 0, z}, m_legs.thickness, m_build.legSides, Frame);
    if (m_build.hasApron) addApron(x, z, top);
    if (m_build.stretchers != FamilyStretchers::None) addStretchers(tops, feet);
}

void FamilyBuilder::addLeg(Vector3 top, Vector3 foot) {
    constexpr int kPoints = 14;
    Path path;
    std::vector<float> radii;
    for (int k = 0; k < kPoints; ++k) {
        const float t = float(k) / (kPoints - 1);
        path.push_back(top * (1 - t) + foot * t);
        radii.push_back(m_legs.thickness * (1 + (m_legs.taper - 1) * t) *
                        (1 + m_legs.turning * std::sin(t * 20)));
    }
    m_solids.addTube(path, radii, m_build.legSides, Frame);
}

void FamilyBuilder::addApron(float x, float z, float top) {
    const float low = top - m_legs.apron, half = 0.009f, rear = x * (1 - m_seat.narrowing);
    m_solids.addBox({-x, low, z - half}, {x, top, z + half}, Frame);
    m_solids.addBox({-rear, low, -z - half}, {rear, top, -z + half}, Frame);
    for (const float side : {-1.f, 1.f})
        m_solids.addBar({side * rear, (low + top) / 2, -z},
                        {side * x, (low + top) / 2, z},
                        (top - low) / 2,
                        kSquare,
                        Frame);
}

void FamilyBuilder::addStretchers(const std::array<Vector3, 4>& tops, const std::array<Vector3, 4>& feet) {
    const auto on = [&](std::size_t leg, float share) { return tops[leg] * (1 - share) + feet[leg] * share; };
    const auto bar = [&](Vector3 from, Vector3 to) {
        m_solids.addBar(from, to, m_legs.stretcherRadius, m_build.stretcherSides, Frame);
    };
    const float side = m_legs.sideShare, front = m_legs.frontShare;
    bar(on(0, side), on(2, side));
    bar(on(1, side), on(3, side));
    if (m_build.stretchers == FamilyStretchers::Cross)
        return bar((on(0, side) + on(2, side)) * 0.5f, (on(1, side) + on(3, side)) * 0.5f);
    bar(on(2, front), on(3, front));
    if (m_build.stretchers == FamilyStretchers::Ring) bar(on(0, front), on(1, front));
}

void FamilyBuilder::addCantilever() {
    const float radius = m_legs.tubeRadius, out = m_legs.tubeOut, foot = radius;
    const float x = m_sizes.width / 2 - radius, z = m_sizes.depth / 2 - radius;
    const float top = underSeat();
    const Path path{{-x, top, -z},
                    {-x, top, z + out},
                    {-x, foot, z + out},
                    {-x, foot, -z - out},
                    {x, foot, -z - out},
                    {x, foot, z + out},
                    {x, top, z + out},
                    {x, top, -z}};
    tube(withRoundCorners(path, m_legs.tubeCorner), radius, m_build.legSides, Frame);
}

void FamilyBuilder::addRunners() {
    const float radius = m_legs.tubeRadius, out = m_legs.tubeOut, foot = radius;
    const float x = m_sizes.width / 2 - radius, z = m_sizes.depth / 2 - radius;
    const float top = underSeat();
    for (const float side : {-1.f, 1.f}) {
        const Path path{{side * x, top, z - 0.03f},
                        {side * x, foot, z + out},
                        {side * x, foot, -z - out},
                        {side * x, top, -z + 0.03f}};
        tube(withRoundCorners(path, m_legs.tubeCorner), radius, m_build.legSides, Frame);
    }
    for (const float end : {-1.f, 1.f})
        m_solids.addBar(
            {-x, top, end * (z - 0.03f)}, {x, top, end * (z - 0.03f)}, radius, m_build.legSides, Frame);
}

void FamilyBuilder::addColumn() {
    if (!m_build.hasDiscFoot) return addStarFoot();
    const float radius = m_legs.columnRadius, reach = m_legs.columnReach;
    m_solids.addTube(Path{{0, insideSeat(), 0}, {0, m_legs.discTop, 0}, {0, 0.015f, 0}, {0, 0, 0}},
                     std::array{radius, radius, reach, reach},
                     16,
                     Frame);
}

void FamilyBuilder::addStarFoot() {
    const float radius = m_legs.columnRadius, reach = m_legs.columnReach;
    const float foot = m_legs.starFoot, hub = m_legs.starHub;
    m_solids.addTube(
        Path{{0, insideSeat(), 0}, {0, hub + 0.15f, 0}, {0, hub + 0.149f, 0}, {0, hub - 0.02f, 0}},
        std::array{radius * 0.7f, radius * 0.7f, radius, radius},
        kRound,
        Frame);
    for (int i = 0; i < m_build.numStarArms; ++i) {
        const float angle =
            m_legs.starTurnRad + 2 * std::numbers::pi_v<float> * float(i) / float(m_build.numStarArms);
        const Vector3 end{reach * std::cos(angle), foot, reach * std::sin(angle)};
        m_solids.addTube(std::array{Vector3{0, hub, 0}, end}, std::array{0.022f, 0.014f}, kSquare, Frame);
        if (m_build.hasCastors)
            m_solids.addTube(
                std::array{end, Vector3{end.x, 0, end.z}}, std::array{0.022f, 0.022f}, kRound, Frame);
        else
            m_solids.addBar(end, {end.x, 0, end.z}, 0.014f, kSquare, Frame);
    }
}

void FamilyBuilder::addCrossedBars() {
    const float top = insideSeat(), bar = m_sizes.bar;
    const float x = m_sizes.width / 2 - m_sizes.inset, z = m_sizes.depth / 2 - bar;
    for (const float side : {-1.f, 1.f}) {
        m_solids.addBar({side * x, top, z}, {side * x, 0, -z}, bar, m_build.legSides, Frame);
        m_solids.addBar(
            {side * (x - 2 * bar), top, -z}, {side * (x - 2 * bar), 0, z}, bar, m_build.legSides, Frame);
    }
    for (const std::size_t i : {0, 1}) {
        const float end = i == 0 ? -1.f : 1.f;
        const float height = m_legs.crossbars[i] * top / 0.4f, at = end * z * (1 - 2 * height / top);
        m_solids.addBar({-x, height, at}, {x, height, at}, bar * 0.7f, m_build.legSides, Frame);
    }
}

void FamilyBuilder::addPlinth() {
    const float x = m_sizes.width / 2, z = m_sizes.depth / 2, low = m_legs.plinthLow;
    m_solids.addBox({-x, low, -z}, {x, insideSeat(), z}, SeatCover);
    if (!m_build.hasPlinthFeet) return;
    for (const float side : {-1.f, 1.f})
        for (const float end : {-1.f, 1.f})
            m_solids.addBar({side * (x - 0.05f), low, end * (z - 0.05f)},
                            {side * (x - 0.05f), 0, end * (z - 0.05f)},
                            0.022f,
                            kSquare,
                            Frame);
}

void FamilyBuilder::addPanels() {
    const float x = m_sizes.width / 2, z = m_sizes.depth / 2, top = insideSeat();
    const float inset = m_legs.panelInset, open = m_legs.panelOpen;
    for (const float side : {-1.f, 1.f}) {
        const float outer = side * (x - inset), inner = side * (x - inset - m_legs.panelThickness);
        m_solids.addBox(
            {std::min(outer, inner), 0, -z + open}, {std::max(outer, inner), top, z - open}, Frame);
    }
    m_solids.addBox({-x + inset, top * 0.4f, -0.01f}, {x - inset, top * 0.55f, 0.01f}, Frame);
}

}  // namespace vitrine
