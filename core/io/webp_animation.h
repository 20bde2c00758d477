// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

/// An endlessly looping WebP, without loss. Shapes: frames [H, W, 3 or 4], all of one size; alpha is
/// straight. `note`: kept in the file's XMP chunk. Atomic. Errors: InvalidArgument, those of
/// writeFileAtomically.
Status writeWebPAnimation(const std::filesystem::path& file,
                          std::span<const Image> frames,
                          int framesPerSecond,
                          const std::string& note = {});
/// The XMP chunk of a WebP, of a picture too; nothing where there is none, or the content is damaged.
std::optional<std::string> webpNote(std::span<const std::byte> content);

}  // namespace vitrine
