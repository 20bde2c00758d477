// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/base64.h"

#include <openssl/evp.h>

namespace vitrine {

std::string toBase64(std::span<const std::byte> bytes) {
    std::string text((bytes.size() + 2) / 3 * 4, '\0');
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                    reinterpret_cast<const unsigned char*>(bytes.data()),
                    int(bytes.size()));
    return text;
}

std::optional<std::vector<std::byte>> fromBase64(std::string_view text) {
    if (text.empty()) return std::vector<std::byte>();
    // EVP_DecodeBlock takes "=" for a digit, and passes over white space at both ends.
    const std::string_view digits = text.substr(0, text.find_last_not_of('=') + 1);
    const std::size_t numPadding = text.size() - digits.size();
    if (text.size() % 4 != 0 || numPadding > 2 || digits.find('=') != std::string_view::npos)
        return std::nullopt;
    std::vector<std::byte> bytes(text.size() / 4 * 3);
    const int numDecoded = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                           reinterpret_cast<const unsigned char*>(text.data()),
                                           int(text.size()));
    if (numDecoded != int(bytes.size())) return std::nullopt;
    bytes.resize(bytes.size() - numPadding);
    return bytes;
}

}  // namespace vitrine
