// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/image.h"

namespace vitrine {

/// The strongest wave of a map.
struct MapSpectrum {
    double periodPx = 0;      ///< length of the wave; 0 = the map is even
    double directionDeg = 0;  ///< in which it runs: 0 = across, 90 = down; in [0, 180)
    double share = 0;         ///< of the map's power that lies in the wave: its bin and those beside it
};

/// By the discrete Fourier transform under a Hann window, the mean removed. Waves longer than a quarter of
/// the map are its shape rather than its pattern and don't compete, but their power counts. Shapes: map [S,
/// S, 1].
MapSpectrum spectrumOf(const ScalarMap& map);

}  // namespace vitrine
