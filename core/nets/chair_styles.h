// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "core/base/result.h"

namespace vitrine {

/// What a weight file's metadata say of a network that was taught chairs of the user: their ids, joined by
/// commas, and the SHA-256 and name of the weight file that the newest was added to.
inline constexpr std::array kOriginKeys{"taught", "taught_from", "taught_from_name"};

/// Writes a weight file of a chair generator again with those of its styles whose id `keeps` accepts; for
/// these it is the same network. Errors: those of SafetensorsFile::read() and writeSafetensors(), BadFormat,
/// Unsupported, InvalidArgument (no style is left).
Status writeWithStyles(const std::filesystem::path& weights,
                       const std::function<bool(const std::string&)>& keeps,
                       const std::filesystem::path& out);

/// Writes a weight file of a chair generator again with one more style, `id`, after the others. The style is
/// the mix `mix` of the others, one number for each; for all others it is the same network. A network
/// that has the style keeps its own. Metadata: kOriginKeys. Errors: as above, and Unsupported (a network that
/// does not name its styles).
Status writeWithAddedStyle(const std::filesystem::path& weightFile,
                           const std::string& id,
                           std::span<const float> mix,
                           const std::filesystem::path& out);

}  // namespace vitrine
