// SPDX-License-Identifier: GPL-3.0-or-later
// Lines and words of .obj and .mtl files.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace vitrine {

inline std::string_view withoutByteOrderMark(std::string_view text) {
    constexpr std::string_view kMark = "\xef\xbb\xbf";
    return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

inline bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    return text;
}

/// Takes the next word off the front of `line`; empty at its end.
inline std::string_view nextWord(std::string_view& line) {
    while (!line.empty() && isBlank(line.front())) line.remove_prefix(1);
    const std::size_t size = std::size_t(std::find_if(line.begin(), line.end(), isBlank) - line.begin());
    const std::string_view word = line.substr(0, size);
    line.remove_prefix(size);
    return word;
}

/// Calls `visit` with each line, as long as it returns true. A back slash at the end joins the next line.
template <class Visit>
void forEachLine(std::string_view text, Visit visit) {
    std::string joined;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool continues = !line.empty() && line.back() == '\\';
        if (continues) line.remove_suffix(1);
        if (continues || !joined.empty()) joined.append(line).push_back(' ');
        if (continues) continue;
        if (!visit(joined.empty() ? line : std::string_view(joined))) return;
        joined.clear();
    }
}

}  // namespace vitrine
