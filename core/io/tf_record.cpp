// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tf_record.h"

#include <array>
#include <bit>

namespace vitrine {
namespace {

constexpr std::uint32_t kPolynomial = 0x82f63b78;  // of CRC-32C, reflected
constexpr std::uint32_t kMaskDelta = 0xa282ead8;

constexpr std::array<std::uint32_t, 256> makeTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t rest = byte;
        for (int bit = 0; bit < 8; ++bit) rest = (rest >> 1) ^ ((rest & 1) != 0 ? kPolynomial : 0);
        table[byte] = rest;
    }
    return table;
}
constexpr auto kTable = makeTable();

std::uint32_t maskedChecksum(std::string_view bytes) {
    return std::rotr(crc32c(bytes), 15) + kMaskDelta;
}

template <class Number>
void appendLittleEndian(std::string& out, Number number) {
    for (std::size_t i = 0; i < sizeof number; ++i) out += char(std::uint8_t(number >> (8 * i)));
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
    std::uint32_t checksum = ~std::uint32_t(0);
    for (char byte : bytes) checksum = kTable[(checksum ^ std::uint8_t(byte)) & 0xff] ^ (checksum >> 8);
    return ~checksum;
}

std::string frameRecord(std::string_view payload) {
    std::string record;
    record.reserve(payload.size() + 16);
    appendLittleEndian(record, std::uint64_t(payload.size()));
    appendLittleEndian(record, maskedChecksum(record));
    record += payload;
    appendLittleEndian(record, maskedChecksum(payload));
    return record;
}

}  // namespace vitrine
