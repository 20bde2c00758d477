// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

/// A GIF that contains its recipe in a comment block. Shapes: frames [H, W, 3], all of one size. Atomic.
Status writeGifWithRecipe(const std::filesystem::path& file,
                          std::span<const Image> frames,
                          int framesPerSecond,
                          const std::string& recipe);
/// A WebP that contains its recipe in its XMP chunk. Shapes: frames [H, W, 3 or 4], all of one size. Atomic.
Status writeWebPWithRecipe(const std::filesystem::path& file,
                           std::span<const Image> frames,
                           int framesPerSecond,
                           const std::string& recipe);
/// The recipe that a PNG, a GIF or a WebP contains, or that a JSON file may be, distinguished by content;
/// nothing if there is none. Errors: NotFound, BadFormat.
Result<std::optional<std::string>> readRecipe(const std::filesystem::path& file);

/// What a recipe's "format" says, "vitrine-chair"; empty: the text is no recipe.
std::string formatOfRecipe(const std::string& recipe);
/// Of the recipe that a file contains; empty where there is none or the file cannot be read. Reads as far as
/// the recipe. Thread: any but the GUI's.
std::string recipeFormat(const std::filesystem::path& file);

}  // namespace vitrine
