// SPDX-License-Identifier: GPL-3.0-or-later
// Between our value pictures and OpenCV's, for the files that use it.
#pragma once

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/image.h"

namespace vitrine {

/// The caller's pixels, not a copy. Shapes: [H, W, C].
inline cv::Mat viewOf(const Image& image) {
    return {
        image.height, image.width, CV_8UC(image.channels), const_cast<std::uint8_t*>(image.pixels.data())};
}

/// Likewise. Shapes: [H, W, C].
template <class Kind>
cv::Mat viewOf(const Raster<float, Kind>& map) {
    return {map.height, map.width, CV_32FC(map.channels), const_cast<float*>(map.pixels.data())};
}

/// Luminance. Shapes: [H, W, 1 or 3] -> [H, W] uint8.
inline cv::Mat greyOf(const Image& image) {
    if (image.channels == 1) return viewOf(image);
    cv::Mat grey;
    cv::cvtColor(viewOf(image), grey, cv::COLOR_RGB2GRAY);
    return grey;
}

/// Shapes: [H, W] of two float32 -> [H, W, 2].
inline FlowField fieldOf(const cv::Mat& flow) {
    FlowField field(flow.cols, flow.rows);
    flow.copyTo(cv::Mat(flow.rows, flow.cols, CV_32FC2, field.pixels.data()));
    return field;
}

}  // namespace vitrine
