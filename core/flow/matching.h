// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/flow/flow_maths.h"
#include "core/flow/flow_sequence.h"

namespace vitrine {

/// Where everything of a sequence's first frame is in its last one, and the other way round.
struct Matching {
    std::vector<std::size_t> keys;  ///< the frames that flows were taken between, first and last included
    SequenceFlows steps;            ///< from key to key
    FlowField forward, backward;  ///< [H, W, 2] pixels, first to last and last to first: the steps one after
                                  ///< the other, or better ones
    ScalarMap forwardError;       ///< [H, W, 1] pixels: forward-backward error of the first frame's pixels
    ScalarMap backwardError;      ///< of the last frame's
    double flowMs = 0, concatenateMs = 0;
};

/// Each `stride`-th of so many frames, two at least, and the last one.
std::vector<std::size_t> keysOf(std::size_t numFrames, int stride);
/// Flows from each `stride`-th frame to the next, concatenated both ways. Two frames: a direct match.
/// `initialFlows`: none, or where the search begins from key to key. Shapes: frames [H, W, 1 or 3] of one
/// size, two at least. Stops: between flows. Errors: Busy (stopped), InvalidArgument (fewer than two frames,
/// a stride below 1).
Result<Matching> matchAlong(std::span<const Image> frames,
                            FlowMethod method,
                            const JobContext& job = {},
                            int numThreads = 0,
                            int stride = 1,
                            const SequenceFlows& initialFlows = {});
/// Both forward-backward errors of the flows that are there.
void findErrors(Matching& matching);
/// Where a point of the first frame is in every frame: along the steps, and in the last one where `forward`
/// has it; between the keys it moves evenly. Shapes: as many as frames.
std::vector<PixelPoint> trailOverFrames(const Matching& matching, PixelPoint point);

}  // namespace vitrine
