// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/chair_view.h"

namespace vitrine {

const std::vector<float>& trainedAzimuthsDeg() {
    static const std::vector<float> azimuths = [] {
        std::vector<float> degrees;
        for (int k = 0; k < 31; ++k) degrees.push_back(float(360 * k / 31));
        return degrees;
    }();
    return azimuths;
}

const std::vector<float>& trainedElevationsDeg() {
    static const std::vector<float> elevations{20, 30};
    return elevations;
}

}  // namespace vitrine
