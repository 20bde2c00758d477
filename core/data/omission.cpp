// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/omission.h"

#include <algorithm>
#include <cmath>

#include "core/base/random.h"

namespace vitrine {
namespace {

constexpr double kLargestNoiseBox = 0.4;  // of the side: the paper's drop rate

void fill(LabelMap& map, int left, int top, int right, int bottom, std::uint8_t value) {
    for (int y = top; y < bottom; ++y) std::fill(map.row(y) + left, map.row(y) + right, value);
}

}  // namespace

LabelMap omitBlocks(int width, int height, int block, double share, std::uint64_t seed) {
    LabelMap map(width, height, 1, 0);
    Rng random{seed};
    for (int y = 0; y < height; y += block)
        for (int x = 0; x < width; x += block)
            if (random.uniform() < share)
                fill(map, x, y, std::min(width, x + block), std::min(height, y + block), 1);
    return map;
}

int noiseBoxSide(int size, std::uint64_t batchSeed) {
    return int(std::lround(size * Rng{batchSeed}.uniform() * kLargestNoiseBox));
}

LabelMap omitBox(int size, int side, std::uint64_t seed) {
    LabelMap map(size, size, 1, 0);
    Rng random{seed};
    const int left = int(random.below(std::uint64_t(size - side) + 1));
    const int top = int(random.below(std::uint64_t(size - side) + 1));
    fill(map, left, top, left + side, top + side, 1);
    return map;
}

LabelMap omitAllButQuadrants(int size, int numSeen) {
    LabelMap map(size, size, 1, 1);
    const int half = size / 2;
    if (numSeen >= 1) fill(map, 0, half, half, size, 0);
    if (numSeen >= 2) fill(map, 0, 0, half, half, 0);
    if (numSeen >= 3) fill(map, half, 0, size, half, 0);
    return map;
}

}  // namespace vitrine
