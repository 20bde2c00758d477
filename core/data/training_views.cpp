// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/training_views.h"

#include "core/base/fnv_hash.h"
#include "core/base/random.h"
#include "core/data/packed_chairs.h"
#include "core/data/style_ids.h"

namespace vitrine {
namespace {

constexpr std::size_t kNumOfScan = 62, kNumOfFamily = 40, kNumBetween = 4, kNumBesideGrid = 30;
constexpr int kLowestDeg = 10, kHighestDeg = 40;

std::uint64_t keyOf(std::string_view text) {
    FnvHash key;
    for (const char c : text) key.add(std::uint8_t(c));
    return key.value();
}

std::size_t numRandomViews(std::string_view styleId) {
    if (isScanId(styleId)) return kNumOfScan;
    if (isFamilyId(styleId)) return kNumOfFamily;
    return familyBetween(styleId) ? kNumBetween : kNumBesideGrid;
}

ChairView randomView(Rng& random) {
    const float azimuth = float(random.below(360));
    return {azimuth, float(kLowestDeg + int(random.below(kHighestDeg - kLowestDeg + 1)))};
}

}  // namespace

std::vector<bool> betweenStyles(const PackedChairs& data) {
    std::vector<bool> isBetween;
    for (const std::string& id : data.styleIds()) isBetween.push_back(familyBetween(id).has_value());
    return isBetween;
}

bool isBetweenTrainedNeighbours(float azimuthDeg) {
    const auto& azimuths = trainedAzimuthsDeg();
    for (std::size_t i = 0; i < azimuths.size(); ++i) {
        if (!isHeldOutAzimuth(int(i))) continue;
        const float left = azimuths[i - 1], right = i + 1 < azimuths.size() ? azimuths[i + 1] : 360;
        if (azimuthDeg > left && azimuthDeg < right) return true;
    }
    return false;
}

std::vector<ViewName> trainingViewNames(std::string_view styleId, int styleIndex) {
    const bool onlyRandom = isTrainingOnly(styleId);
    const bool keepsGaps = !onlyRandom && styleIndex % 2 == 1;
    std::vector<ViewName> names = onlyRandom ? std::vector<ViewName>() : trainedViewNames();
    const std::size_t total = names.size() + numRandomViews(styleId);
    Rng random({0x7137, keyOf(styleId)});
    while (names.size() < total) {
        const ChairView view = randomView(random);
        if (!keepsGaps || !isBetweenTrainedNeighbours(view.azimuthDeg))
            names.push_back({int(names.size()), view});
    }
    return names;
}

}  // namespace vitrine
