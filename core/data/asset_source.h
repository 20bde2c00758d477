// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// Where a mesh and what belongs to it (materials, textures) are read from: an archive or a folder, never
/// beyond it. Thread: one at a time.
class AssetSource {
public:
    virtual ~AssetSource() = default;
    /// The name under which a file is really there, forgiving what exporters get wrong: case, back slashes, a
    /// leading slash, white space at the end. Empty if there is none.
    virtual std::string resolve(std::string_view name) const = 0;
    /// A folder of the source, for messages.
    virtual std::string placeOf(const std::string& folder) const = 0;
    /// Errors: NotFound, BadFormat, Io.
    virtual Result<std::vector<std::byte>> read(std::string_view name) = 0;
};

/// Errors: those of Archive::open.
Result<std::unique_ptr<AssetSource>> openArchiveSource(const std::filesystem::path& archive);
std::unique_ptr<AssetSource> openFolderSource(const std::filesystem::path& folder);

}  // namespace vitrine
