// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

/// Photographs are stored as the sensor lay, with a note how to turn them (Exif). Textures are used as they
/// are stored.
enum class Orientation { Upright, AsStored };

/// Reads a user's picture, PNG, JPEG, WebP or binary PPM and PGM by content (not by name), as RGB or RGBA
/// with 8 bits: grey, palette, 16-bit and CMYK are converted. At most 8192 x 8192 pixels. Errors: NotFound,
/// BadFormat (empty, truncated, damaged), Unsupported; each names the file.
Result<Image> readImage(const std::filesystem::path& file);
Result<Image> decodeImage(std::span<const std::byte> content,
                          const std::string& nameForMessages,
                          Orientation orientation = Orientation::Upright);

}  // namespace vitrine
