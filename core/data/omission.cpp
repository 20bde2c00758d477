// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/omission.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace vitrine {
namespace {

void fill(LabelMap& mask, int left, int top, int right, int bottom) {
    for (int y = top; y < std::min(bottom, mask.height); ++y)
        for (int x = left; x < std::min(right, mask.width); ++x) mask.at(y, x) = 1;
}

/// From 0 to what is left over, each place as likely.
int placeOf(int side, int size, Rng& random) {
    return int(random.below(std::uint64_t(size - side + 1)));
}

}  // namespace

Result<LabelMap> omitBlocks(int width, int height, int block, double probability, Rng& random) {
    if (width < 1 || height < 1) return invalidArgument("A mask needs at least one pixel.");
    if (block < 1) return invalidArgument("The blocks of a mask are at least 1 pixel wide.");
    if (!(probability >= 0 && probability <= 1))
        return invalidArgument("The share of omitted blocks lies between 0 and 1.");
    LabelMap mask(width, height);
    for (int y = 0; y < height; y += block)
        for (int x = 0; x < width; x += block)
            if (random.uniform() < probability) fill(mask, x, y, x + block, y + block);
    return mask;
}

PixelBox randomBox(Rng& random, int width, int height, double lowShare, double highShare) {
    const auto sideOf = [&](int size) {
        return std::clamp(int(std::lround(size * random.uniform(lowShare, highShare))), 1, size);
    };
    PixelBox box;
    box.width = sideOf(width);
    box.height = sideOf(height);
    box.left = placeOf(box.width, width, random);
    box.top = placeOf(box.height, height, random);
    return box;
}

Result<LabelMap> omitRectangle(int width, int height, double lowShare, double highShare, Rng& random) {
    if (width < 1 || height < 1) return invalidArgument("A mask needs at least one pixel.");
    if (!(lowShare > 0 && lowShare <= highShare && highShare <= 1))
        return invalidArgument(
            "The sides of a rectangle lie between 0 and 1 times the picture's, the lower bound first.");
    LabelMap mask(width, height);
    const PixelBox box = randomBox(random, width, height, lowShare, highShare);
    fill(mask, box.left, box.top, box.left + box.width, box.top + box.height);
    return mask;
}

Result<LabelMap> omitQuadrants(int numSeen, int size) {
    if (numSeen < 0 || numSeen > 3) return invalidArgument("0 to 3 of the four quadrants can be observed.");
    if (size < 2 || size % 2 != 0)
        return invalidArgument("A picture of quadrants has an even number of pixels a side.");
    LabelMap mask(size, size);
    const int half = size / 2;
    fill(mask, half, half, size, size);                // lower right: always
    if (numSeen < 3) fill(mask, half, 0, size, half);  // upper right
    if (numSeen < 2) fill(mask, 0, 0, half, half);     // upper left
    if (numSeen < 1) fill(mask, 0, half, half, size);  // lower left
    return mask;
}

}  // namespace vitrine
