// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/vector3.h"
#include "core/data/chair_catalogue.h"
#include "core/render/chair_renderer.h"

namespace vitrine {

/// A named place that chairs have in common, e.g. "seat-front-left", on a chair's surface. Left and right are
/// those of someone who looks at its front.
struct Landmark {
    std::string name;
    Vector3 point;  ///< in the chair's frame
};

/// Corners and front middle of the seat, upper corners and middle of the back, front ends of the arms, tips
/// of the legs; those that the chair has. Each is the point of its part that lies farthest in the corner's
/// direction; what comes out for chairs of other builds (shells, star feet) is for the eye to judge. Errors:
/// those of loadMesh.
Result<std::vector<Landmark>> findLandmarks(const ChairEntry& entry);

/// Where a point of the surface is in a picture, and whether nothing hides it.
struct SeenPoint {
    float x = 0, y = 0;  ///< pixels; (0, 0) is the centre of the top left pixel
    bool isVisible = false;
};
/// `render`: of `view`, of any size. Units: pixels of a picture of `size` a side.
SeenPoint seenPoint(Vector3 point, const ChairRender& render, const ChairView& view, int size);

}  // namespace vitrine
