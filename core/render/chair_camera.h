// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "core/base/vector3.h"
#include "core/render/chair_renderer.h"

namespace vitrine {

/// The camera of all chair pictures: where it stands for a view, and what it sees where. In the chair's
/// frame.
struct ChairCamera {
    static constexpr float kDistance = 2.6f;
    /// Tangent of half the opening angle. A sphere around the bounding box needs 0.196, so no chair leaves
    /// the frame in any view.
    static constexpr float kHalfFrame = 0.2f;

    Vector3 eye, right, up, towardsViewer;

    explicit ChairCamera(const ChairView& view);
    /// Unit vector from the eye. x to the right and y down, both in [-1, 1] across the frame.
    Vector3 direction(float x, float y) const;
    /// The inverse: where a point of space is seen, in the same units.
    std::array<float, 2> seenAt(Vector3 point) const;
    /// The same in pixels of a picture of `size` a side; (0, 0) is the centre of the top left pixel.
    std::array<float, 2> pixelOf(Vector3 point, int size) const;
};

}  // namespace vitrine
