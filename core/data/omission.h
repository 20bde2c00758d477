// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/base/image.h"

namespace vitrine {

/// What a network doesn't get to see: label maps with 1 where a pixel is left out, 0 elsewhere. All are
/// functions of their arguments alone.

/// A grid of blocks, each left out by itself. Shapes: [height, width, 1]. `block` in pixels, `share` in [0, 1].
/// Source: Sohn et al. 2015, partially observed output; papers.md A9.
LabelMap omitBlocks(int width, int height, int block, double share, std::uint64_t seed);

/// Side of the square box of a batch. Units: pixels; at most 0.4 of the picture's.
/// Source: noise injection; papers.md A4.
int noiseBoxSide(int size, std::uint64_t batchSeed);
/// A square box at a place that the seed draws. Shapes: [size, size, 1].
LabelMap omitBox(int size, int side, std::uint64_t seed);

/// All but the quadrants that a network sees: 1 = bottom left; 2 = the left half; 3 = all but bottom right;
/// 0 = nothing. Shapes: [size, size, 1]. Source: papers.md A10.
LabelMap omitAllButQuadrants(int size, int numSeen);

}  // namespace vitrine
