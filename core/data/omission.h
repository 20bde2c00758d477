// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/image.h"
#include "core/base/random.h"
#include "core/base/result.h"

namespace vitrine {

/// A rectangle of pixels.
struct PixelBox {
    int left = 0, top = 0, width = 0, height = 0;
};
/// One inside a picture, whose sides are uniform between two shares of the picture's, each place as likely.
PixelBox randomBox(Rng& random, int width, int height, double lowShare, double highShare);

/// Sides of the box that tables and benchmarks leave out, as shares of the picture's.
inline constexpr double kMinOmittedSide = 0.2, kMaxOmittedSide = 0.75;

// What follows gives masks of shape [H, W, 1]: 1 = omitted, 0 = seen. The same generator state gives the same
// mask.

/// A grid of square blocks of which each is omitted with `probability`, independently; blocks at the right
/// and lower edge may be cut. Errors: InvalidArgument (block < 1, probability outside [0, 1], no pixels).
/// Source: papers.md A9 (blocks of 1, 4, 8; 25, 50, 70%).
Result<LabelMap> omitBlocks(int width, int height, int block, double probability, Rng& random);

/// A rectangle inside the picture whose sides are uniform between two shares of the picture's. Errors:
/// InvalidArgument (not 0 < low <= high <= 1, no pixels).
Result<LabelMap> omitRectangle(int width, int height, double lowShare, double highShare, Rng& random);

/// All but the quadrants that are seen: 0 none, 1 lower left, 2 the left half, 3 all but the lower right.
/// `size` is even. Errors: InvalidArgument. Source: papers.md A10 (28 x 28).
Result<LabelMap> omitQuadrants(int numSeen, int size = 28);

}  // namespace vitrine
