// SPDX-License-Identifier: GPL-3.0-or-later
// The methods behind opticalFlow() that OpenCV lacks.
#pragma once

#include <cmath>
#include <opencv2/core.hpp>

#include "core/base/image.h"

namespace vitrine {

/// A SIFT descriptor at every pixel: 4 x 4 cells of `cellSize` pixels, 8 orientations, unit length times
/// `norm`. Shapes: image [H, W, 1 or 3] -> [H, W] of 128 float32. Source: Liu et al. 2011.
cv::Mat denseSift(const Image& image, int cellSize, float norm);
// SIFT flow's own.
inline constexpr int kSiftFlowCellSize = 3;
inline constexpr float kSiftFlowNorm = 255;

/// Sum of absolute differences, in lanes that the compiler can vectorise. `length`: a multiple of 4.
inline float absoluteDifference(const float* a, const float* b, int length) {
    float lanes[4] = {};
    for (int i = 0; i < length; i += 4)
        for (int lane = 0; lane < 4; ++lane) lanes[lane] += std::abs(a[i + lane] - b[i + lane]);
    return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}

FlowField deepFlow(const cv::Mat& from, const cv::Mat& to);
/// `initialFlow`: empty, or the flow around which the search runs; a displacement is then no longer kept
/// short.
FlowField siftFlow(const Image& from, const Image& to, const FlowField& initialFlow = {});
FlowField spatialPyramidFlow(const Image& from, const Image& to);

}  // namespace vitrine
