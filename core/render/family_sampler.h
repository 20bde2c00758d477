// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <numbers>
#include <utility>

#include "core/base/random.h"
#include "core/render/family_builder.h"
#include "core/render/family_shape.h"

namespace vitrine {

/// Draws the shape of a chair of the family. The order of the draws is frozen: another order gives other
/// chairs.
class FamilySampler {
public:
    explicit FamilySampler(std::uint64_t number) : m_random({0xFA311, number}) {}

    FamilyShape sample() &&;

private:
    float between(float low, float high) { return float(m_random.uniform(low, high)); }
    bool chance(double share) { return m_random.uniform() < share; }
    int sidesOfBar() { return chance(0.5) ? kSquare : kRound; }
    int countUpTo(int most) { return 1 + int(m_random.below(std::uint64_t(most))); }
    template <class T>
    T oneOf(std::initializer_list<std::pair<T, double>> choices);
    bool isType(const char* type) const { return m_build.type == type; }

    void chooseForm();
    FamilyLegs chairLegs();
    FamilyBack chairBack();
    void chooseArmchair();
    void chooseStool();
    void chooseSofa();
    void chooseBench();
    void chooseLounger();

    void chooseSizes();
    void chooseSizesOfType();
    void chooseSeat();

    void chooseLegs();
    void chooseFourLegs();
    void chooseStretchers();
    void chooseBentTubes();
    void chooseColumn();
    void chooseCrossedBars();
    void choosePanels();
    void choosePlinth();

    void chooseBack();
    void chooseBackCushions();
    void chooseBackPlate();
    void chooseBackPosts();
    void chooseHoop();
    void chooseBars();
    void chooseRungs();
    void chooseSlats();
    void chooseSpindles();

    void chooseArms();
    void chooseArmBlocks();

    void chooseMaterials();
    FamilyMaterialNumbers frameMaterial();
    FamilyMaterialNumbers cloth();
    void choosePattern();

    static constexpr float kDegree = std::numbers::pi_v<float> / 180;
    static constexpr int kSquare = FamilyBuilder::kSquare, kRound = FamilyBuilder::kRound;

    Rng m_random;
    FamilyShape m_shape;
    FamilyBuild& m_build = m_shape.build;
    FamilySizes& m_sizes = m_shape.numbers.sizes;
    FamilySeatNumbers& m_seat = m_shape.numbers.seat;
    FamilyLegNumbers& m_legs = m_shape.numbers.legs;
    FamilyBackNumbers& m_back = m_shape.numbers.back;
    FamilyArmNumbers& m_arms = m_shape.numbers.arms;
    FamilyColours& m_colours = m_shape.numbers.colours;
};

template <class T>
T FamilySampler::oneOf(std::initializer_list<std::pair<T, double>> choices) {
    double total = 0;
    for (const auto& [choice, weight] : choices) total += weight;
    double left = m_random.uniform() * total;
    for (const auto& [choice, weight] : choices)
        if ((left -= weight) < 0) return choice;
    return choices.begin()->first;
}

}  // namespace vitrine
