// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/data/chair_view.h"
#include "core/data/theta.h"

namespace vitrine {

struct StyleWeight {
    int styleIndex = 0;  ///< of the network, or of a drawn style (drawn_style.h)
    float weight = 1;
    bool operator==(const StyleWeight&) const = default;
};

/// A value added to one unit of a layer, in all of its map where it has one. Source: papers.md B7.
struct UnitBoost {
    std::string layer;  ///< "FC-4"
    int unit = 0;       ///< from 0
    float value = 0;
    bool operator==(const UnitBoost&) const = default;
};

/// What the generator is asked for. Style weights need not sum to 1 (extrapolation, arithmetic).
struct ChairRequest {
    std::vector<StyleWeight> styleWeights;
    ChairView view;
    Theta theta;
    std::vector<UnitBoost> boosts = {};
    bool operator==(const ChairRequest&) const = default;
};

/// What it answers. Shapes: both of the network's size.
struct ChairPicture {
    Image premultiplied;  ///< [H, W, 4] uint8: RGB already times mask (as trained), and the mask as alpha
};

}  // namespace vitrine
