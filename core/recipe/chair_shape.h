// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/base/image.h"
#include "core/base/vector3.h"
#include "core/flow/mismatch.h"
#include "core/render/chair_renderer.h"

namespace vitrine {

/// A chair's extent in its own frame, whose diagonal is 1: x across, y up, z to the front.
using ChairBox = Vector3;

// Pictures are those of ChairCamera, as a generator paints them that learned from our renders.

/// From where a chair is looked at to measure its box: the four sides.
std::array<ChairView, 4> boxViews();
/// The box that these silhouettes fill best. Shapes: [S, S, 4] premultiplied, seen from boxViews().
ChairBox boxOf(std::span<const Image> pictures);

/// From where a chair is looked at to find the depth of what `view` shows: turned a little either way.
std::array<ChairView, 2> turnedViews(const ChairView& view);
/// The point of space that each pixel shows, by triangulation: where its rays from all three views meet best.
/// Beside the chair: on the plane through the chair's middle that faces the viewer. Shapes: picture [S, S, 4]
/// premultiplied, flows [S, S, 2] from it to turnedViews(view) -> [S S].
std::vector<Vector3> surfaceOf(const ChairView& view, const Image& picture, std::span<const FlowField> flows);

/// What one chair is stretched to become another by.
struct ChairProportions {
    ChairBox box;
    double seat = 0.5;  ///< height of the seat, as a share of the box's
};

/// Where each pixel of a chair should be on another, were they equal but for their proportions: a first guess
/// for optical flow. Shapes: picture [S, S, 4] premultiplied -> [S, S, 2] pixels.
FlowField proportionalFlow(const std::vector<Vector3>& surface,
                           const Image& picture,
                           const ChairView& view,
                           const ChairProportions& from,
                           const ChairProportions& to);

/// A chair as one view shows it. Shapes: surface [S S], S even; features [S, S].
struct SeenChair {
    std::vector<Vector3> surface;
    PictureFeatures features;
    ChairBox box;
};

/// The heights of both seats as shares of the boxes', found by trying: those by which each chair, stretched
/// to the other, looks most like it. A stool's seat is at its top.
std::array<double, 2> seatHeights(const SeenChair& from, const SeenChair& to, const ChairView& view);

}  // namespace vitrine
