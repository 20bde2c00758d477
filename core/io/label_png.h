// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

/// Reads a PNG whose numbers are classes: grey levels or palette indices as they are stored (1 to 8 bits,
/// nothing is scaled), or colours that are grey (R = G = B; alpha is ignored), turned upright. Shapes: [H, W,
/// 1]. Errors: NotFound; BadFormat (empty, damaged, cut off); Unsupported (16 bits, coloured, no PNG); each
/// names the file and what to do.
Result<LabelMap> readLabelPng(const std::filesystem::path& file);

}  // namespace vitrine
