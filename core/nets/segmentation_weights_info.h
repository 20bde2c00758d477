// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "core/nets/segmentation_net_options.h"

namespace vitrine {

/// What the metadata of a structured predictor's weight file say beside its options.
struct SegmentationWeightsInfo {
    SegmentationNetOptions options;
    std::int64_t step = 0;
    std::int64_t imageSize = 0;           ///< pixels a side that it was trained at; 0 = not said
    std::vector<std::string> classNames;  ///< by label; may be empty
    double noiseInjection = 0;            ///< that it was trained with; 0 = none, or not said
    double observedLabelFraction =
        0;                  ///< of its training images, with the prior conditioned on labels; 0 = none
    std::int64_t seed = 0;  ///< of its training; 0 = not said

    /// Whether its prior makes sense of known labels, which reach it by the recurrent connection.
    bool isAutoregressive() const {
        return observedLabelFraction > 0 && options.hasNoise() && options.recurrent;
    }
};

/// Keys: those of SegmentationNetOptions, "step", "image_size", "classes" (names joined by commas),
/// "noise_injection", "told_share", "seed". Errors: BadFormat naming the key (also names that are not one for
/// each class), Unsupported.
Result<SegmentationWeightsInfo> segmentationWeightsInfo(const std::map<std::string, std::string>& metadata);

}  // namespace vitrine
