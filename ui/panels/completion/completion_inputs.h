// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "ui/panels/completion/completion_state.h"

namespace vitrine {

// Pictures for the panel, as the quadrant networks see them. Thread: any.

/// Some garments of Fashion-MNIST that no network has learned from, as many of each class, class by class. An
/// empty path stands for Debian's package; none where it is missing.
std::vector<CompletionPicture> readTestGarments(const std::filesystem::path& folder);

/// A PNG or JPEG of any size. Errors: those of readImage.
Result<CompletionPicture> readCompletionPicture(const std::filesystem::path& file);

}  // namespace vitrine
