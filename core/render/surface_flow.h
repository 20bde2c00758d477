// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/image.h"
#include "core/render/chair_renderer.h"

namespace vitrine {

/// The exact flow between two views of the same chair.
struct SurfaceFlow {
    FlowField flow;    ///< [H, W, 2] pixels; 0 off the chair
    LabelMap visible;  ///< [H, W, 1] 1 where the surface is seen in both views
};

/// Where each pixel's point of the surface is in the other view. Shapes: both renders of one size.
SurfaceFlow surfaceFlow(const ChairRender& from, const ChairRender& to, const ChairView& toView);

/// Whether a point of the surface, whose place in the picture is (x, y), is the nearest there: one of the
/// pixels around shows a point closer than `tolerance`. Units: pixels; `tolerance` in the chair's frame.
bool isSeen(const ScalarMap& position, float x, float y, const float* point, float tolerance);

}  // namespace vitrine
