// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/image.h"

namespace vitrine {

enum class BackgroundKind { White, Black, Checkerboard, Picture, Transparent };
enum class PictureChannel { Composite, Rgb, Mask };

struct Background {
    BackgroundKind kind = BackgroundKind::White;
    Image picture;  ///< for Picture: any size, scaled to cover
};

/// Lays a premultiplied RGBA picture over a background: rgb + (1 - alpha) * background. Shapes: out [H, W,
/// 3], or 4 for Transparent (straight alpha).
Image composeOver(const Image& premultiplied, const Background& background);
/// The mask as grey, or the masked RGB on black.
Image channelPicture(const Image& premultiplied, PictureChannel channel, const Background& background);

/// Peak signal-to-noise ratio over RGB. Units: dB. Infinity for equal pictures, NaN for pictures of unlike
/// size.
double psnr(const Image& a, const Image& b);
/// Signed difference a - b of luminance in [-1, 1]. Shapes: [H, W, 1]; empty for pictures of unlike size.
ScalarMap differenceMap(const Image& a, const Image& b);

}  // namespace vitrine
