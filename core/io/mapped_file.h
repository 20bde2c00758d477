// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <utility>

#include "core/base/result.h"

namespace vitrine {

/// A file's content as memory that the system reads when it is touched. Stays valid while the file is
/// replaced (not while it is overwritten in place). Thread: any.
class MappedFile {
public:
    /// Errors: NotFound, Io, BadFormat (empty, or no regular file).
    static Result<MappedFile> open(const std::filesystem::path& file);
    MappedFile() = default;
    MappedFile(MappedFile&& other) noexcept : m_bytes(std::exchange(other.m_bytes, {})) {}
    MappedFile& operator=(MappedFile&& other) noexcept {
        std::swap(m_bytes, other.m_bytes);
        return *this;
    }
    ~MappedFile();

    std::span<const std::byte> bytes() const { return m_bytes; }

private:
    std::span<const std::byte> m_bytes;
};

}  // namespace vitrine
