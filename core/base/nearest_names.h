// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace vitrine {

/// The names most like a mistyped one, for an error message: those that contain it, then by edit distance.
/// "a, b, c".
std::string nearestNames(std::span<const std::string> names, std::string_view wanted, std::size_t count = 3);

}  // namespace vitrine
