// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "core/base/result.h"

namespace vitrine {

/// Held while a process works in a folder; the system lets go of it however the process ends.
class FolderLock {
public:
    /// `busy`: what to say when another process holds it. Errors: Io, Busy.
    static Result<FolderLock> take(const std::filesystem::path& folder, const std::string& busy);
    FolderLock(FolderLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

}  // namespace vitrine
