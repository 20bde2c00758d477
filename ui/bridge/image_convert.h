// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include "core/base/image.h"

namespace vitrine {

/// Copies. Shapes: image [H, W, 1, 3 or 4]; 4 channels are straight alpha. Thread: any.
QImage toQImage(const Image& image);
/// Shapes: out [H, W, 3], or 4 where the picture has transparency. Thread: any.
Image fromQImage(const QImage& image);

}  // namespace vitrine
