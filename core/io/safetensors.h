// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

enum class TensorType { Float32, Float16, BFloat16, Int64, UInt8 };
std::size_t bytesPerElement(TensorType type);
/// The format's own name: "F32", "F16", "BF16", "I64", "U8".
std::string tensorTypeName(TensorType type);

/// One named array. Owns: nothing; `bytes` points into the file's buffer or the caller's.
struct TensorView {
    TensorType type = TensorType::Float32;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;
};

/// A weight file: named arrays and text metadata. Format: 8-byte little-endian header length, JSON header,
/// data. Refused whole, naming the key and the fault: header too long, not JSON, duplicate keys, unknown
/// type, negative or overflowing shape, offsets out of order, overlapping, with holes, or not of the shape's
/// size, trailing bytes, header or data that differ from their checksum, non-finite values. Limits: header 16
/// MiB, 4096 arrays, 8 dimensions.
class SafetensorsFile {
public:
    /// Errors: NotFound, Io, BadFormat, Unsupported (an element type we do not read), NonFinite.
    static Result<SafetensorsFile> read(const std::filesystem::path& file);
    static Result<SafetensorsFile> parse(std::vector<std::byte> content, const std::string& nameForMessages);

    const std::map<std::string, TensorView>& tensors() const { return m_tensors; }
    const std::map<std::string, std::string>& metadata() const { return m_metadata; }
    /// SHA-256 of the whole file in hexadecimal digits: what recipes and tables name weights by.
    std::string hash() const;

private:
    std::shared_ptr<const std::vector<std::byte>> m_content;
    std::map<std::string, TensorView> m_tensors;
    std::map<std::string, std::string> m_metadata;
};

/// Writes the largest elements first, so that every array is aligned, and checksums of the header and the
/// data beside the metadata. Atomic. Errors: Io, InvalidArgument (bytes that do not fit the shape, a reserved
/// name), NonFinite.
Status writeSafetensors(const std::filesystem::path& file,
                        const std::map<std::string, TensorView>& tensors,
                        const std::map<std::string, std::string>& metadata);

}  // namespace vitrine
