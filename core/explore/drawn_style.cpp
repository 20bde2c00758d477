// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/drawn_style.h"

#include <algorithm>
#include <charconv>

#include "core/base/random.h"

namespace vitrine {
namespace {

constexpr std::string_view kPrefix = "new-";
constexpr std::uint64_t kStream = 0x7374796c65;  ///< keeps these numbers apart from those of other uses of a seed

}  // namespace

std::string drawnStyleId(int seed) {
    return std::string(kPrefix) + std::to_string(seed);
}

std::optional<int> drawnStyleSeed(std::string_view id) {
    if (!id.starts_with(kPrefix)) return std::nullopt;
    int seed = -1;
    std::from_chars(id.data() + kPrefix.size(), id.data() + id.size(), seed);
    const bool isSeed = seed >= 0 && seed <= kLargestStyleSeed && id == drawnStyleId(seed);
    return isSeed ? std::optional(seed) : std::nullopt;
}

std::vector<float> drawnStyleCode(int seed, int numDimensions) {
    Rng rng({kStream, std::uint64_t(seed)});
    std::vector<float> code(std::size_t(std::max(numDimensions, 0)));
    for (float& value : code) value = float(rng.normal());
    return code;
}

bool hasDrawnStyles(std::span<const StyleWeight> mix) {
    return std::ranges::any_of(mix, isDrawnStyle, &StyleWeight::styleIndex);
}

Error cannotDrawStyles() {
    return {ErrorCode::Unsupported,
            "The open model has one fixed code for each chair, so it has no new chairs to draw; open a model with Gaussian styles."};
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
