// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/scans.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "core/base/folders.h"
#include "core/data/catalogue_json.h"
#include "core/data/style_ids.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kScanArchive = "(scan)", kSelfScanned = "SS_";
constexpr float kPix3dTurnDeg = 180;  // Pix3D's models face -z

fs::path scanListFile() {
    return dataFolder() / "scans.json";
}

/// The number that a name ends in.
std::optional<std::uint64_t> trailingNumber(std::string_view name) {
    const std::size_t last = name.find_last_not_of("0123456789");
    const std::string_view digits = name.substr(last == std::string_view::npos ? 0 : last + 1);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc() && number < 100'000 ? std::optional(number) : std::nullopt;
}

struct ScanFiles {
    std::map<std::uint64_t, fs::path> byNumber;
    std::vector<std::string> problems;
    float turnDeg = 0;

    void add(const std::string& name, const fs::path& file) {
        const auto number = trailingNumber(name);
        if (!number)
            problems.push_back(file.string() + " is left out: its name does not end in a number.");
        else if (const auto [twin, isNew] = byNumber.emplace(*number, file); !isNew)
            problems.push_back(file.string() + " is left out: its number is that of " +
                               twin->second.string() + ".");
    }
};

std::vector<fs::path> sortedFiles(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code failure;
    for (fs::directory_iterator it(folder, failure), end; !failure && it != end; it.increment(failure))
        entries.push_back(it->path());
    std::sort(entries.begin(), entries.end());
    return entries;
}

/// Pix3D also holds catalogue models of a furniture maker; those are no scans.
ScanFiles findPix3d(const fs::path& chairs) {
    ScanFiles found;
    found.turnDeg = kPix3dTurnDeg;
    std::error_code failure;
    for (const fs::path& folder : sortedFiles(chairs)) {
        const std::string name = folder.filename().string();
        if (name.starts_with(kSelfScanned) && fs::is_regular_file(folder / "model.obj", failure))
            found.add(name, folder / "model.obj");
    }
    return found;
}

ScanFiles findGlbFiles(const fs::path& folder) {
    ScanFiles found;
    for (const fs::path& file : sortedFiles(folder))
        if (file.extension() == ".glb") found.add(file.stem().string(), file);
    return found;
}

ScanFiles findScans(const fs::path& folder) {
    std::error_code failure;
    const fs::path chairs = folder / "model" / "chair";
    return fs::is_directory(chairs, failure) ? findPix3d(chairs) : findGlbFiles(folder);
}

ChairEntry entryOf(std::uint64_t number, const fs::path& file, float turnDeg) {
    ChairEntry entry;
    entry.id = fmt::format("scan-{:03}", number);
    entry.name = fmt::format("Scanned chair {}", number);
    entry.type = "chair";
    entry.creator = "Pix3D (Sun et al. 2018)";
    entry.licence = "CC-BY-4.0";
    entry.archive = kScanArchive;
    entry.model = file.string();
    entry.turnDeg = turnDeg;
    entry.split = isReservedScan(number) ? Split::Test : Split::Train;
    return entry;
}

}  // namespace

Result<ScanImport> importScans(const fs::path& folder) {
    std::error_code failure;
    const fs::path absolute = fs::absolute(folder, failure);
    if (!fs::is_directory(absolute, failure))
        return Error{ErrorCode::NotFound, "There is no folder " + folder.string() + "; check the name."};
    ScanFiles files = findScans(absolute);
    ScanImport import;
    import.problems = std::move(files.problems);
    for (const auto& [number, file] : files.byNumber) {
        ChairEntry entry = entryOf(number, file, files.turnDeg);
        if (const auto mesh = loadMesh(entry); !mesh) {
            import.problems.push_back(entry.id + " is left out: " + mesh.error().message);
            continue;
        }
        entry.index = int(import.scans.size());
        import.scans.push_back(std::move(entry));
    }
    if (import.scans.empty())
        return Error{ErrorCode::NotFound,
                     folder.string() +
                         " holds no scanned chair that can be read: neither model/chair/SS_NNN/model.obj, as "
                         "Pix3D has them, nor .glb files whose names end in a number." +
                         (import.problems.empty() ? "" : " " + import.problems.front())};
    fs::create_directories(dataFolder(), failure);
    VITRINE_CHECK(writeChairList(scanListFile(), import.scans));
    return import;
}

Result<std::vector<ChairEntry>> loadScans() {
    std::error_code ignored;
    if (!fs::exists(scanListFile(), ignored)) return std::vector<ChairEntry>();
    return readChairList(scanListFile());
}

std::optional<std::uint64_t> scanNumber(const ChairEntry& entry) {
    return entry.archive == kScanArchive && isScanId(entry.id) ? trailingNumber(entry.id) : std::nullopt;
}

}  // namespace vitrine
