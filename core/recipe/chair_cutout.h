// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

/// The chair of a picture, framed as the renders are.
struct ChairCutout {
    Image premultiplied;  ///< [size, size, 4]
    std::string notice;   ///< what the user should know, a sentence; mostly empty
};

/// Cuts the chair out of a picture of any size. Where it is comes from the mask, else from the alpha channel,
/// else from a flood fill of the plain background from the picture's edge. Of several objects the largest is
/// taken, and the notice says so. Shapes: picture [H, W, 1, 3 or 4] (straight alpha); mask [H, W], not 0 on
/// the chair, or empty. Errors: InvalidArgument (no chair, no plain background, a mask of another size), with
/// what to do.
Result<ChairCutout> cutOutChair(const Image& picture, const LabelMap& mask, int size);

}  // namespace vitrine
