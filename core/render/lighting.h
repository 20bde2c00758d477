// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/vector3.h"

namespace vitrine {

/// The light of all chair pictures: a soft key light over the viewer's left shoulder, a weak fill from the
/// right, and a sky that is brighter than the floor. All directions come from fixed, evenly spread patterns,
/// of which each sample of a pixel takes its own part, so that pictures are free of grain and the same on
/// every machine.
class Lighting {
public:
    /// The camera's axes in the chair's frame, unit length; `numSamples` a pixel.
    Lighting(Vector3 right, Vector3 towardsViewer, int numSamples);

    /// Directions to cast shadow rays along for one sample of a pixel.
    Vector3 keyDirection(int sample) const { return m_keyDirections[sample]; }
    const std::vector<Vector3>& skyDirections(int sample) const { return m_skyDirections[sample]; }
    /// How much a sky direction counts for a surface; 0 behind it.
    static float skyWeight(Vector3 direction, Vector3 normal);

    /// What the surface sends to the viewer. `albedo` and the result are sRGB in [0, 1]; `keyVisible` and
    /// `skyVisible` are fractions in [0, 1].
    Vector3 shade(Vector3 albedo,
                  float gloss,
                  Vector3 normal,
                  Vector3 towardsViewer,
                  float keyVisible,
                  float skyVisible) const;

private:
    Vector3 m_key, m_fill;
    std::vector<Vector3> m_keyDirections;
    std::vector<std::vector<Vector3>> m_skyDirections;
};

}  // namespace vitrine
