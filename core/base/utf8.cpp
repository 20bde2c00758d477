// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace vitrine {

std::size_t utf8Length(std::string_view text) {
    if (text.empty()) return 0;
    const auto byteAt = [&](std::size_t i) { return std::uint32_t(static_cast<unsigned char>(text[i])); };
    const std::uint32_t lead = byteAt(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return 0;
    std::uint32_t code = lead & (0x7f >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byteAt(i) & 0xc0) != 0x80) return 0;
        code = code << 6 | (byteAt(i) & 0x3f);
    }
    constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool isSurrogate = code >= 0xd800 && code < 0xe000;
    return code < kSmallest[length] || code > 0x10ffff || isSurrogate ? 0 : length;
}

bool isUtf8(std::string_view text) {
    while (const std::size_t length = utf8Length(text)) text.remove_prefix(length);
    return text.empty();
}

std::string asUtf8(std::string_view bytes) {
    std::string text;
    while (!bytes.empty()) {
        const std::size_t length = utf8Length(bytes);
        text += length > 0 ? bytes.substr(0, length) : std::string_view("\xef\xbf\xbd");
        bytes.remove_prefix(length > 0 ? length : 1);
    }
    return text;
}

std::string percentEncoded(std::string_view bytes) {
    std::string text;
    while (!bytes.empty()) {
        const std::size_t length = utf8Length(bytes);
        if (length == 0 || bytes[0] == '%')
            text += fmt::format("%{:02X}", static_cast<unsigned char>(bytes[0]));
        else
            text += bytes.substr(0, length);
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return text;
}

std::string percentDecoded(std::string_view text) {
    std::string bytes;
    while (!text.empty()) {
        unsigned char byte = 0;
        const bool isCode = text[0] == '%' && text.size() >= 3 &&
                            std::from_chars(&text[1], &text[1] + 2, byte, 16).ptr == &text[1] + 2;
        bytes += isCode ? char(byte) : text[0];
        text.remove_prefix(isCode ? 3 : 1);
    }
    return bytes;
}

std::string fromLatin1(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto code = static_cast<unsigned char>(c);
        if (code >= 0x80) text += char(0xc0 | code >> 6);
        text += code < 0x80 ? c : char(0x80 | (code & 0x3f));
    }
    return text;
}

std::string fileTextAsUtf8(std::string_view bytes) {
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    return isUtf8(bytes) ? std::string(bytes) : fromLatin1(bytes);
}

}  // namespace vitrine
