// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace vitrine {

/// Where the camera stands. Units: degrees; the front faces the viewer at azimuth 0, azimuth grows as the
/// chair turns in the sense of the original archive's file names.
struct ChairView {
    float azimuthDeg = 0;
    float elevationDeg = 20;
    bool operator==(const ChairView&) const = default;
};

enum class ChairPart : std::uint8_t { Background, Seat, Back, Arms, Legs };

/// 31 azimuths, floor(360 k / 31): 0, 11, 23, ... 348 degrees; 2 elevations, 20 and 30. Source: papers.md B5.
const std::vector<float>& trainedAzimuthsDeg();
const std::vector<float>& trainedElevationsDeg();

}  // namespace vitrine
