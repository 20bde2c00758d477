// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/image.h"

namespace vitrine {

/// Bicubic (a = -0.5), widened where the picture shrinks so that nothing aliases; edges are mirrored. Shapes:
/// [H, W, C] -> [height, width, C]. Source: MATLAB's imresize, with which the original code prepared its
/// data.
Image resizeBicubic(const Image& image, int width, int height);
/// Each new pixel is the mean of the square that it covers. Shapes: source [sourceSize, sourceSize, 4] -> out
/// [size, size, 4]; sourceSize is a multiple of size.
void boxShrink(const std::uint8_t* source, int sourceSize, int size, std::uint8_t* out);
/// The label at each new pixel's centre. Shapes: [H, W, 1] -> [height, width, 1].
LabelMap resizeNearest(const LabelMap& labels, int width, int height);

}  // namespace vitrine
