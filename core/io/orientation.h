// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

#include "core/base/image.h"

namespace vitrine {

/// The orientation, 1 to 8, that a JPEG, PNG or WebP file notes in its Exif data; 1 (as stored) where it
/// notes none or a wrong one.
int orientationOf(std::span<const std::byte> content);

/// A picture turned and mirrored from how it is stored to how it is seen.
Image upright(Image stored, int orientation);
LabelMap upright(LabelMap stored, int orientation);

}  // namespace vitrine
