// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/drawn_style.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "core/base/random.h"

namespace vitrine {
namespace {

constexpr std::string_view kPrefix = "new-";
constexpr std::uint64_t kStream =
    0x7374796c65;  ///< keeps these numbers apart from those of other uses of a seed

constexpr int kNumMixed = 3;
constexpr int kNumNeighbours = 6;  ///< of the first style, that the others are drawn from

/// Those whose codes are nearest to a style's, the nearest first.
std::vector<int> nearestStyles(int styleIndex, const StyleCodes& codes) {
    std::vector<std::pair<float, int>> others;
    const auto own = codes.of(styleIndex);
    for (int i = 0; i < codes.numStyles(); ++i) {
        const auto other = codes.of(i);
        const auto squaredDifference = [](float a, float b) { return (a - b) * (a - b); };
        if (i != styleIndex)
            others.emplace_back(
                std::transform_reduce(
                    own.begin(), own.end(), other.begin(), 0.0f, std::plus<>(), squaredDifference),
                i);
    }
    const auto count = std::min(others.size(), std::size_t(kNumNeighbours));
    std::ranges::partial_sort(others, others.begin() + std::ptrdiff_t(count));
    std::vector<int> nearest;
    for (std::size_t i = 0; i < count; ++i) nearest.push_back(others[i].second);
    return nearest;
}

}  // namespace

std::string drawnStyleId(int seed) {
    return fmt::format("{}{}", kPrefix, seed);
}

std::optional<int> drawnStyleSeed(std::string_view id) {
    if (!id.starts_with(kPrefix)) return std::nullopt;
    int seed = -1;
    std::from_chars(id.data() + kPrefix.size(), id.data() + id.size(), seed);
    const bool isSeed = seed >= 0 && seed <= kLargestStyleSeed && id == drawnStyleId(seed);
    return isSeed ? std::optional(seed) : std::nullopt;
}

StyleMix drawnStyle(int seed, const StyleCodes& codes) {
    Rng rng({kStream, std::uint64_t(seed)});
    const int first = int(rng.below(std::uint64_t(codes.numStyles())));
    std::vector<int> near = nearestStyles(first, codes);
    StyleMix mix{{first, 0}};
    while (int(mix.size()) < kNumMixed && !near.empty()) {
        const auto chosen = near.begin() + std::ptrdiff_t(rng.below(near.size()));
        mix.push_back({*chosen, 0});
        near.erase(chosen);
    }
    // Uniform among all proportions: normalised exponential variates.
    float sum = 0;
    for (StyleWeight& part : mix) sum += part.weight = float(-std::log(1 - rng.uniform()));
    for (StyleWeight& part : mix) part.weight /= sum;
    return normalised(mix);
}

StyleMix expandDrawnStyles(std::span<const StyleWeight> mix, const StyleCodes& codes) {
    StyleMix expanded;
    for (const StyleWeight& part : mix) {
        if (!isDrawnStyle(part.styleIndex)) {
            expanded.push_back(part);
            continue;
        }
        for (const StyleWeight& drawn : drawnStyle(part.styleIndex - kFirstDrawnStyle, codes))
            expanded.push_back({drawn.styleIndex, part.weight * drawn.weight});
    }
    return normalised(expanded);
}

std::optional<int> styleIndexOf(std::string_view id, std::span<const std::string> styleIds) {
    const auto found = std::ranges::find(styleIds, id);
    if (found != styleIds.end()) return int(found - styleIds.begin());
    const auto seed = drawnStyleSeed(id);
    return seed ? std::optional(kFirstDrawnStyle + *seed) : std::nullopt;
}

std::string styleIdOf(int styleIndex, std::span<const std::string> styleIds) {
    if (isDrawnStyle(styleIndex)) return drawnStyleId(styleIndex - kFirstDrawnStyle);
    const bool isKnown = styleIndex >= 0 && styleIndex < int(styleIds.size());
    return isKnown ? styleIds[std::size_t(styleIndex)] : std::string();
}

}  // namespace vitrine
