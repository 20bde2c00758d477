// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/explore/chair_session.h"

namespace vitrine {

/// A style drawn from the prior of a generator with Gaussian styles: a seed gives a new chair. It takes part in mixes as the
/// styles of the network do: its index is kFirstDrawnStyle + seed, its id "new-SEED".
inline constexpr int kFirstDrawnStyle = 100'000;  ///< above the indices that a network can have
inline constexpr int kLargestStyleSeed = 899'999;  ///< indices stay below a million, as recipes' numbers do

inline bool isDrawnStyle(int styleIndex) { return styleIndex >= kFirstDrawnStyle; }
/// `seed` is 0 to kLargestStyleSeed.
std::string drawnStyleId(int seed);
/// The seed of "new-SEED"; none for other ids.
std::optional<int> drawnStyleSeed(std::string_view id);
/// The point of the style space. Seed: all of it. Source: arXiv 1411.5928, the prior N(0, I) of the probabilistic model.
std::vector<float> drawnStyleCode(int seed, int numDimensions);
/// Whether a mix has a part that one-hot styles cannot paint.
bool hasDrawnStyles(std::span<const StyleWeight> mix);
/// Why a network with one-hot styles has no new chairs, for the user.
Error cannotDrawStyles();

/// The index of an id. `styleIds`: of the network, by class index; drawn styles are known to all. None for other ids.
std::optional<int> styleIndexOf(std::string_view id, std::span<const std::string> styleIds);
/// The id of an index, drawn or of the network; empty for other indices.
std::string styleIdOf(int styleIndex, std::span<const std::string> styleIds);

}  // namespace vitrine
