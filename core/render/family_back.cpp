// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numbers>

#include "core/render/family_builder.h"

namespace vitrine {

void FamilyBuilder::addBack() {
    switch (m_build.back) {
        case FamilyBack::None:
            return;
        case FamilyBack::Panel:
            return addPanelBack();
        case FamilyBack::Slats:
            return addSlats();
        case FamilyBack::Rungs:
            return addRungs();
        case FamilyBack::Spindles:
            return addSpindles();
        case FamilyBack::Cushions:
            return addBackCushions();
        case FamilyBack::Hoop:
            return addHoops();
    }
}

Plate FamilyBuilder::backPlate() const {
    Plate plate;
    plate.halfThickness = m_back.halfThickness, plate.bulge = m_back.bulge;
    plate.squareness = m_back.squareness, plate.narrowing = m_back.narrowing, plate.bend = m_back.bend;
    return plate;
}

void FamilyBuilder::addBackPlates(int count, const Plate& plate, float gap, float forward) {
    PlateFrame frame;
    const float s = std::sin(m_sizes.leanRad), c = std::cos(m_sizes.leanRad);
    frame.along = {0, -c, s};  // the far end of a plate is its top
    frame.up = {0, s, c};
    for (int i = 0; i < count; ++i) {
        const float x = (float(i) + 0.5f - float(count) / 2) * 2 * plate.halfWidth * 1.01f;
        frame.middle = onBack(x, gap + plate.halfDepth, forward);
        m_solids.addPlate(frame, plate, BackCover);
    }
}

void FamilyBuilder::addBackCushions() {
    Plate plate = backPlate();
    plate.halfWidth = m_halfBack / float(m_build.numBackCushions);
    plate.halfDepth = m_sizes.backHeight / 2;
    if (m_back.down < 0)
        for (const float side : {-0.5f, 0.5f})
            m_solids.addBar(onBack(side * m_halfBack, -0.02f),
                            onBack(side * m_halfBack, 0.05f - m_back.down),
                            m_sizes.bar,
                            kSquare,
                            Frame);
    addBackPlates(m_build.numBackCushions, plate, -m_back.down, plate.halfThickness);
}

void FamilyBuilder::addPanelBack() {
    Plate plate = backPlate();
    plate.halfWidth = m_halfBack;
    plate.halfDepth = (m_sizes.backHeight - m_back.gap) / 2;
    addBackPlates(1, plate, m_back.gap, plate.halfThickness);
    if (!m_build.hasBackGap) return;
    for (const std::size_t i : {0, 1}) {
        const float side = i == 0 ? -1.f : 1.f, x = side * m_halfBack * m_back.postShares[i];
        m_solids.addBar(onBack(x, -0.03f),
                        onBack(x, m_back.gap + plate.halfDepth),
                        m_sizes.bar * 0.8f,
                        m_build.backPostSides[i],
                        Frame);
    }
}

void FamilyBuilder::addHoop(float scale, float corner) {
    const float height = m_sizes.backHeight, x = m_halfBack * 0.95f;
    const Path path{onBack(-x * scale, -0.02f),
                    onBack(-x * scale, height * scale),
                    onBack(x * scale, height * scale),
                    onBack(x * scale, -0.02f)};
    tube(withRoundCorners(path, corner * x * scale), m_sizes.bar * 0.75f, kRound, Frame);
}

void FamilyBuilder::addHoops() {
    addHoop(1, m_back.hoopCorners[0]);
    if (m_build.hoop == FamilyHoop::Double) addHoop(m_back.innerHoop, m_back.hoopCorners[1]);
    if (m_build.hoop != FamilyHoop::Splat) return;
    Plate plate = backPlate();
    plate.halfWidth = m_halfBack * m_back.splatShare, plate.halfDepth = m_sizes.backHeight / 2,
    plate.bend = 0;
    addBackPlates(1, plate, 0, 0);
}

Vector3 FamilyBuilder::onStile(float side, float height) const {
    return onBack(side * (m_halfBack - m_sizes.bar + m_back.flare * height / m_sizes.backHeight), height);
}

void FamilyBuilder::addStiles() {
    for (const float side : {-1.f, 1.f})
        m_solids.addBar(onStile(side, -m_sizes.seatThickness),
                        onStile(side, m_sizes.backHeight),
                        m_sizes.bar,
                        m_build.backSides,
                        Frame);
}

void FamilyBuilder::addRail(float height, float tall) {
    const Vector3 left = onStile(-1, height), right = onStile(1, height);
    const Path path{left, (left + right) * 0.5f + Vector3{0, 0, -0.02f}, right};
    tube(withRoundCorners(path, 0.2f), tall, kSquare, BackCover);
}

void FamilyBuilder::addRungs() {
    addStiles();
    const int count = m_build.numBackBars;
    const float height = m_sizes.backHeight, low = m_back.low, tall = m_back.tall;
    for (int i = 0; i < count; ++i)
        addRail(count == 1 ? height - tall : low + (height - tall - low) * float(i) / float(count - 1), tall);
}

void FamilyBuilder::addSlats() {
    addStiles();
    const float top = m_sizes.backHeight - m_back.tall;
    addRail(top, m_back.tall);
    if (m_build.hasLowRail) addRail(m_back.low, m_back.tall * 0.7f);
    for (int i = 1; i <= m_build.numBackBars; ++i) {
        const float x = (2 * float(i) / float(m_build.numBackBars + 1) - 1);
        m_solids.addBar(
            onStile(x, m_back.low), onStile(x, top), m_back.slatRadius, m_build.backSides, BackCover);
    }
}

void FamilyBuilder::addSpindles() {
    constexpr int kPoints = 20;
    constexpr float kHalfTurn =
        std::numbers::pi_v<float> / 180 * 180;  // keeps the rounding of the frozen chairs
    const float half = m_halfBack - m_sizes.bar, squareness = m_back.bowSquareness;
    const auto bow = [&](float angle) {
        const float c = std::cos(angle), s = std::sin(angle);
        const float sum = std::pow(std::abs(c), squareness) + std::pow(std::abs(s), squareness);
        const float reach = 1 / std::pow(sum, 1 / squareness);
        return onBack(-half * reach * c, m_sizes.backHeight * reach * s);
    };
    Path path;
    for (int k = 0; k <= kPoints; ++k) path.push_back(bow(kHalfTurn * float(k) / kPoints));
    tube(path, m_sizes.bar * 0.8f, kRound, Frame);
    const int count = m_build.numBackBars;
    for (int i = 1; i <= count; ++i) {
        const Vector3 top = bow(kHalfTurn * float(i) / float(count + 1));
        m_solids.addBar(onBack(top.x * 0.85f, 0), top, m_sizes.bar * 0.4f, kRound, Frame);
    }
}

}  // namespace vitrine
