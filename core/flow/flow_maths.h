// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/base/image.h"

namespace vitrine {

/// A place in a picture. Units: pixels, +x right, +y down; (0, 0) is the centre of the top left pixel.
struct PixelPoint {
    float x = 0, y = 0;
    bool operator==(const PixelPoint&) const = default;
};

float distance(PixelPoint a, PixelPoint b);

/// The flow at a place between pixels, bilinear; outside, that of the nearest border pixel.
PixelPoint flowAt(const FlowField& flow, PixelPoint point);
/// A map's value there, in the same way. Shapes: [H, W, C], its first channel.
float valueAt(const ScalarMap& map, PixelPoint point);
/// Where the flow takes a point.
PixelPoint advect(const FlowField& flow, PixelPoint point);

/// Where a point is in each frame of a sequence, from the first on. Shapes: flows N -> N + 1 places.
std::vector<PixelPoint> trailOf(std::span<const FlowField> flows, PixelPoint point);
/// The flows of a sequence one after the other, sampled between pixels: from its first frame to its last.
/// Shapes: all [H, W, 2]; no flow gives an empty field.
FlowField concatenated(std::span<const FlowField> flows);
/// How far from where it began each pixel ends that goes there and back: the forward-backward error. Units:
/// pixels. Shapes: [H, W, 1].
ScalarMap roundTripError(const FlowField& there, const FlowField& back);

/// The weighted mean around each pixel, a Gaussian of `sigma` pixels. Shapes: flow [H, W, 2], weights [H, W,
/// 1], above zero.
FlowField smoothed(const FlowField& flow, const ScalarMap& weights, double sigma);

/// A picture as seen from the other end: each pixel of the answer is taken from where `flow` points,
/// bilinear; outside the picture `fill`. To warp a picture of A to B take the flow from B to A. Shapes:
/// image [H, W, C] -> [H, W, C].
Image warpBackward(const Image& image, const FlowField& flow, std::uint8_t fill = 0);
/// The same for labels: the nearest one. Shapes: [H, W, 1].
LabelMap warpLabelsBackward(const LabelMap& labels, const FlowField& flow, std::uint8_t fill = 0);

/// Mean distance of the end points of two flows where `mask` is set (all of it where it is empty). Units:
/// pixels; NaN where nothing is. Source: end-point error, Baker et al. 2011.
double endPointError(const FlowField& flow, const FlowField& truth, const LabelMap& mask = {});
/// The length of the longest vector that `mask` lets through. Units: pixels.
float largestFlow(const FlowField& flow, const LabelMap& mask = {});

}  // namespace vitrine
