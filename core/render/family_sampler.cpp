// SPDX-License-Identifier: GPL-3.0-or-later
// Form, sizes, seat and materials; legs, back and arms have a file of their own.
#include "core/render/family_sampler.h"

#include "core/base/hue.h"

namespace vitrine {

FamilyShape FamilySampler::sample() && {
    chooseForm();
    chooseSizes();
    chooseSeat();
    chooseLegs();
    chooseBack();
    chooseArms();
    chooseMaterials();
    return std::move(m_shape);
}

// ---- form

FamilyLegs FamilySampler::chairLegs() {
    return oneOf<FamilyLegs>({{FamilyLegs::Four, 60},
                              {FamilyLegs::Cantilever, 9},
                              {FamilyLegs::Runners, 9},
                              {FamilyLegs::Column, 13},
                              {FamilyLegs::Crossed, 4},
                              {FamilyLegs::Panels, 5}});
}

FamilyBack FamilySampler::chairBack() {
    return oneOf<FamilyBack>({{FamilyBack::Panel, 32},
                              {FamilyBack::Slats, 18},
                              {FamilyBack::Rungs, 20},
                              {FamilyBack::Spindles, 12},
                              {FamilyBack::Hoop, 8},
                              {FamilyBack::Cushions, 10}});
}

void FamilySampler::chooseForm() {
    m_build.type = oneOf<const char*>(
        {{"chair", 42}, {"armchair", 20}, {"stool", 14}, {"sofa", 14}, {"bench", 6}, {"lounger", 4}});
    m_build.legs = chairLegs();
    if (isType("chair"))
        m_build.back = chairBack();
    else if (isType("armchair"))
        chooseArmchair();
    else if (isType("stool"))
        chooseStool();
    else if (isType("sofa"))
        chooseSofa();
    else if (isType("bench"))
        chooseBench();
    else
        chooseLounger();
}

void FamilySampler::chooseArmchair() {
    m_build.isUpholstered = chance(0.55);
    m_build.back = m_build.isUpholstered ? FamilyBack::Cushions : chairBack();
    m_build.arms = m_build.isUpholstered ? FamilyArms::Blocks
                   : chance(0.6)         ? FamilyArms::Rails
                                         : FamilyArms::Tubes;
    if (m_build.isUpholstered && chance(0.8))
        m_build.legs = chance(0.35) ? FamilyLegs::Plinth : FamilyLegs::Four;
}

void FamilySampler::chooseStool() {
    m_build.back = chance(0.3) ? (chance(0.5) ? FamilyBack::Rungs : FamilyBack::Panel) : FamilyBack::None;
    m_build.legs = oneOf<FamilyLegs>({{FamilyLegs::Four, 65},
                                      {FamilyLegs::Column, 25},
                                      {FamilyLegs::Runners, 5},
                                      {FamilyLegs::Crossed, 5}});
}

void FamilySampler::chooseSofa() {
    m_build.isUpholstered = chance(0.85);
    m_build.back = m_build.isUpholstered ? FamilyBack::Cushions
                   : chance(0.5)         ? FamilyBack::Slats
                                         : FamilyBack::Panel;
    m_build.arms = chance(0.12)            ? FamilyArms::None
                   : m_build.isUpholstered ? FamilyArms::Blocks
                                           : FamilyArms::Rails;
    m_build.legs = chance(0.45) ? FamilyLegs::Plinth : chance(0.8) ? FamilyLegs::Four : FamilyLegs::Runners;
}

void FamilySampler::chooseBench() {
    m_build.back = chance(0.6) ? (chance(0.6) ? FamilyBack::Rungs : FamilyBack::Slats) : FamilyBack::None;
    m_build.arms = m_build.back != FamilyBack::None && chance(0.6) ? FamilyArms::Rails : FamilyArms::None;
    m_build.legs = chance(0.6) ? FamilyLegs::Four : chance(0.5) ? FamilyLegs::Panels : FamilyLegs::Crossed;
}

void FamilySampler::chooseLounger() {
    m_build.back = chance(0.5) ? FamilyBack::Panel : FamilyBack::Rungs;
    m_build.arms = chance(0.3) ? FamilyArms::Rails : FamilyArms::None;
    m_build.legs = chance(0.7) ? FamilyLegs::Four : FamilyLegs::Runners;
}

// ---- sizes and seat

void FamilySampler::chooseSizes() {
    m_sizes.width = between(0.36f, 0.56f), m_sizes.depth = between(0.36f, 0.56f);
    m_sizes.seatTop = between(0.38f, 0.5f);
    m_sizes.seatThickness = chance(0.5) ? between(0.012f, 0.035f) : between(0.03f, 0.09f);
    m_sizes.backHeight = between(0.25f, 0.65f), m_sizes.leanRad = between(3, 22) * kDegree;
    m_sizes.bar = between(0.009f, 0.026f);
    chooseSizesOfType();
    if (m_build.isUpholstered) {
        m_sizes.seatThickness = between(0.12f, 0.24f);
        m_sizes.depth = std::max(m_sizes.depth, between(0.5f, 0.7f));
        if (isType("armchair")) m_sizes.width = between(0.48f, 0.7f);
    }
    m_sizes.armHeight = between(0.17f, 0.28f);
    m_sizes.inset = m_sizes.bar + between(0, 0.05f);
}

void FamilySampler::chooseSizesOfType() {
    if (isType("stool")) {
        m_sizes.width *= 0.85f, m_sizes.depth = m_sizes.width * between(0.85f, 1.1f);
        m_sizes.seatTop = between(0.42f, 0.8f), m_sizes.backHeight = between(0.15f, 0.35f);
    } else if (isType("sofa")) {
        m_sizes.width = between(1.1f, 2.2f), m_sizes.depth = between(0.55f, 0.85f);
    } else if (isType("bench")) {
        m_sizes.width = between(0.9f, 1.8f), m_sizes.backHeight = between(0.3f, 0.5f);
    } else if (isType("lounger")) {
        m_sizes.width = between(0.5f, 0.7f), m_sizes.depth = between(1, 1.4f);
        m_sizes.seatTop = between(0.25f, 0.4f);
        m_sizes.backHeight = between(0.55f, 0.85f), m_sizes.leanRad = between(30, 65) * kDegree;
    }
}

void FamilySampler::chooseSeat() {
    const bool mayBeRound = isType("chair") || isType("stool");
    m_seat.squareness = mayBeRound && chance(0.35) ? between(2, 4) : between(5, 12);
    m_seat.narrowing = m_sizes.width < 0.7f && chance(0.4) ? between(0.05f, 0.25f) : 0;
    if (m_sizes.seatThickness > 0.03f && chance(0.5)) m_seat.bulge = between(0.005f, 0.03f);
    if ((isType("bench") || isType("lounger")) && chance(0.6)) {
        m_build.numSeatBoards = 2 + countUpTo(6);
        m_seat.boardShare = between(0.6f, 0.92f);
    } else if (m_build.isUpholstered && isType("sofa")) {
        m_build.numSeatCushions = countUpTo(3);
    }
}

// ---- materials

FamilyMaterialNumbers FamilySampler::frameMaterial() {
    const float level = between(0.25f, 0.9f);
    switch (m_random.below(4)) {
        case 0: {  // wood
            const float saturation = between(0.3f, 0.7f), hue = between(0.04f, 0.11f);
            return {fromHue(hue, saturation, level), 0};
        }
        case 1:  // metal
            return {fromHue(0, 0, level), 0.6f};
        case 2:  // lacquer
            return {fromHue(0, 0, chance(0.6) ? between(0.03f, 0.15f) : 0.93f), 0};
        default: {  // paint
            const float saturation = between(0.2f, 0.9f), hue = between(0, 1);
            return {fromHue(hue, saturation, level), 0.2f};
        }
    }
}

FamilyMaterialNumbers FamilySampler::cloth() {
    FamilyMaterialNumbers material;
    const bool isNatural = chance(0.5);
    const float value = isNatural ? between(0.12f, 0.95f) : between(0.15f, 0.9f);
    const float saturation = isNatural ? between(0, 0.3f) : between(0.2f, 0.9f);
    const float hue = isNatural ? 0.08f : between(0, 1);
    material.colour = fromHue(hue, saturation, value);
    if (chance(0.2)) choosePattern();
    return material;
}

void FamilySampler::choosePattern() {
    const float value = between(0.15f, 0.95f), saturation = between(0, 0.7f), hue = between(0, 1);
    m_colours.patternColour = fromHue(hue, saturation, value);
    m_build.isChecked = chance(0.4);
    m_build.numStripes = countUpTo(4);
}

void FamilySampler::chooseMaterials() {
    m_colours.frame = frameMaterial();
    m_colours.seatCover = m_build.isUpholstered || chance(0.5) ? cloth() : m_colours.frame;
    const bool isSameCover = m_build.isUpholstered || chance(0.6);
    m_colours.backCover = isSameCover ? m_colours.seatCover : frameMaterial();
    m_build.isBackPatterned = isSameCover && m_build.numStripes > 0;
}

FamilyShape sampleFamilyShape(std::uint64_t number) {
    return FamilySampler(number).sample();
}

}  // namespace vitrine
