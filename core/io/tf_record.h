// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine {

/// The checksum of iSCSI and SSE 4.2. Source: RFC 3720, appendix B.4.
std::uint32_t crc32c(std::string_view bytes);

/// A record of a TFRecord file: length (uint64), its checksum, payload, its checksum; little-endian.
/// The checksums are rotated and shifted ("masked"), so that a record can hold another one.
std::string frameRecord(std::string_view payload);

}  // namespace vitrine
