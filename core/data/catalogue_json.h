// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/chair_catalogue.h"

namespace vitrine {

/// Reads and writes lists of chairs: {"format": ..., "chairs": [...]}, indices contiguous from 0.
/// Errors: NotFound, BadFormat naming the entry and the field.
Result<std::vector<ChairEntry>> readChairList(const std::filesystem::path& file);
/// Atomic; numbers the entries in their order.
Status writeChairList(const std::filesystem::path& file, std::span<const ChairEntry> entries);

}  // namespace vitrine
