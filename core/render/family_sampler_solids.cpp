// SPDX-License-Identifier: GPL-3.0-or-later
// Legs, back and arms.
#include <algorithm>

#include "core/render/family_sampler.h"

namespace vitrine {

// ---- legs

void FamilySampler::chooseLegs() {
    switch (m_build.legs) {
        case FamilyLegs::Four:
            return chooseFourLegs();
        case FamilyLegs::Cantilever:
        case FamilyLegs::Runners:
            return chooseBentTubes();
        case FamilyLegs::Column:
            return chooseColumn();
        case FamilyLegs::Crossed:
            return chooseCrossedBars();
        case FamilyLegs::Panels:
            return choosePanels();
        case FamilyLegs::Plinth:
            return choosePlinth();
    }
}

void FamilySampler::chooseFourLegs() {
    if (m_build.isUpholstered) m_legs.bodyTop = between(0.06f, 0.16f);
    m_legs.splayRad = chance(0.5) ? between(2, 14) * kDegree : 0;
    m_legs.reach = m_seat.squareness < 4 ? 0.72f : 1;  // keeps legs under a round seat
    m_build.legSides = sidesOfBar();
    m_legs.turning = m_build.legSides == kRound && chance(0.25) ? 0.45f : 0;
    m_legs.thickness = m_sizes.bar * between(0.9f, 1.5f);
    m_legs.taper = between(0.5f, 1);
    m_legs.rearLean = chance(0.4) ? between(0, 0.08f) : 0;
    m_build.hasMiddleLeg = isType("sofa") && m_sizes.width > 1.5f && chance(0.4);
    m_build.hasApron = !m_build.isUpholstered && chance(0.5);
    if (m_build.hasApron) m_legs.apron = between(0.03f, 0.08f);
    const bool isTall = FamilyBuilder::topOfLegs(m_shape) > 0.2f;
    if (!m_build.isUpholstered && isTall && chance(isType("stool") ? 0.85 : 0.5)) chooseStretchers();
}

void FamilySampler::chooseStretchers() {
    m_legs.stretcherRadius = m_sizes.bar * between(0.5f, 0.9f);
    m_build.stretcherSides = sidesOfBar();
    m_legs.sideShare = between(0.35f, 0.85f);
    m_legs.frontShare = chance(0.5) ? m_legs.sideShare : between(0.35f, 0.85f);
    m_build.stretchers = chance(0.4)   ? FamilyStretchers::Cross
                         : chance(0.7) ? FamilyStretchers::Ring
                                       : FamilyStretchers::Open;
}

void FamilySampler::chooseBentTubes() {
    m_legs.tubeRadius = m_sizes.bar * between(0.6f, 1);
    m_legs.tubeCorner = between(0.02f, 0.1f);
    m_legs.tubeOut = between(-0.03f, 0.05f);
    m_build.legSides = chance(0.3) ? kSquare : kRound;
}

void FamilySampler::chooseColumn() {
    m_legs.columnRadius = between(0.015f, 0.045f), m_legs.columnReach = between(0.19f, 0.32f);
    m_build.hasDiscFoot = chance(0.35);
    if (m_build.hasDiscFoot) {
        m_legs.discTop = chance(0.5) ? 0.02f : 0.12f;  // a disc or a trumpet
        return;
    }
    m_build.numStarArms = chance(0.35) ? 4 : 5;
    m_legs.starFoot = between(0.02f, 0.05f);
    m_legs.starHub = m_legs.starFoot + between(0, 0.08f);
    m_legs.starTurnRad = between(0, 6.28f);
    m_build.hasCastors = chance(0.6);
}

void FamilySampler::chooseCrossedBars() {
    m_build.legSides = sidesOfBar();
    for (float& height : m_legs.crossbars) height = between(0.03f, 0.12f);
}

void FamilySampler::choosePanels() {
    m_legs.panelThickness = between(0.015f, 0.05f), m_legs.panelInset = between(0, 0.1f);
    m_legs.panelOpen = between(0, 0.15f);
}

void FamilySampler::choosePlinth() {
    m_build.hasPlinthFeet = !chance(0.5);
    if (m_build.hasPlinthFeet) m_legs.plinthLow = between(0.02f, 0.06f);
}

// ---- back

void FamilySampler::chooseBack() {
    switch (m_build.back) {
        case FamilyBack::None:
            return;
        case FamilyBack::Slats:
        case FamilyBack::Rungs:
            return chooseBars();
        case FamilyBack::Spindles:
            return chooseSpindles();
        case FamilyBack::Cushions:
            return chooseBackCushions();
        case FamilyBack::Panel:
        case FamilyBack::Hoop:
            return chooseBackPlate();
    }
}

void FamilySampler::chooseBackCushions() {
    m_build.numBackCushions = isType("sofa") ? countUpTo(3) : 1;
    m_back.halfThickness = between(0.03f, 0.09f), m_back.bulge = between(0.005f, 0.03f);
    m_back.squareness = between(4, 10), m_back.narrowing = chance(0.3) ? between(0, 0.2f) : 0;
    m_back.bend = isType("sofa") ? 0 : between(0, 0.06f);
    m_back.down = m_build.isUpholstered ? between(0, 0.1f) : between(-0.12f, 0);
}

/// A hoop draws the numbers of a panel, too; its splat uses some of them.
void FamilySampler::chooseBackPlate() {
    const bool isPanel = m_build.back == FamilyBack::Panel;
    const float gap = chance(0.4) ? between(0.06f, 0.45f * m_sizes.backHeight) : 0.f;
    m_back.halfThickness = between(0.006f, 0.016f);
    m_back.squareness = chance(0.5) ? between(2.2f, 4) : between(5, 12);
    m_back.narrowing = chance(0.4) ? between(-0.15f, 0.35f) : 0;
    m_back.bend = between(0, 0.1f);
    if (!isPanel) return chooseHoop();
    m_back.gap = gap;
    m_build.hasBackGap = gap > 0;
    if (m_build.hasBackGap) chooseBackPosts();
}

void FamilySampler::chooseBackPosts() {
    for (std::size_t i = 0; i < 2; ++i) {
        m_back.postShares[i] = between(0.55f, 0.85f);
        m_build.backPostSides[i] = sidesOfBar();
    }
}

void FamilySampler::chooseHoop() {
    m_back.hoopCorners[0] = between(0.5f, 1);
    if (chance(0.5)) {
        m_build.hoop = FamilyHoop::Double;
        m_back.innerHoop = between(0.5f, 0.75f);
        m_back.hoopCorners[1] = between(0.5f, 1);
        return;
    }
    m_build.hoop = FamilyHoop::Splat;
    m_back.splatShare = between(0.2f, 0.4f);
}

void FamilySampler::chooseBars() {
    m_build.backSides = sidesOfBar();
    m_back.flare = between(-0.03f, 0.04f);
    const float thin = m_sizes.bar * between(0.45f, 0.8f);
    if (m_build.back == FamilyBack::Rungs) return chooseRungs();
    m_back.slatRadius = thin * 0.8f;
    chooseSlats();
}

void FamilySampler::chooseRungs() {
    m_build.numBackBars = countUpTo(isType("bench") ? 5 : 6);
    const float height = m_sizes.backHeight;
    m_back.low = between(0.15f, 0.5f) * height;
    m_back.tall = std::min(between(0.01f, 0.04f), 0.4f * (height - m_back.low) / float(m_build.numBackBars));
}

void FamilySampler::chooseSlats() {
    m_back.low = chance(0.5) ? between(0.05f, 0.3f) * m_sizes.backHeight : 0.f;
    m_back.tall = between(0.012f, 0.035f);
    m_build.hasLowRail = m_back.low > 0;
    const float half = FamilyBuilder::halfBack(m_shape) - m_sizes.bar;
    m_build.numBackBars = std::max(2, int(half * 2 / between(0.045f, 0.14f)));
}

void FamilySampler::chooseSpindles() {
    m_back.bowSquareness = between(2, 5);
    m_build.numBackBars = 2 + countUpTo(7);
}

// ---- arms

void FamilySampler::chooseArms() {
    if (m_build.arms == FamilyArms::None) return;
    if (m_build.arms == FamilyArms::Blocks) return chooseArmBlocks();
    m_arms.frontInset = between(0.02f, 0.14f), m_arms.radius = m_sizes.bar * between(0.7f, 1.1f);
    m_arms.out = between(-0.01f, 0.05f);
    m_arms.corner = m_build.arms == FamilyArms::Tubes ? between(0.04f, 0.12f) : 0.005f;
    m_build.armsReachFloor = m_build.legs == FamilyLegs::Four && chance(0.6);
}

void FamilySampler::chooseArmBlocks() {
    m_arms.thickness = between(0.08f, 0.22f), m_arms.front = between(0.8f, 1.02f);
    m_arms.low = m_build.legs == FamilyLegs::Plinth ? 0.f : between(0.06f, 0.16f);
    m_arms.rearShare = between(0, 1);
    m_build.hasRolledArms = chance(0.4);
    m_arms.squareness = between(4, 14), m_arms.bulge = between(0, 0.02f);
}

}  // namespace vitrine
