// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/morph.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace vitrine {
namespace {

/// 1 - w of the paper's frames.
constexpr std::array<double, 7> kPaperPositions{0, 0.35, 0.43, 0.5, 0.57, 0.65, 1};

double paperPosition(double fraction) {
    const double place = fraction * (kPaperPositions.size() - 1);
    const auto left = std::min(std::size_t(place), kPaperPositions.size() - 2);
    return std::lerp(kPaperPositions[left], kPaperPositions[left + 1], place - double(left));
}

}  // namespace

StyleMix pureStyle(int styleIndex) {
    return {{styleIndex, 1.f}};
}

StyleMix normalised(const StyleMix& mix) {
    std::map<int, double> sum;
    for (const StyleWeight& part : mix) sum[part.styleIndex] += part.weight;
    StyleMix out;
    for (const auto& [styleIndex, weight] : sum) {
        if (std::abs(weight) > 1e-7) out.push_back({styleIndex, float(weight)});
    }
    return out;
}

StyleMix combine(std::span<const StyleMix> mixes, std::span<const double> factors) {
    StyleMix all;
    for (std::size_t i = 0; i < std::min(mixes.size(), factors.size()); ++i) {
        for (const StyleWeight& part : mixes[i])
            all.push_back({part.styleIndex, float(part.weight * factors[i])});
    }
    return normalised(all);
}

std::array<double, 4> bilinearWeights(double u, double v) {
    return {(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v};
}

StyleMix mixAt(std::span<const StyleMix> corners, double u, double v) {
    if (corners.size() == 1) return normalised(corners[0]);
    if (corners.size() < 4) return combine(corners, std::array{1 - u, u});
    return combine(corners.first(4), bilinearWeights(u, v));
}

StyleMix arithmetic(const StyleMix& a, const StyleMix& b, const StyleMix& c) {
    return combine(std::array{a, b, c}, std::array{1.0, -1.0, 1.0});
}

StyleMix average(std::span<const int> styleIndices) {
    StyleMix mix;
    for (int styleIndex : styleIndices) mix.push_back({styleIndex, 1.f / float(styleIndices.size())});
    return normalised(mix);
}

StyleMix randomMix(Rng& rng, int numStyles, int numMixed) {
    const int wanted = std::clamp(numMixed, 0, std::max(numStyles, 0));
    std::map<int, double> parts;
    double sum = 0;
    while (int(parts.size()) < wanted) {
        const int styleIndex = int(rng.below(std::uint64_t(numStyles)));
        if (parts.contains(styleIndex)) continue;
        // Exponential draws over their sum are uniform over all proportions.
        const double share = -std::log(1 - rng.uniform());
        parts[styleIndex] = share;
        sum += share;
    }
    StyleMix mix;
    for (const auto& [styleIndex, share] : parts) mix.push_back({styleIndex, float(share / sum)});
    return normalised(mix);
}

std::vector<double> morphPositions(int numFrames, MorphSchedule schedule) {
    std::vector<double> positions = linearValues(0, 1, numFrames);
    if (schedule == MorphSchedule::Paper) {
        for (double& position : positions) position = paperPosition(position);
    }
    return positions;
}

std::vector<double> linearValues(double from, double to, int count) {
    std::vector<double> values(std::size_t(std::max(count, 1)), from);
    for (int i = 1; i < count; ++i) values[std::size_t(i)] = std::lerp(from, to, double(i) / (count - 1));
    return values;
}

}  // namespace vitrine
