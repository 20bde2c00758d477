// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace vitrine {

/// A 64-bit hash of bytes that come one by one. Not cryptographic. Source: FNV-1a (Fowler, Noll, Vo).
class FnvHash {
public:
    void add(std::uint8_t byte) { m_value = (m_value ^ byte) * 0x100000001b3ull; }
    std::uint64_t value() const { return m_value; }

private:
    std::uint64_t m_value = 0xcbf29ce484222325ull;
};

}  // namespace vitrine
