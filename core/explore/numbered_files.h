// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace vitrine {

/// With the folders above it; one that is there is left as it is. Errors: Io.
Status makeFolder(const std::filesystem::path& folder);
/// WHAT-007.png
std::string numberedName(const char* what, std::size_t index);

}  // namespace vitrine
