// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace vitrine {

/// What stands for each style in a generator: the mean of its Gaussian or, with one-hot styles, its column of
/// FC-1.
struct StyleCodes {
    int numDimensions = 0;
    std::vector<float> values;  ///< [numStyles, numDimensions]

    int numStyles() const { return numDimensions == 0 ? 0 : int(values.size()) / numDimensions; }
    std::span<const float> of(int styleIndex) const {
        return std::span(values).subspan(std::size_t(styleIndex) * std::size_t(numDimensions),
                                         std::size_t(numDimensions));
    }
};

}  // namespace vitrine
