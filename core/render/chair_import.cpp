// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/chair_import.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <set>

#include "core/base/utf8.h"
#include "core/data/archive.h"
#include "core/data/asset_source.h"
#include "core/data/furniture_list.h"
#include "core/data/own_chairs.h"
#include "core/io/atomic_file.h"
#include "core/render/mesh.h"
#include "core/render/mesh_check.h"
#include "core/render/obj_files.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFileBytes = std::size_t(256) << 20;
constexpr char kUnknown[] = "unknown";

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
    for (int number = 2; !taken.insert(id).second; ++number) id = fmt::format("{}-{}", wanted, number);
    return id;
}

std::string extensionOf(const fs::path& file) {
    std::string extension = file.extension().string();
    for (char& c : extension) c = char(std::tolower(static_cast<unsigned char>(c)));
    return extension;
}

constexpr std::string_view kStagingPrefix = ".new-";

/// What imports that crashed or were killed have left.
void removeLeftStaging() {
    std::error_code failure;
    std::vector<fs::path> left;
    for (const auto& entry : fs::directory_iterator(ownChairFolder(), failure)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(kStagingPrefix)) continue;
        const int process = std::atoi(name.c_str() + kStagingPrefix.size());
        if (process > 0 && ::kill(process, 0) != 0 && errno == ESRCH) left.push_back(entry.path());
    }
    for (const fs::path& folder : left) fs::remove_all(folder, failure);
}

/// A folder that vanishes with this object unless it was kept.
class StagingFolder {
public:
    static Result<StagingFolder> make() {
        removeLeftStaging();
        const fs::path folder = ownChairFolder() / fmt::format("{}{}", kStagingPrefix, ::getpid());
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

/// What was copied, before it has its place in the list.
struct StagedChairs {
    std::vector<ChairEntry> chairs;
    std::vector<std::string> warnings;
};

/// Names of files are bytes; the list of chairs is text.
std::string stagedName(const fs::path& file) {
    const std::string name = file.filename().string();
    return isUtf8(name) ? name : slug(file.stem().string()) + extensionOf(file);
}

/// Returns whether the mesh looks made with Z up.
Result<bool> copyMesh(const fs::path& file, const StagingFolder& staging) {
    const std::string name = file.filename().string();
    VITRINE_TRY(const auto content, readFile(file, kMaxFileBytes));
    VITRINE_CHECK(checkMeshFile(content, name));
    VITRINE_CHECK(staging.write(stagedName(file), content));
    if (extensionOf(file) != ".obj") return false;
    const auto source = openFolderSource(fs::absolute(file).parent_path());
    VITRINE_TRY(const ObjFiles files, readObjFiles(*source, name));
    for (const std::string& used : files.used) {
        VITRINE_TRY(const auto bytes, source->read(used));
        VITRINE_CHECK(staging.write(used, bytes));
    }
    return files.looksZUp;
}

/// Z becomes y, and what faces -y faces +z.
void turnUp(ChairEntry& entry) {
    const std::vector<float> base =
        entry.rotation.size() == 9 ? entry.rotation : std::vector<float>{1, 0, 0, 0, 1, 0, 0, 0, 1};
    entry.rotation = {base[0], base[1], base[2], base[6], base[7], base[8], -base[3], -base[4], -base[5]};
}

Result<StagedChairs> stageMesh(const fs::path& file,
                               const ChairImportOptions& options,
                               const StagingFolder& staging) {
    VITRINE_TRY(const bool looksZUp, copyMesh(file, staging));
    ChairEntry entry;
    entry.name = asUtf8(file.stem().string());
    entry.type = chairTypeOf(entry.name);
    entry.model = stagedName(file);
    StagedChairs staged;
    if (looksZUp && !options.up) {
        turnUp(entry);
        staged.warnings.push_back(entry.model +
                                  " stands on z = 0, so it is taken as made with Z up; if it lies on its "
                                  "back now, use Chairs > Turn "
                                  "own chair, or remove it and import it with --up y.");
    }
    staged.chairs.push_back(std::move(entry));
    return staged;
}

bool isWanted(const FurniturePiece& piece, std::string_view wanted) {
    return wanted.empty() ? piece.isSeat
                          : piece.entry.name == wanted || slug(piece.entry.name) == wanted ||
                                piece.entry.model == wanted;
}

Result<StagedChairs> stageArchive(const fs::path& file,
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
                ? "The archive " + file.string() + " contains no chair; name the piece that you want."
                : "There is no \"" + std::string(wanted) + "\" in " + file.string() + "."};
    VITRINE_TRY(const auto content, readFile(file, kMaxFileBytes));
    VITRINE_CHECK(staging.write(stagedName(file), content));
    for (ChairEntry& entry : entries) entry.archive = stagedName(file);
    return StagedChairs{std::move(entries), {}};
}

/// The sentence as it is true of the file that was given.
std::string withPlace(std::string sentence, const std::string& staged, const std::string& original) {
    for (std::size_t at = sentence.find(staged); at != sentence.npos;
         at = sentence.find(staged, at + original.size()))
        sentence.replace(at, staged.size(), original);
    return sentence;
}

/// Loads each chair once and drops those that cannot be shown; one at least must remain.
Result<StagedChairs> keepLoadable(StagedChairs staged, const fs::path& folder, const fs::path& file) {
    StagedChairs good{{}, std::move(staged.warnings)};
    Error first;
    for (ChairEntry& entry : staged.chairs) {
        const auto mesh = readMesh(inFolder(entry, folder));
        if (mesh) {
            for (const std::string& warning : mesh->warnings)
                good.warnings.push_back(
                    withPlace(warning, folder.string(), fs::absolute(file).parent_path().string()));
            good.chairs.push_back(std::move(entry));
            continue;
        }
        if (first.message.empty()) first = mesh.error();
        if (staged.chairs.size() > 1)
            good.warnings.push_back(entry.name + " is left out: " + mesh.error().message);
    }
    if (good.chairs.empty()) return first;
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

Result<ChairImport> importOwnChairs(const fs::path& file,
                                    const ChairCatalogue& catalogue,
                                    const ChairImportOptions& options) {
    const std::string kind = extensionOf(file);
    if (kind != ".obj" && kind != ".glb" && kind != ".sh3f")
        return Error{ErrorCode::Unsupported,
                     file.string() + " is not a chair that can be read; give a .obj, .glb or .sh3f file."};
    VITRINE_TRY(SalvagedChairs own, readOwnChairList());
    std::vector<ChairEntry>& listed = own.chairs;
    std::error_code failure;
    VITRINE_TRY(StagingFolder staging, StagingFolder::make());
    VITRINE_TRY(
        auto staged,
        kind == ".sh3f" ? stageArchive(file, options.piece, staging) : stageMesh(file, options, staging));
    if (options.up == UpAxis::Z)
        for (ChairEntry& entry : staged.chairs) turnUp(entry);
    VITRINE_TRY(auto loadable, keepLoadable(std::move(staged), staging.path(), file));
    std::vector<ChairEntry>& added = loadable.chairs;

    std::set<std::string> takenIds;
    for (const ChairEntry& entry : listed) takenIds.insert(entry.id);
    for (const DamagedChair& chair : own.damaged) takenIds.insert(chair.id);
    for (const ChairEntry& entry : catalogue.entries()) takenIds.insert(entry.id);
    std::string folderName = slug(file.stem().string());
    for (int number = 2; fs::exists(ownChairFolder() / folderName, failure); ++number)
        folderName = fmt::format("{}-{}", slug(file.stem().string()), number);
    const int firstIndex = catalogue.numInBox() + int(listed.size());
    for (ChairEntry& entry : added) {
        completeEntry(entry, folderName, takenIds);
        listed.push_back(entry);
    }
    VITRINE_CHECK(staging.keepAs(ownChairFolder() / folderName));
    if (const Status written = writeOwnChairList(listed, own.damaged); !written) {
        fs::remove_all(ownChairFolder() / folderName, failure);
        return written.error();
    }
    for (std::size_t i = 0; i < added.size(); ++i) {
        added[i] = inFolder(std::move(added[i]), ownChairFolder());
        added[i].index = firstIndex + int(i);
    }
    return ChairImport{std::move(added), std::move(loadable.warnings)};
}

Status turnOwnChair(std::string_view id) {
    VITRINE_TRY(SalvagedChairs own, readOwnChairList());
    const auto found = std::ranges::find(own.chairs, id, &ChairEntry::id);
    if (found == own.chairs.end())
        return Error{ErrorCode::NotFound,
                     "There is no chair \"" + std::string(id) + "\" among your own chairs."};
    if (!found->archive.empty())
        return Error{ErrorCode::Unsupported, found->name + " stands as its library of furniture says."};
    ChairEntry turned;
    turnUp(turned);
    if (found->rotation == turned.rotation)
        found->rotation.clear();
    else
        turnUp(*found);
    return writeOwnChairList(own.chairs, own.damaged);
}

Result<std::vector<ChairEntry>> addOwnChairs(const fs::path& file,
                                             const ChairCatalogue& catalogue,
                                             std::string_view wanted) {
    VITRINE_TRY(ChairImport import, importOwnChairs(file, catalogue, {std::string(wanted), {}}));
    return std::move(import.chairs);
}

Result<ChairEntry> addOwnChair(const fs::path& file, const ChairCatalogue& catalogue) {
    VITRINE_TRY(const auto added, addOwnChairs(file, catalogue));
    return added.front();
}

}  // namespace vitrine
