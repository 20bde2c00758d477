// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/asset_source.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>

#include "core/data/archive.h"
#include "core/io/atomic_file.h"

namespace vitrine {
namespace {

constexpr std::size_t kMaxAssetBytes = std::size_t(256) << 20;

std::string lowered(std::string text) {
    for (char& c : text) c = char(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

/// Forward slashes, no "." parts, no leading slash, no white space at the ends; empty if it would climb out.
std::string cleaned(std::string_view name) {
    const auto isBlank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    while (!name.empty() && isBlank(name.back())) name.remove_suffix(1);
    while (!name.empty() && isBlank(name.front())) name.remove_prefix(1);
    std::string slashed(name);
    std::replace(slashed.begin(), slashed.end(), '\\', '/');
    std::string clean;
    for (std::size_t begin = 0; begin < slashed.size();) {
        const std::size_t end = std::min(slashed.find('/', begin), slashed.size());
        const std::string part = slashed.substr(begin, end - begin);
        if (!part.empty() && part != ".") clean += (clean.empty() ? "" : "/") + part;
        begin = end + 1;
    }
    return isSafeArchiveName(clean) ? clean : std::string();
}

class ArchiveSource : public AssetSource {
public:
    explicit ArchiveSource(Archive archive) : m_archive(std::move(archive)) {
        for (const std::string& name : m_archive.names()) m_realNames.emplace(lowered(name), name);
    }

    std::string resolve(std::string_view name) const override {
        const std::string clean = cleaned(name);
        if (m_archive.contains(clean)) return clean;
        const auto found = m_realNames.find(lowered(clean));
        return found == m_realNames.end() ? std::string() : found->second;
    }

    Result<std::vector<std::byte>> read(std::string_view name) override {
        const std::string real = resolve(name);
        return m_archive.read(real.empty() ? name : real);
    }

private:
    Archive m_archive;
    std::unordered_map<std::string, std::string> m_realNames;
};

class FolderSource : public AssetSource {
public:
    explicit FolderSource(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    std::string resolve(std::string_view name) const override {
        const std::string clean = cleaned(name);
        std::error_code ignored;
        const bool isThere = !clean.empty() && std::filesystem::is_regular_file(m_folder / clean, ignored);
        return isThere ? clean : std::string();
    }

    Result<std::vector<std::byte>> read(std::string_view name) override {
        const std::string real = resolve(name);
        if (real.empty())
            return Error{ErrorCode::NotFound,
                         "There is no " + std::string(name) + " in " + m_folder.string() + "."};
        return readFile(m_folder / real, kMaxAssetBytes);
    }

private:
    std::filesystem::path m_folder;
};

}  // namespace

Result<std::unique_ptr<AssetSource>> openArchiveSource(const std::filesystem::path& file) {
    VITRINE_TRY(Archive archive, Archive::open(file));
    return std::unique_ptr<AssetSource>(std::make_unique<ArchiveSource>(std::move(archive)));
}

std::unique_ptr<AssetSource> openFolderSource(const std::filesystem::path& folder) {
    return std::make_unique<FolderSource>(folder);
}

}  // namespace vitrine
