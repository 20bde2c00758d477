// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/own_chairs.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "core/base/log.h"
#include "core/data/archive.h"
#include "core/data/asset_source.h"
#include "core/data/catalogue_json.h"
#include "core/data/furniture_list.h"
#include "core/data/mesh.h"
#include "core/data/mesh_check.h"
#include "core/io/atomic_file.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFileBytes = std::size_t(256) << 20;
constexpr char kUnknown[] = "unknown";

fs::path ownChairListFile() {
    return ownChairFolder() / "chairs.json";
}

/// Lower case with dashes; what is left of a name in another script may be nothing.
std::string slug(std::string_view name) {
    std::string id;
    for (const char c : name) {
        const auto letter = static_cast<unsigned char>(c);
        if (letter < 0x80 && std::isalnum(letter))
            id += char(std::tolower(letter));
        else if (!id.empty() && id.back() != '-')
            id += '-';
    }
    while (id.ends_with('-')) id.pop_back();
    return id.empty() ? "chair" : id.substr(0, 60);
}

std::string uniqueId(const std::string& wanted, std::set<std::string>& taken) {
    std::string id = wanted;
    for (int number = 2; !taken.insert(id).second; ++number) id = wanted + "-" + std::to_string(number);
    return id;
}

std::string extensionOf(const fs::path& file) {
    std::string extension = file.extension().string();
    for (char& c : extension) c = char(std::tolower(static_cast<unsigned char>(c)));
    return extension;
}

/// A folder that vanishes with this object unless it was kept.
class StagingFolder {
public:
    static Result<StagingFolder> make() {
        const fs::path folder = ownChairFolder() / (".new-" + std::to_string(::getpid()));
        std::error_code failure;
        fs::remove_all(folder, failure);
        fs::create_directories(folder, failure);
        if (failure)
            return Error{ErrorCode::Io,
                         "The folder " + folder.string() + " cannot be made: " + failure.message() + "."};
        return StagingFolder(folder);
    }
    StagingFolder(StagingFolder&& other) noexcept : m_folder(std::exchange(other.m_folder, {})) {}
    StagingFolder& operator=(StagingFolder&&) = delete;
    ~StagingFolder() {
        std::error_code ignored;
        if (!m_folder.empty()) fs::remove_all(m_folder, ignored);
    }

    const fs::path& path() const { return m_folder; }
    Status write(const fs::path& relative, std::span<const std::byte> content) const {
        std::error_code failure;
        fs::create_directories((m_folder / relative).parent_path(), failure);
        return writeFileAtomically(m_folder / relative, content);
    }
    Status keepAs(const fs::path& folder) {
        std::error_code failure;
        fs::rename(m_folder, folder, failure);
        if (failure)
            return Error{ErrorCode::Io,
                         "The chair cannot be kept in " + folder.string() + ": " + failure.message() + "."};
        m_folder.clear();
        return {};
    }

private:
    explicit StagingFolder(fs::path folder) : m_folder(std::move(folder)) {}
    fs::path m_folder;
};

/// Copies a file of a mesh if it is there; what is missing is reported when the mesh is loaded.
Result<std::vector<std::byte>> copyAsset(AssetSource& source,
                                         const std::string& name,
                                         const StagingFolder& staging) {
    const std::string real = source.resolve(name);
    if (real.empty()) return std::vector<std::byte>();
    VITRINE_TRY(auto content, source.read(real));
    VITRINE_CHECK(staging.write(real, content));
    return content;
}

Status copyMesh(const fs::path& file, const StagingFolder& staging) {
    const std::string name = file.filename().string();
    VITRINE_TRY(const auto content, readFile(file, kMaxFileBytes));
    VITRINE_CHECK(checkMeshFile(content, name));
    VITRINE_CHECK(staging.write(name, content));
    if (extensionOf(file) != ".obj") return {};
    const auto source = openFolderSource(file.parent_path());
    for (const std::string& materialFile : materialFilesOfObj(content)) {
        VITRINE_TRY(const auto materials, copyAsset(*source, materialFile, staging));
        // Texture names count from the mesh's folder, as the reader takes them.
        for (const std::string& texture : texturesOfMtl(materials)) {
            VITRINE_TRY([[maybe_unused]] const auto copied, copyAsset(*source, texture, staging));
        }
    }
    return {};
}

Result<std::vector<ChairEntry>> stageMesh(const fs::path& file, const StagingFolder& staging) {
    VITRINE_CHECK(copyMesh(file, staging));
    ChairEntry entry;
    entry.name = file.stem().string();
    entry.type = chairTypeOf(entry.name);
    entry.model = file.filename().string();
    return std::vector<ChairEntry>{std::move(entry)};
}

bool isWanted(const FurniturePiece& piece, std::string_view wanted) {
    return wanted.empty() ? piece.isSeat
                          : piece.entry.name == wanted || slug(piece.entry.name) == wanted ||
                                piece.entry.model == wanted;
}

Result<std::vector<ChairEntry>> stageArchive(const fs::path& file,
                                             std::string_view wanted,
                                             const StagingFolder& staging) {
    VITRINE_TRY(Archive archive, Archive::open(file));
    constexpr char kList[] = "PluginFurnitureCatalog.properties";
    if (!archive.contains(kList))
        return Error{ErrorCode::BadFormat,
                     "The archive " + file.string() + " is not a furniture library of Sweet Home 3D."};
    VITRINE_TRY(const auto bytes, archive.read(kList));
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    VITRINE_TRY(const auto pieces, parseFurnitureList(text, file.string()));
    std::vector<ChairEntry> entries;
    for (const FurniturePiece& piece : pieces)
        if (isWanted(piece, wanted)) entries.push_back(piece.entry);
    if (entries.empty())
        return Error{
            ErrorCode::NotFound,
            wanted.empty()
                ? "The archive " + file.string() + " holds nothing to sit on; name the piece that you want."
                : "There is no \"" + std::string(wanted) + "\" in " + file.string() + "."};
    VITRINE_TRY(const auto content, readFile(file, kMaxFileBytes));
    VITRINE_CHECK(staging.write(file.filename(), content));
    for (ChairEntry& entry : entries) entry.archive = file.filename().string();
    return entries;
}

/// As stored: relative to ownChairFolder().
ChairEntry inFolder(ChairEntry entry, const fs::path& folder) {
    std::string& path = entry.archive.empty() ? entry.model : entry.archive;
    path = (folder / path).string();
    return entry;
}

/// Loads each chair once and drops those that cannot be shown; one at least must remain.
Result<std::vector<ChairEntry>> keepLoadable(std::vector<ChairEntry> entries, const fs::path& folder) {
    std::vector<ChairEntry> good;
    Error first;
    for (ChairEntry& entry : entries) {
        const auto mesh = loadMesh(inFolder(entry, folder));
        if (mesh) {
            good.push_back(std::move(entry));
            continue;
        }
        if (first.message.empty()) first = mesh.error();
        if (entries.size() > 1) logWarning(entry.name + " is left out: " + mesh.error().message);
    }
    if (good.empty()) return first;
    return good;
}

void completeEntry(ChairEntry& entry, const fs::path& folder, std::set<std::string>& takenIds) {
    if (entry.name.empty()) entry.name = "Chair";
    if (entry.creator.empty()) entry.creator = kUnknown;
    if (entry.licence.empty()) entry.licence = kUnknown;
    entry.id = uniqueId(slug(entry.name), takenIds);
    entry = inFolder(std::move(entry), folder);
}

}  // namespace

fs::path ownChairFolder() {
    return dataFolder() / "chairs";
}

Result<std::vector<ChairEntry>> loadOwnChairs() {
    std::error_code ignored;
    if (!fs::exists(ownChairListFile(), ignored)) return std::vector<ChairEntry>();
    VITRINE_TRY(auto entries, readChairList(ownChairListFile()));
    for (ChairEntry& entry : entries) entry = inFolder(std::move(entry), ownChairFolder());
    return entries;
}

Result<std::vector<ChairEntry>> addOwnChairs(const fs::path& file,
                                             const ChairCatalogue& catalogue,
                                             std::string_view wanted) {
    const std::string kind = extensionOf(file);
    if (kind != ".obj" && kind != ".glb" && kind != ".sh3f")
        return Error{ErrorCode::Unsupported,
                     file.string() + " is no chair that can be read; give a .obj, .glb or .sh3f file."};
    std::vector<ChairEntry> listed;
    std::error_code failure;
    if (fs::exists(ownChairListFile(), failure)) {
        VITRINE_TRY(listed, readChairList(ownChairListFile()));
    }
    VITRINE_TRY(StagingFolder staging, StagingFolder::make());
    VITRINE_TRY(auto staged,
                kind == ".sh3f" ? stageArchive(file, wanted, staging) : stageMesh(file, staging));
    VITRINE_TRY(auto added, keepLoadable(std::move(staged), staging.path()));

    std::set<std::string> takenIds;
    for (const ChairEntry& entry : listed) takenIds.insert(entry.id);
    for (const ChairEntry& entry : catalogue.entries()) takenIds.insert(entry.id);
    std::string folderName = slug(file.stem().string());
    for (int number = 2; fs::exists(ownChairFolder() / folderName, failure); ++number)
        folderName = slug(file.stem().string()) + "-" + std::to_string(number);
    const int firstIndex = catalogue.numInBox() + int(listed.size());
    for (ChairEntry& entry : added) {
        completeEntry(entry, folderName, takenIds);
        listed.push_back(entry);
    }
    VITRINE_CHECK(staging.keepAs(ownChairFolder() / folderName));
    if (const Status written = writeChairList(ownChairListFile(), listed); !written) {
        fs::remove_all(ownChairFolder() / folderName, failure);
        return written.error();
    }
    for (std::size_t i = 0; i < added.size(); ++i) {
        added[i] = inFolder(std::move(added[i]), ownChairFolder());
        added[i].index = firstIndex + int(i);
    }
    return added;
}

Result<ChairEntry> addOwnChair(const fs::path& file, const ChairCatalogue& catalogue) {
    VITRINE_TRY(const auto added, addOwnChairs(file, catalogue));
    return added.front();
}

Status removeOwnChair(std::string_view id) {
    std::error_code ignored;
    std::vector<ChairEntry> listed;
    if (fs::exists(ownChairListFile(), ignored)) {
        VITRINE_TRY(listed, readChairList(ownChairListFile()));
    }
    const auto found =
        std::find_if(listed.begin(), listed.end(), [&](const ChairEntry& entry) { return entry.id == id; });
    if (found == listed.end())
        return Error{ErrorCode::NotFound,
                     "There is no chair \"" + std::string(id) + "\" among your own; those in the box stay."};
    const auto folderOf = [](const ChairEntry& entry) {
        return *fs::path(entry.archive.empty() ? entry.model : entry.archive).begin();
    };
    const fs::path folder = folderOf(*found);
    listed.erase(found);
    VITRINE_CHECK(writeChairList(ownChairListFile(), listed));
    const bool isShared = std::any_of(
        listed.begin(), listed.end(), [&](const auto& entry) { return folderOf(entry) == folder; });
    const bool isPlainName = folder != ".." && folder != "." && folder.is_relative();
    if (!isShared && isPlainName) fs::remove_all(ownChairFolder() / folder, ignored);
    return {};
}

}  // namespace vitrine
