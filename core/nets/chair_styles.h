// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/base/result.h"

namespace vitrine {

/// Writes a weight file of a chair generator again with those of its styles whose id `keeps` accepts; for
/// these it is the same network. Errors: those of SafetensorsFile::read() and writeSafetensors(), BadFormat,
/// Unsupported, InvalidArgument (no style is left).
Status writeWithStyles(const std::filesystem::path& weights,
                       const std::function<bool(const std::string&)>& keeps,
                       const std::filesystem::path& out);

}  // namespace vitrine
