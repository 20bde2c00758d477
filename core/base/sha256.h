// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace vitrine {

/// SHA-256 of bytes that come in pieces. Source: FIPS 180-4.
class Sha256 {
public:
    Sha256& update(std::span<const std::byte> bytes);
    Sha256& update(std::string_view text) {
        return update(std::as_bytes(std::span(text.data(), text.size())));
    }
    /// 64 hexadecimal digits; ends the computation.
    std::string hexDigest();

private:
    void addBlock(const std::uint8_t* block);

    std::array<std::uint32_t, 8> m_state = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint8_t, 64> m_block = {};
    std::size_t m_used = 0;
    std::uint64_t m_length = 0;
};

}  // namespace vitrine
