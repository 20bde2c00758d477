// SPDX-License-Identifier: GPL-3.0-or-later
// What fuzz targets share. An error that a reader returns is its answer; a crash, a hang or a broken promise
// is a finding.
#pragma once

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/asset_source.h"

namespace vitrine::fuzz {

inline std::string_view textOf(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

inline std::vector<std::byte> bytesOf(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
    return {bytes, bytes + text.size()};
}

/// A promise of the reader that the input broke.
inline void require(bool holds) {
    if (!holds) std::abort();
}

/// A folder of this process that is kept in memory and goes when the process ends.
inline const std::filesystem::path& folder() {
    static const struct Folder {
        Folder() { std::filesystem::create_directories(path); }
        ~Folder() { std::filesystem::remove_all(path); }
        const std::filesystem::path path = "/dev/shm/vitrine-fuzz-" + std::to_string(::getpid());
    } folder;
    return folder.path;
}

/// For readers that take a path.
inline std::filesystem::path fileOf(const std::string& name, std::string_view content) {
    std::filesystem::path file = folder() / name;
    std::ofstream(file, std::ios::binary).write(content.data(), std::streamsize(content.size()));
    return file;
}

/// Files by name, as a mesh reader sees them.
class MemorySource : public AssetSource {
public:
    explicit MemorySource(std::map<std::string, std::string_view, std::less<>> files)
        : m_files(std::move(files)) {}

    std::string resolve(std::string_view name) const override {
        return m_files.contains(name) ? std::string(name) : std::string();
    }
    std::string placeOf(const std::string& folder) const override { return folder; }
    Result<std::vector<std::byte>> read(std::string_view name) override {
        const auto found = m_files.find(name);
        if (found == m_files.end()) return Error{ErrorCode::NotFound, "There is no such file."};
        return bytesOf(found->second);
    }

private:
    std::map<std::string, std::string_view, std::less<>> m_files;
};

}  // namespace vitrine::fuzz
