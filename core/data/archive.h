// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// What an archive may hold at most; what is beyond is refused before memory is spent on it.
struct ArchiveLimits {
    std::size_t numEntries = 20'000;
    std::uint64_t entryBytes = std::uint64_t(256) << 20;
    std::uint64_t totalBytes = std::uint64_t(2) << 30;  ///< also of all that one Archive inflates in its life
    std::uint64_t ratio = 200;  ///< inflated to compressed size, of entries beyond 1 MiB
};

/// A zip file that is read in memory; nothing is ever written to disk. Refused whole: names that climb out
/// ("..", absolute, drive letters, control characters), duplicate names, symbolic links, encrypted entries,
/// and what exceeds the limits. Thread: one at a time.
class Archive {
public:
    /// Errors: NotFound, BadFormat, Unsupported.
    static Result<Archive> open(const std::filesystem::path& file, const ArchiveLimits& limits = {});
    Archive(Archive&&) noexcept;
    Archive& operator=(Archive&&) noexcept;
    ~Archive();

    /// Names of the files inside (no folders), in the archive's order, with '/' between folders.
    const std::vector<std::string>& names() const;
    bool contains(std::string_view name) const;
    /// Inflates one file; the bytes are counted as they come, whatever the directory claims. Errors:
    /// NotFound, BadFormat.
    Result<std::vector<std::byte>> read(std::string_view name);

private:
    struct Contents;
    explicit Archive(std::unique_ptr<Contents> contents);
    std::unique_ptr<Contents> m_contents;
};

/// A name inside an archive that stays inside it: not empty, relative, no "..", ".", "\\", ':' or control
/// character.
bool isSafeArchiveName(std::string_view name);

}  // namespace vitrine
