// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

/// An endlessly looping GIF; one palette for all frames. Shapes: frames [H, W, 3], all of one size. Atomic.
Status writeGif(const std::filesystem::path& file, std::span<const Image> frames, int framesPerSecond);

}  // namespace vitrine
