// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace vitrine {

/// SHA-256 of a file's content, 64 hexadecimal digits. Errors: NotFound, Io, BadFormat (empty, or no regular
/// file).
Result<std::string> fileHash(const std::filesystem::path& file);

}  // namespace vitrine
