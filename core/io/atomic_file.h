// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// Writes a file so that under its name there is either the old content or the whole new one, whatever
/// happens: temporary file in the same folder, write, fsync, rename, fsync of the folder. Errors: NoSpace,
/// Io, naming path and reason.
Status writeFileAtomically(const std::filesystem::path& file, std::span<const std::byte> content);
Status writeFileAtomically(const std::filesystem::path& file, std::string_view content);
/// The same for content too large to hold: `write` is given a sink to call as often as it likes.
using ByteSink = std::function<Status(std::span<const std::byte>)>;
Status writeFileAtomically(const std::filesystem::path& file,
                           const std::function<Status(const ByteSink&)>& write);

/// Adds to a file's end, whole or not at all: where there is no room for all of it, the file is cut back to
/// what it was. Errors: NoSpace, Io.
Status appendToFile(const std::filesystem::path& file, std::string_view content);

/// For a folder that appears whole: fill `hidden` (a sibling of `folder`) with these, then move it into
/// place, which syncs what was written and replaces a folder of that name. Until then nothing is promised of
/// `hidden`.
Status writeFileUnsynced(const std::filesystem::path& file, std::span<const std::byte> content);
Status moveFolderIntoPlace(const std::filesystem::path& hidden, const std::filesystem::path& folder);

/// Errors: NotFound, Io, BadFormat (larger than `maxBytes`).
Result<std::vector<std::byte>> readFile(const std::filesystem::path& file,
                                        std::size_t maxBytes = std::size_t(1) << 32);
Result<std::string> readTextFile(const std::filesystem::path& file,
                                 std::size_t maxBytes = std::size_t(1) << 28);

}  // namespace vitrine
