// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/known_blocks.h"

namespace vitrine {

torch::Tensor knownBlocks(std::int64_t count,
                          std::int64_t size,
                          double share,
                          std::int64_t smallestSide,
                          torch::Generator generator) {
    constexpr std::int64_t kLargestSide = 32;
    std::int64_t numSides = 1;
    while (smallestSide << numSides <= kLargestSide) ++numSides;
    const auto uniform = [&](std::int64_t side) { return torch::rand({count, side, side}, generator); };
    const std::int64_t side = smallestSide << torch::randint(numSides, {1}, generator).item<std::int64_t>();
    const torch::Tensor part = uniform(1) * (uniform(1) < share);
    const torch::Tensor known = uniform((size + side - 1) / side) < part;
    return known.repeat_interleave(side, 1).repeat_interleave(side, 2).slice(1, 0, size).slice(2, 0, size);
}

}  // namespace vitrine
