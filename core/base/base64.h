// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine {

/// With padding, in one line. Source: RFC 4648, section 4.
std::string toBase64(std::span<const std::byte> bytes);
/// Nothing where the text is no base 64.
std::optional<std::vector<std::byte>> fromBase64(std::string_view text);

}  // namespace vitrine
