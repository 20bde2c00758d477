// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
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

/// What a network says of itself.
struct ChairModelInfo {
    std::string name;  ///< architecture preset, e.g. "compact-128"
    std::filesystem::path file;
    int size = 0;  ///< pixels a side
    int numStyles = 0;
    int styleDimensions = 0;  ///< of the Gaussian that stands for each style; 0: one-hot
    std::int64_t numParameters = 0;
    std::int64_t step = 0;
    std::string weightsHash;  ///< SHA-256 of the weight file
    std::string device;  ///< e.g. "CPU, bf16" or "CPU, bf16, batches fp32"; the CPU's from the moment on when
                         ///< a GPU fails
    std::string
        notice;  ///< why pictures no longer come from the device that was chosen, for the user; mostly empty
    std::vector<std::string> styleIds;  ///< by class index, one for each style
};

}  // namespace vitrine
