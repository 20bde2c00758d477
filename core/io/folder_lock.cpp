// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace vitrine {

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder, const std::string& busy) {
    const int descriptor = ::open((folder / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return Error{ErrorCode::Io,
                     "Cannot write into " + folder.string() + ": " + std::strerror(errno) +
                         "; choose another folder."};
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) return Error{ErrorCode::Busy, busy};
    return lock;
}

FolderLock::~FolderLock() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

}  // namespace vitrine
