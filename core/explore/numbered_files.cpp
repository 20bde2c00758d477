// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/numbered_files.h"

#include <cstdio>

namespace vitrine {

Status makeFolder(const std::filesystem::path& folder) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (!failure) return {};
    return Error{ErrorCode::Io,
                 "The folder " + folder.string() + " cannot be made: " + failure.message() + "."};
}

std::string numberedName(const char* what, std::size_t index) {
    char name[32];
    std::snprintf(name, sizeof name, "%s-%03zu.png", what, index);
    return name;
}

}  // namespace vitrine
