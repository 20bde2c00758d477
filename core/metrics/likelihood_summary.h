// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <span>

namespace vitrine {

/// An estimate over images.
struct LikelihoodSummary {
    double mean = 0, standardDeviation = 0;  ///< over images. Units: nats per image
};
inline LikelihoodSummary summarise(std::span<const double> perImage) {
    const double count = double(perImage.size());
    double mean = 0, square = 0;
    for (const double value : perImage) mean += value / count;
    for (const double value : perImage) square += (value - mean) * (value - mean) / count;
    return {mean, std::sqrt(square)};
}

}  // namespace vitrine
