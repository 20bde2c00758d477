// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/data/chair_catalogue.h"

namespace vitrine {

/// Four chairs of the parametric family of one build: any two of them can be interpolated.
struct FamilyGroup {
    std::vector<std::uint64_t> numbers;
    /// Nothing between its chairs is trained on: what a network makes there is measured against the truth.
    bool isReserved = false;
};

/// The 560 chairs of the family that generators are trained on: 140 groups, no build twice, every fifth
/// reserved. Frozen.
const std::vector<FamilyGroup>& familyGroups();
/// Their entries, group by group.
std::vector<ChairEntry> groupedFamilyChairs();
/// Entries of chairs between the pairs of each group that is not reserved: five for each pair, one in each
/// fifth of the shares from 0.08 to 0.92.
std::vector<ChairEntry> chairsBetweenGrouped();
/// Whether both chairs are of one group that is not reserved.
bool isTrainedBetween(std::uint64_t from, std::uint64_t to);

}  // namespace vitrine
