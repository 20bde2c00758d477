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

/// Forward slashes, no "." and ".." parts, no leading slash, no white space at the ends; empty if it would
/// climb out.
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
        begin = end + 1;
        if (part == "..") {
            if (clean.empty()) return {};
            clean.erase(clean.find('/') == clean.npos ? 0 : clean.rfind('/'));
        } else if (!part.empty() && part != ".") {
            clean += (clean.empty() ? "" : "/") + part;
        }
    }
    return isSafeArchiveName(clean) ? clean : std::string();
}

class ArchiveSource : public AssetSource {
public:
    ArchiveSource(Archive archive, std::string place)
        : m_archive(std::move(archive)), m_place(std::move(place)) {
        for (const std::string& name : m_archive.names()) m_realNames.emplace(lowered(name), name);
    }

    std::string resolve(std::string_view name) const override {
        const std::string clean = cleaned(name);
        if (m_archive.contains(clean)) return clean;
        const auto found = m_realNames.find(lowered(clean));
        return found == m_realNames.end() ? std::string() : found->second;
    }

    std::string placeOf(const std::string& folder) const override { return m_place + "/" + folder; }

    Result<std::vector<std::byte>> read(std::string_view name) override {
        const std::string real = resolve(name);
        return m_archive.read(real.empty() ? name : real);
    }

private:
    Archive m_archive;
    std::string m_place;
    std::unordered_map<std::string, std::string> m_realNames;
};

class FolderSource : public AssetSource {
public:
    explicit FolderSource(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    std::string resolve(std::string_view name) const override {
        const bool isPlain = !name.empty() && name.find('/') == name.npos && name.find('\0') == name.npos;
        if (isPlain && isThere(name)) return std::string(name);  // whatever a file system allows
        const std::string clean = cleaned(name);
        return clean.empty() || isThere(clean) ? clean : withoutCase(clean);
    }

    std::string placeOf(const std::string& folder) const override { return (m_folder / folder).string(); }

    Result<std::vector<std::byte>> read(std::string_view name) override {
        const std::string real = resolve(name);
        if (real.empty())
            return Error{ErrorCode::NotFound,
                         "There is no " + std::string(name) + " in " + m_folder.string() + "."};
        return readFile(m_folder / real, kMaxAssetBytes);
    }

private:
    bool isThere(std::string_view name) const {
        std::error_code ignored;
        return std::filesystem::is_regular_file(m_folder / name, ignored);
    }

    /// The file whose name differs in case alone, part by part; empty if there is none.
    std::string withoutCase(const std::string& clean) const {
        std::filesystem::path found;
        for (const auto& part : std::filesystem::path(clean)) {
            std::error_code error;
            const std::string wanted = lowered(part.string());
            std::filesystem::path next;
            for (std::filesystem::directory_iterator it(m_folder / found, error), end; !error && it != end;
                 it.increment(error))
                if (const auto name = it->path().filename();
                    lowered(name.string()) == wanted && (next.empty() || name < next))
                    next = name;
            if (next.empty()) return {};
            found /= next;
        }
        return isThere(found.string()) ? found.string() : std::string();
    }

    std::filesystem::path m_folder;
};

}  // namespace

Result<std::unique_ptr<AssetSource>> openArchiveSource(const std::filesystem::path& file) {
    VITRINE_TRY(Archive archive, Archive::open(file));
    return std::unique_ptr<AssetSource>(std::make_unique<ArchiveSource>(std::move(archive), file.string()));
}

std::unique_ptr<AssetSource> openFolderSource(const std::filesystem::path& folder) {
    return std::make_unique<FolderSource>(folder);
}

}  // namespace vitrine
