// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

namespace vitrine {

/// The smaller of the two turns between two azimuths. Units: degrees, 0 to 180.
inline double turnBetween(double a, double b) {
    return std::abs(std::remainder(a - b, 360.0));
}

}  // namespace vitrine
