// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

/// An endlessly looping GIF; one palette for all frames. Shapes: frames [H, W, 3], all of one size. Atomic.
/// `comment`: kept in a block of the file.
Status writeGif(const std::filesystem::path& file,
                std::span<const Image> frames,
                int framesPerSecond,
                const std::string& comment = {});
/// The first comment of a GIF that begins with `mark`, without it; nothing if the content ends or is damaged
/// before.
std::optional<std::string> gifComment(std::span<const std::byte> content, std::string_view mark);

}  // namespace vitrine
