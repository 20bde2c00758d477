// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

/// A picture's recipe: the JSON that makes it again, kept in the PNG text chunk "vitrine".
/// Shapes: image [H, W, 1, 3 or 4]. Atomic. Errors: Io, InvalidArgument.
Status writePng(const std::filesystem::path& file, const Image& image, const std::string& recipe = {});
Result<std::vector<std::byte>> encodePng(const Image& image, const std::string& recipe = {});
/// A palette picture: its indices are the values, its colours those of the palette. Shapes: map [H, W, 1],
/// values below the palette's size; 1 to 256 colours. Atomic. Errors: Io, InvalidArgument.
using PngColour = std::array<std::uint8_t, 3>;
Status writePalettePng(const std::filesystem::path& file,
                       const LabelMap& map,
                       std::span<const PngColour> palette,
                       const std::string& recipe = {});
/// The recipe of a PNG, or nothing if it carries none. Errors: NotFound, BadFormat.
Result<std::optional<std::string>> readPngRecipe(const std::filesystem::path& file);

}  // namespace vitrine
