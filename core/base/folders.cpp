// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/folders.h"

#include <cstdlib>

namespace vitrine {
namespace {

std::filesystem::path fromEnvironment(const char* name) {
    const char* value = std::getenv(name);
    return value ? std::filesystem::path(value) : std::filesystem::path();
}

std::filesystem::path userFolder(const char* own, const char* xdg, const char* belowHome) {
    if (const auto folder = fromEnvironment(own); !folder.empty()) return folder;
    if (const auto folder = fromEnvironment(xdg); folder.is_absolute()) return folder / "vitrine";
    const auto home = fromEnvironment("HOME");
    return (home.empty() ? std::filesystem::temp_directory_path() : home / belowHome) / "vitrine";
}

/// Below VITRINE_RESOURCES if that is set; else beside the installed program, else in the source tree.
std::filesystem::path sharedFolder(const char* name) {
    if (const auto folder = fromEnvironment("VITRINE_RESOURCES"); !folder.empty()) return folder / name;
    std::error_code failure;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failure);
    if (!failure) {
        const auto installed = program.parent_path().parent_path() / "share" / "vitrine" / name;
        if (std::filesystem::is_directory(installed, failure)) return installed;
    }
    return std::filesystem::path(VITRINE_SOURCE_DIR) / name;
}

}  // namespace

std::filesystem::path resourceFolder() {
    return sharedFolder("resources");
}
std::filesystem::path modelFolder() {
    return sharedFolder("models");
}
std::filesystem::path cacheFolder() {
    return userFolder("VITRINE_CACHE", "XDG_CACHE_HOME", ".cache");
}
std::filesystem::path dataFolder() {
    return userFolder("VITRINE_DATA", "XDG_DATA_HOME", ".local/share");
}

}  // namespace vitrine
