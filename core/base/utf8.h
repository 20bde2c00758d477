// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vitrine {

/// Bytes at the front of `text` that are one character of UTF-8; 0 where they are none, or `text` is empty.
std::size_t utf8Length(std::string_view text);

bool isUtf8(std::string_view text);

/// The same text with U+FFFD for each byte that is part of no character. Names of files are bytes of any
/// kind.
std::string asUtf8(std::string_view bytes);

/// Reversible: %XX for each byte that is part of no character, and for each %.
std::string percentEncoded(std::string_view bytes);
std::string percentDecoded(std::string_view text);

/// Text in ISO-8859-1 as UTF-8.
std::string fromLatin1(std::string_view bytes);

/// The text of a file as UTF-8, without a byte order mark: what is no UTF-8 is read as ISO-8859-1, since
/// valid UTF-8 with umlauts is hardly ever meant as anything else.
std::string fileTextAsUtf8(std::string_view bytes);

}  // namespace vitrine
