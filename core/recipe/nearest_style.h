// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/image.h"
#include "core/data/chair_view.h"

namespace vitrine {

/// The views at which a chair is compared with styles: from four sides, slightly from above.
std::vector<ChairView> comparedViews();

/// How unlike two pictures of chairs are: mean squared difference of their colours on white plus that of
/// their masks, each in [0, 1]; infinite for pictures of unlike size. Shapes: premultiplied [H, W, 4].
double chairDistance(const Image& a, const Image& b);

}  // namespace vitrine
