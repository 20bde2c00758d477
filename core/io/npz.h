// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

/// One array of an NPZ file; the numbers stay the caller's.
struct NpzArray {
    std::string name;  ///< key in the file
    std::vector<std::size_t> shape;
    std::span<const std::byte> bytes;  ///< C order, little endian
    std::string type;                  ///< "<f4", "|u1"

    static NpzArray of(std::string name, std::vector<std::size_t> shape, std::span<const float> values);
    static NpzArray of(std::string name,
                       std::vector<std::size_t> shape,
                       std::span<const std::uint8_t> values);
};

/// Writes arrays as numpy.load reads them, compressed. Atomic; the same arrays give the same bytes.
/// Errors: Io, NoSpace. Format: NEP 1 (npy 1.0) in a zip file.
Status writeNpz(const std::filesystem::path& file, std::span<const NpzArray> arrays);

}  // namespace vitrine
