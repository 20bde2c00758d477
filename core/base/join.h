// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vitrine {

/// Words or numbers as one text.
template <class Range>
std::string joined(const Range& values, std::string_view separator = ",") {
    std::string text;
    bool isFirst = true;
    for (const auto& value : values) {
        if (!isFirst) text += separator;
        isFirst = false;
        if constexpr (
            requires { text += value; } && !requires { std::to_string(value); })
            text += value;
        else
            text += std::to_string(value);
    }
    return text;
}

}  // namespace vitrine
