// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/check_scenes.h"

#include <algorithm>

namespace vitrine {
namespace {

using Counts = std::array<std::uint64_t, 256>;

SplitSummary summarizeSplit(const PackedScenes& scenes, Split split, std::vector<int>& splitsOfGroup) {
    SplitSummary summary;
    Counts counts{};
    std::vector<bool> seen(scenes.groups().size());
    const std::size_t numPixels = std::size_t(scenes.size()) * std::size_t(scenes.size());
    for (const std::size_t i : scenes.indicesOf(split)) {
        ++summary.numScenes;
        seen[std::size_t(scenes.info(i).group)] = true;
        const std::uint8_t* labels = scenes.labels(i);
        for (std::size_t pixel = 0; pixel < numPixels; ++pixel) ++counts[labels[pixel]];
    }
    for (std::size_t group = 0; group < seen.size(); ++group) splitsOfGroup[group] += seen[group];
    summary.numGroups = std::size_t(std::count(seen.begin(), seen.end(), true));
    const double all = double(std::max<std::size_t>(1, summary.numScenes * numPixels));
    summary.unknownShare = double(counts[kUnknownLabel]) / all;
    const double known = std::max(1.0, all - double(counts[kUnknownLabel]));
    for (int c = 0; c < scenes.numClasses(); ++c)
        summary.classShares.push_back(double(counts[std::size_t(c)]) / known);
    return summary;
}

}  // namespace

ScenesSummary summarize(const PackedScenes& scenes) {
    ScenesSummary summary;
    std::vector<int> splitsOfGroup(scenes.groups().size());
    for (const Split split : {Split::Train, Split::Validation, Split::Test})
        summary.splits[std::size_t(split)] = summarizeSplit(scenes, split, splitsOfGroup);
    for (std::size_t group = 0; group < splitsOfGroup.size(); ++group)
        if (splitsOfGroup[group] > 1) summary.groupsInSeveral.push_back(scenes.groups()[group]);
    return summary;
}

}  // namespace vitrine
