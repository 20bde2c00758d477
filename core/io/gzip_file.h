// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// Reads a file that may be compressed by gzip or not, by its content. Errors: NotFound, Io, BadFormat
/// (compressed data that is damaged or cut off; more than `maxBytes` inflated).
Result<std::vector<std::byte>> readFileOrGzip(const std::filesystem::path& file, std::size_t maxBytes);

}  // namespace vitrine
