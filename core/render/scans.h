// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/folders.h"
#include "core/base/result.h"
#include "core/data/chair_catalogue.h"
#include "core/render/mesh.h"

namespace vitrine {

/// Scanned chairs as training styles: the self-scanned models of Pix3D (Sun et al., CVPR 2018), or any folder
/// of GLB files. The files stay where they are; dataFolder()/scans.json lists them. Ids are "scan-NNN".
///
/// Every sixth scan is reserved: no network is trained on it, so that it can serve as an unseen chair. Only
/// trainings on knowledge transfer see some of its views.
inline constexpr std::uint64_t kReservedScanStep = 6;

struct ScanImport {
    std::vector<ChairEntry> scans;      ///< by their numbers; indices count from 0
    std::vector<std::string> problems;  ///< a sentence for each file that is left out
};

/// Lists the scans of a folder: `model/chair/SS_NNN/model.obj` of a Pix3D download, else the folder's own
/// .glb files whose names end in a number. Each mesh is loaded once; one that cannot be read is left out with
/// a sentence. The list replaces the one before. Errors: NotFound (no such folder, no scan in it), Io.
Result<ScanImport> importScans(const std::filesystem::path& folder);

/// What importScans() listed; none if nothing was imported yet. Errors: BadFormat.
Result<std::vector<ChairEntry>> loadScans();

/// The number of an entry that is a scan.
std::optional<std::uint64_t> scanNumber(const ChairEntry& entry);
inline bool isReservedScan(std::uint64_t number) {
    return number % kReservedScanStep == 0;
}

/// Scans come without materials: each part gets one of wood, metal, paint, plastic or cloth. The choice is a
/// function of the scan's number alone. `mesh` in the chair's frame.
void colourScan(Mesh& mesh, std::uint64_t number);

}  // namespace vitrine
