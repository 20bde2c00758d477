// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/image.h"

namespace vitrine {

/// The field's colour wheel: hue is direction, saturation length; longer than `fullScalePx` is darkened.
/// `mask` (may be empty): white where it is 0. Shapes: flow [H, W, 2] -> [H, W, 3]. Source: Baker et al.
/// 2011.
Image flowColours(const FlowField& flow, float fullScalePx, const LabelMap& mask = {});
/// The wheel itself as a legend: a disc whose edge is the full scale, white around it. Shapes: [size, size,
/// 3].
Image flowWheel(int size);

}  // namespace vitrine
