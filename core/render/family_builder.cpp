// SPDX-License-Identifier: GPL-3.0-or-later
// Seat, arms and materials; the legs and the back have files of their own.
#include "core/render/family_builder.h"

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

MeshMaterial materialOf(const FamilyMaterialNumbers& numbers, bool isPatterned) {
    MeshMaterial material;
    material.colour = numbers.colour;
    material.gloss = numbers.gloss;
    material.textureIndex = isPatterned ? 0 : -1;
    return material;
}

}  // namespace

FamilyBuilder::FamilyBuilder(const FamilyShape& shape)
    : m_build(shape.build),
      m_sizes(shape.numbers.sizes),
      m_seat(shape.numbers.seat),
      m_legs(shape.numbers.legs),
      m_back(shape.numbers.back),
      m_arms(shape.numbers.arms),
      m_colours(shape.numbers.colours),
      m_halfBack(halfBack(shape)),
      m_topOfLegs(topOfLegs(shape)) {}

Mesh FamilyBuilder::build() && {
    addSeat();
    addLegs();
    addBack();
    addArms();
    addMaterials();
    return std::move(m_solids).finish(std::move(m_materials), std::move(m_textures));
}

float FamilyBuilder::topOfLegs(const FamilyShape& shape) {
    const FamilyNumbers& numbers = shape.numbers;
    const float inside =
        numbers.sizes.seatTop - numbers.sizes.seatThickness - 2 * numbers.seat.bulge + kJoint;
    // Upholstery has a body between cushion and legs.
    return shape.build.isUpholstered ? std::min(inside, numbers.legs.bodyTop) : inside;
}

float FamilyBuilder::halfBack(const FamilyShape& shape) {
    return shape.numbers.sizes.width / 2 * (1 - shape.numbers.seat.narrowing);
}

void FamilyBuilder::tube(const Path& path, float radius, int sides, int material) {
    m_solids.addTube(path, std::vector<float>(path.size(), radius), sides, material);
}

Vector3 FamilyBuilder::onBack(float x, float height, float forward) const {
    const float s = std::sin(m_sizes.leanRad), c = std::cos(m_sizes.leanRad);
    return {x, m_sizes.seatTop + height * c + forward * s, -m_sizes.depth / 2 - height * s + forward * c};
}

// ---- seat

void FamilyBuilder::addSeatBoards() {
    const float pitch = m_sizes.depth / float(m_build.numSeatBoards), board = pitch * m_seat.boardShare;
    for (int i = 0; i < m_build.numSeatBoards; ++i) {
        const float z = -m_sizes.depth / 2 + pitch * float(i);
        m_solids.addBox({-m_sizes.width / 2, m_sizes.seatTop - 0.03f, z},
                        {m_sizes.width / 2, m_sizes.seatTop, z + board},
                        SeatCover);
    }
}

void FamilyBuilder::addSeat() {
    if (m_build.numSeatBoards > 0) return addSeatBoards();
    const int count = m_build.numSeatCushions;
    Plate plate;
    plate.halfWidth = m_sizes.width / 2 / float(count) * (count > 1 ? 0.99f : 1);
    plate.halfDepth = m_sizes.depth / 2, plate.halfThickness = m_sizes.seatThickness / 2;
    plate.squareness = m_seat.squareness, plate.narrowing = m_seat.narrowing, plate.bulge = m_seat.bulge;
    const float middle = m_sizes.seatTop - m_seat.bulge - m_sizes.seatThickness / 2;
    for (int i = 0; i < count; ++i) {
        const float x = (float(i) + 0.5f - float(count) / 2) * m_sizes.width / float(count);
        m_solids.addPlate({{x, middle, 0}}, plate, SeatCover);
    }
}

// ---- arms

float FamilyBuilder::armHeightOnBack() const {
    if (m_build.back == FamilyBack::None) return 0;
    return m_sizes.armHeight / std::max(std::cos(m_sizes.leanRad), 0.4f);
}

void FamilyBuilder::addArms() {
    if (m_build.arms == FamilyArms::None) return;
    if (m_build.arms == FamilyArms::Blocks) return addArmBlocks();
    addArmRails();
}

void FamilyBuilder::addArmBlocks() {
    const float top = m_sizes.seatTop + m_sizes.armHeight, low = m_arms.low, thick = m_arms.thickness;
    const float front = m_sizes.depth / 2 * m_arms.front;
    const float back = -m_sizes.depth / 2 - armHeightOnBack() * std::sin(m_sizes.leanRad) * m_arms.rearShare;
    Plate plate;
    plate.halfWidth = (top - low) / 2, plate.halfDepth = (front - back) / 2, plate.halfThickness = thick / 2;
    plate.squareness = m_arms.squareness, plate.bulge = m_arms.bulge;
    for (const float side : {-1.f, 1.f}) {
        const float x = side * (m_sizes.width / 2 + thick / 2);
        m_solids.addPlate(
            {{x, (top + low) / 2, (front + back) / 2}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}}, plate, SeatCover);
        if (m_build.hasRolledArms)
            m_solids.addTube(
                std::array{Vector3{x, top - 0.03f, back}, Vector3{x, top - 0.03f, front + 0.01f}},
                std::array{thick * 0.62f, thick * 0.62f},
                14,
                SeatCover);
    }
}

void FamilyBuilder::addArmRails() {
    const float top = m_sizes.seatTop + m_sizes.armHeight, radius = m_arms.radius;
    const float front = m_sizes.depth / 2 - m_arms.frontInset;
    const int sides = m_build.arms == FamilyArms::Tubes ? kRound : kSquare;
    const float foot = m_build.armsReachFloor ? 0.02f : m_sizes.seatTop - m_sizes.seatThickness / 2;
    for (const float side : {-1.f, 1.f}) {
        const float x = side * (m_sizes.width / 2 + m_arms.out);
        const Vector3 end = onBack(side * (m_halfBack - m_sizes.bar), armHeightOnBack());
        const Path path{{x, foot, front}, {x, top, front}, end};
        tube(withRoundCorners(path, m_arms.corner), radius, sides, Frame);
        if (m_build.arms == FamilyArms::Rails)
            m_solids.addTube(std::array{Vector3{x, top + radius, front + 0.03f}, end + Vector3{0, radius, 0}},
                             std::array{radius * 1.6f, radius * 1.3f},
                             kSquare,
                             Frame);
    }
}

// ---- materials

Image FamilyBuilder::pattern() const {
    constexpr int kTexels = 32;
    const int stripes = m_build.numStripes;
    Image image(kTexels, kTexels, 3);
    for (int y = 0; y < kTexels; ++y)
        for (int x = 0; x < kTexels; ++x) {
            const bool isX = x * stripes * 2 / kTexels % 2, isY = y * stripes * 2 / kTexels % 2;
            const bool isFirst = isX != (m_build.isChecked && isY);
            const Vector3 c = isFirst ? m_colours.seatCover.colour : m_colours.patternColour;
            const float channels[] = {c.x, c.y, c.z};
            for (int k = 0; k < 3; ++k) image.at(y, x, k) = std::uint8_t(channels[k] * 255);
        }
    return image;
}

void FamilyBuilder::addMaterials() {
    const bool isPatterned = m_build.numStripes > 0;
    m_materials.resize(NumMaterials);
    m_materials[Frame] = materialOf(m_colours.frame, false);
    m_materials[SeatCover] = materialOf(m_colours.seatCover, isPatterned);
    m_materials[BackCover] = materialOf(m_colours.backCover, m_build.isBackPatterned);
    if (isPatterned) m_textures.push_back(pattern());
}

}  // namespace vitrine
