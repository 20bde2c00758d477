// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/image.h"

namespace vitrine {

/// Histogram of oriented gradients of the luminance: cells of 8 x 8 pixels, 9 unsigned orientations, blocks
/// of 2 x 2 cells one cell apart, each scaled to length 1, cut at 0.2 and scaled again. Pixels beside the
/// last whole cell are left out. Shapes: image [H, W, 3], at least 16 x 16; (H/8 - 1)(W/8 - 1) 36 numbers.
/// Source: Dalal and Triggs, CVPR 2005, without their interpolation between cells.
std::vector<float> hogDescriptor(const Image& image);

}  // namespace vitrine
