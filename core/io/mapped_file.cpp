// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace vitrine {

Result<MappedFile> MappedFile::open(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR))
        return Error{ErrorCode::NotFound, "There is no file " + file.string() + "; check the name."};
    if (descriptor < 0)
        return Error{ErrorCode::Io, "Cannot open " + file.string() + ": " + std::strerror(errno) + "."};
    struct stat info = {};
    const bool isFile = ::fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode);
    const std::size_t length = isFile ? std::size_t(info.st_size) : 0;
    void* address = length > 0 ? ::mmap(nullptr, length, PROT_READ, MAP_SHARED, descriptor, 0) : MAP_FAILED;
    ::close(descriptor);
    if (address == MAP_FAILED)
        return Error{ErrorCode::BadFormat, file.string() + " is empty or no file; choose another one."};
    MappedFile mapped;
    mapped.m_bytes = {static_cast<const std::byte*>(address), length};
    return mapped;
}

MappedFile::~MappedFile() {
    if (!m_bytes.empty()) ::munmap(const_cast<std::byte*>(m_bytes.data()), m_bytes.size());
}

}  // namespace vitrine
