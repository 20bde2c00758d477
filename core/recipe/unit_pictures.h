// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/image.h"
#include "core/recipe/compose.h"
#include "core/recipe/unit_request.h"

namespace vitrine {

/// An answer as it is shown. Composite: on white, as the paper does; Rgb: the RGB as it comes, whatever the
/// mask; Mask: grey. Clamped to [0, 1]. Shapes: [S, S, 4] -> [S, S, 3].
Image shownPicture(const ChairOutput& output, PictureChannel channel = PictureChannel::Composite);
/// Luminance of `after` minus that of `before`, on white, in [-1, 1]; of numbers, not of rounded pixels, so
/// that faint changes show. Shapes: [S, S, 1].
ScalarMap outputDifference(const ChairOutput& before, const ChairOutput& after);
/// The largest magnitude.
double rangeOf(const ScalarMap& map);
/// Blue below 0, red above; `range` is the magnitude that gets the full colour. Shapes: [H, W, 1] -> [H, W,
/// 3].
Image divergingPicture(const ScalarMap& map, double range);
/// Weights of a filter; 0 is mid-grey, +-range white and black. Shapes: [k, k, 3 or 1] -> [k, k, 3].
Image filterPicture(const Raster<float>& filter, double range);
/// The part worth a closer look: what the change can reach, or, where that is most of the picture, a third of
/// its side around the largest difference.
MapWindow closeUpWindow(const UnitResult& result);
/// A part of a picture, enlarged without smoothing or shrunk by averaging. Shapes: -> [side, side, 3]; the
/// part is widened to a square inside the picture.
Image closeUp(const Image& picture, const MapWindow& part, int side);

}  // namespace vitrine
