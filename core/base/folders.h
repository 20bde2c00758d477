// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace vitrine {

/// Folder of resources/ (beside the program, or in the source tree); models/ likewise.
std::filesystem::path resourceFolder();
std::filesystem::path modelFolder();
/// ~/.cache/vitrine (renders, packed sets) and ~/.local/share/vitrine (own chairs, runs), both overridable:
/// VITRINE_CACHE, VITRINE_DATA.
std::filesystem::path cacheFolder();
std::filesystem::path dataFolder();

}  // namespace vitrine
