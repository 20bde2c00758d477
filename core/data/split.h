// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>

namespace vitrine {

/// Which part of a data set; made by chair model, species or person, so that the parts share none.
enum class Split { Train, Validation, Test };

/// In the enum's order.
inline constexpr std::array kSplitNames{"train", "validation", "test"};
inline const char* nameOf(Split split) {
    return kSplitNames[std::size_t(split)];
}
inline std::optional<Split> splitFromName(const std::string& name) {
    for (const Split split : {Split::Train, Split::Validation, Split::Test})
        if (name == nameOf(split)) return split;
    return std::nullopt;
}

}  // namespace vitrine
