// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/recipe/morph.h"
#include "core/recipe/style_codes.h"

namespace vitrine {

/// A new chair, drawn by seed: a random style of the network mixed with neighbours of it. It takes part in
/// mixes as the styles of the network do: its index is kFirstDrawnStyle + seed, its id "new-SEED".
inline constexpr int kFirstDrawnStyle = 100'000;   ///< above the indices that a network can have
inline constexpr int kLargestStyleSeed = 899'999;  ///< indices stay below a million, as recipes' numbers do

inline bool isDrawnStyle(int styleIndex) {
    return styleIndex >= kFirstDrawnStyle;
}
/// `seed` is 0 to kLargestStyleSeed.
std::string drawnStyleId(int seed);
/// The seed of "new-SEED"; none for other ids.
std::optional<int> drawnStyleSeed(std::string_view id);
/// The styles that a new chair is mixed of, in random proportions that sum to 1. Mixes of neighbours stay
/// chairs: most points of N(0, I) lie far from all styles. `codes` are not empty. Seed: all of it.
StyleMix drawnStyle(int seed, const StyleCodes& codes);
/// The same mix in the network's own styles.
StyleMix expandDrawnStyles(std::span<const StyleWeight> mix, const StyleCodes& codes);

/// The index of an id. `styleIds`: of the network, by class index; drawn styles are known to all. None for
/// other ids.
std::optional<int> styleIndexOf(std::string_view id, std::span<const std::string> styleIds);
/// The id of an index, drawn or of the network; empty for other indices.
std::string styleIdOf(int styleIndex, std::span<const std::string> styleIds);

}  // namespace vitrine
