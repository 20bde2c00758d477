// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/data/packed_scenes.h"

namespace vitrine {

/// What one split of a set holds. Units: shares, 0 to 1.
struct SplitSummary {
    std::size_t numScenes = 0;
    std::size_t numGroups = 0;        ///< that are seen
    std::vector<double> classShares;  ///< by class index, of the pixels that are known
    double unknownShare = 0;          ///< of all pixels
};

struct ScenesSummary {
    std::array<SplitSummary, 3> splits;        ///< by Split
    std::vector<std::string> groupsInSeveral;  ///< names of groups that more than one split shows
};

/// Counts the pixels of every class. Reads the whole set.
ScenesSummary summarize(const PackedScenes& scenes);

}  // namespace vitrine
