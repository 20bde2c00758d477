// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/family_set.h"

#include <algorithm>

#include "core/base/random.h"
#include "core/render/chair_family.h"

namespace vitrine {
namespace {

constexpr std::size_t kNumGroups = 140, kGroupSize = 4, kReservedEvery = 5;
constexpr std::uint64_t kNumSearched = 50'000;
constexpr int kSharesOfPair = 5, kLowestPercent = 8, kPercentsOfShare = 17;

std::vector<FamilyGroup> makeGroups() {
    std::vector<FamilyBuild> builds;
    for (std::uint64_t number = 0; number < kNumSearched; ++number)
        builds.push_back(sampleFamilyShape(number).build);
    std::vector<FamilyGroup> groups;
    for (std::size_t first = 0; groups.size() < kNumGroups && first < builds.size(); ++first) {
        if (std::find(builds.begin(), builds.begin() + std::ptrdiff_t(first), builds[first]) !=
            builds.begin() + std::ptrdiff_t(first))
            continue;
        FamilyGroup group{{}, groups.size() % kReservedEvery == 0};
        for (std::size_t i = first; i < builds.size() && group.numbers.size() < kGroupSize; ++i)
            if (builds[i] == builds[first]) group.numbers.push_back(i);
        if (group.numbers.size() == kGroupSize) groups.push_back(std::move(group));
    }
    return groups;
}

void addBetween(std::uint64_t from, std::uint64_t to, std::vector<ChairEntry>& entries) {
    Rng random({0xBE73EE, from, to});
    for (int i = 0; i < kSharesOfPair; ++i) {
        const int percent = kLowestPercent + i * kPercentsOfShare + int(random.below(kPercentsOfShare));
        entries.push_back(interpolatedFamilyChair(from, to, float(percent) / 100));
    }
}

}  // namespace

const std::vector<FamilyGroup>& familyGroups() {
    static const std::vector<FamilyGroup> groups = makeGroups();
    return groups;
}

std::vector<ChairEntry> groupedFamilyChairs() {
    std::vector<ChairEntry> entries;
    for (const FamilyGroup& group : familyGroups())
        for (const std::uint64_t number : group.numbers) entries.push_back(familyChair(number));
    return entries;
}

std::vector<ChairEntry> chairsBetweenGrouped() {
    std::vector<ChairEntry> entries;
    for (const FamilyGroup& group : familyGroups()) {
        if (group.isReserved) continue;
        for (std::size_t a = 0; a < group.numbers.size(); ++a)
            for (std::size_t b = a + 1; b < group.numbers.size(); ++b)
                addBetween(group.numbers[a], group.numbers[b], entries);
    }
    return entries;
}

bool isTrainedBetween(std::uint64_t from, std::uint64_t to) {
    return std::ranges::any_of(familyGroups(), [&](const FamilyGroup& group) {
        const auto has = [&](std::uint64_t number) {
            return std::ranges::find(group.numbers, number) != group.numbers.end();
        };
        return !group.isReserved && has(from) && has(to);
    });
}

}  // namespace vitrine
