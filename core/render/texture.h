// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/image.h"
#include "core/base/vector3.h"

namespace vitrine {

/// A picture on a surface, with smaller copies of itself so that detail finer than a sample does not turn
/// into grain.
class Texture {
public:
    struct Texel {
        Vector3 colour;  ///< sRGB in [0, 1]
        float opacity = 1;
    };

    /// Shapes: [H, W, 3 or 4].
    explicit Texture(Image image);

    int width() const { return m_levels.front().width; }
    int height() const { return m_levels.front().height; }
    /// Bilinear and repeating; v upwards. `texelsPerSample` is how many texels of the full picture, a side,
    /// one sample covers.
    Texel sample(float u, float v, float texelsPerSample) const;

private:
    std::vector<Image> m_levels;
};

}  // namespace vitrine
