// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/recipe/recipe.h"

namespace vitrine {

/// What an export writes. Thread: a worker's. Errors: Io, InvalidArgument.
Status writePicture(const std::filesystem::path& file,
                    ChairRecipe recipe,
                    const Background& background,
                    const ChairPicture& picture);
Status writeSheet(const std::filesystem::path& file,
                  ChairRecipe recipe,
                  const Background& background,
                  const std::vector<ChairPicture>& pictures);
/// frame-0001.png, ...: each with the recipe of its own picture.
Status writeFrames(const std::filesystem::path& folder,
                   const ChairRecipe& recipe,
                   const Background& background,
                   const std::vector<ChairPicture>& pictures);
Status writeGifFile(const std::filesystem::path& file,
                    ChairRecipe recipe,
                    Background background,
                    const std::vector<ChairPicture>& pictures);

}  // namespace vitrine
