// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/image.h"

namespace vitrine {

/// Bicubic (a = -0.5), widened where the picture shrinks so that nothing aliases; edges are mirrored. Shapes:
/// [H, W, C] -> [height, width, C]. Source: MATLAB's imresize, with which the original code prepared its
/// data.
Image resizeBicubic(const Image& image, int width, int height);
/// The label at each new pixel's centre. Shapes: [H, W, 1] -> [height, width, 1].
LabelMap resizeNearest(const LabelMap& labels, int width, int height);

}  // namespace vitrine
