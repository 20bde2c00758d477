// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/flow/flow_maths.h"

namespace vitrine {

/// What pictures of objects are compared by, pixel by pixel: SIFT, and how much of a pixel the object covers.
struct PictureFeatures {
    static constexpr int kLength = 128;

    int width = 0, height = 0;
    std::vector<float> descriptors;  ///< [H, W, 128], as SIFT flow compares them
    std::vector<float> coverage;     ///< [H, W] in [0, 1]

    /// Shapes: picture [H, W, 1 or 3], object [H, W, 4], whose alpha is the coverage.
    static PictureFeatures of(const Image& picture, const Image& object);
    /// Means of 2 x 2 pixels. Shapes: even sides.
    PictureFeatures halved() const;
    /// The sum of absolute differences to what the other picture has nearest to a place, and more where this
    /// pixel shows the object and that place does not.
    float mismatch(std::size_t pixel, const PictureFeatures& other, PixelPoint place) const;
};

/// Of two flows between the same pictures at each pixel a mean that leans to the one that fits better
/// thereabouts. Shapes: flows [H, W, 2], features of the pictures that they lead from and to.
FlowField blended(const FlowField& one,
                  const FlowField& other,
                  const PictureFeatures& from,
                  const PictureFeatures& to);

}  // namespace vitrine
