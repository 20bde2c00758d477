// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "core/recipe/recipe.h"

namespace vitrine {

/// A style in a file of its own, as a fit makes it: a chair recipe as JSON, with mix, view, theta and the
/// SHA-256 of the weights that the mix belongs to. Atomic. Errors: Io, NoSpace.
Status writeStyleFile(const std::filesystem::path& file,
                      const ChairRequest& request,
                      const ChairModelInfo& model);
/// The mix of such a file, for the network that it was made for. Errors: NotFound, BadFormat naming the file;
/// InvalidArgument (another network).
Result<RecipeMix> readStyleFile(const std::filesystem::path& file, const ChairModelInfo& model);
/// Whether a style is named by its file.
bool namesStyleFile(std::string_view style);

}  // namespace vitrine
