// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>

#include "core/base/result.h"

namespace vitrine {

/// What a user reads when `doing` ("Writing", "Creating") to `file` failed with that errno: NoSpace for a
/// full disk, else Io.
Error ioError(const std::filesystem::path& file, const char* doing, int errorNumber);

/// Writes all bytes to an open descriptor. Returns 0 or the error number.
int writeAll(int descriptor, std::span<const std::byte> bytes);

}  // namespace vitrine
