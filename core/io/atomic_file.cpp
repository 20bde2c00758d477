// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "core/io/io_error.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

/// Some file systems refuse to sync a folder; its files are safe by then, so that is not an error.
void syncFolderOf(const fs::path& entry) {
    const fs::path folder = entry.has_parent_path() ? entry.parent_path() : fs::path(".");
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

/// A temporary file beside the target, removed unless it was renamed into place.
class TemporaryFile {
public:
    explicit TemporaryFile(const fs::path& target) : m_target(target) {
        m_name = (target.parent_path() / ".vitrine-XXXXXX").string();
        m_descriptor = mkostemp(m_name.data(), O_CLOEXEC);
        if (m_descriptor < 0) m_openError = errno;
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        if (m_descriptor >= 0) ::close(m_descriptor);
        if (m_openError == 0 && !m_renamed) ::unlink(m_name.c_str());
    }

    Status opened() const { return m_openError == 0 ? Status() : ioError(m_target, "Creating", m_openError); }

    Status append(std::span<const std::byte> bytes) {
        const int failure = writeAll(m_descriptor, bytes);
        return failure == 0 ? Status() : ioError(m_target, "Writing", failure);
    }

    Status moveIntoPlace() {
        // mkostemp makes the file private; a new file has the permissions that the user's mask says.
        const mode_t mask = ::umask(0);
        ::umask(mask);
        ::fchmod(m_descriptor, 0666 & ~mask);
        if (::fsync(m_descriptor) != 0) return ioError(m_target, "Writing", errno);
        const int closed = ::close(std::exchange(m_descriptor, -1));
        if (closed != 0) return ioError(m_target, "Writing", errno);
        if (::rename(m_name.c_str(), m_target.c_str()) != 0) return ioError(m_target, "Replacing", errno);
        m_renamed = true;
        syncFolderOf(m_target);
        return {};
    }

private:
    fs::path m_target;
    std::string m_name;
    int m_descriptor = -1;
    int m_openError = 0;
    bool m_renamed = false;
};

class ReadDescriptor {
public:
    explicit ReadDescriptor(const fs::path& file) : m_value(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ReadDescriptor(const ReadDescriptor&) = delete;
    ReadDescriptor& operator=(const ReadDescriptor&) = delete;
    ~ReadDescriptor() {
        if (m_value >= 0) ::close(m_value);
    }
    int value() const { return m_value; }

private:
    int m_value;
};

Error readError(const fs::path& file, int errorNumber) {
    if (errorNumber == ENOENT || errorNumber == ENOTDIR)
        return {ErrorCode::NotFound, "There is no file " + file.string() + "; check the name."};
    if (errorNumber == EISDIR)
        return {ErrorCode::Io, file.string() + " is a folder, not a file; choose a file in it."};
    return {ErrorCode::Io, "Cannot read " + file.string() + ": " + std::strerror(errorNumber) + "."};
}

/// Reads to the end into `content`, a container of bytes; refuses more than `maxBytes` whatever the size on
/// disk says.
template <class Container>
Status readInto(Container& content, const fs::path& file, std::size_t maxBytes) {
    const ReadDescriptor descriptor(file);
    if (descriptor.value() < 0) return readError(file, errno);
    struct stat info = {};
    if (::fstat(descriptor.value(), &info) != 0) return readError(file, errno);
    const Error tooLarge{
        ErrorCode::BadFormat,
        fmt::format("{} is too large (the limit is {} MiB).", file.string(), maxBytes >> 20)};
    if (info.st_size > 0 && std::size_t(info.st_size) > maxBytes) return tooLarge;
    // One byte more than announced: the read that follows then meets the end instead of growing the buffer.
    content.resize(info.st_size > 0 ? std::size_t(info.st_size) + 1 : std::size_t(1) << 16);
    std::size_t used = 0;
    for (;;) {
        if (used == content.size()) content.resize(content.size() * 2);
        const ssize_t got = ::read(descriptor.value(), content.data() + used, content.size() - used);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return readError(file, errno);
        if (got == 0) break;
        used += std::size_t(got);
        if (used > maxBytes) return tooLarge;
    }
    content.resize(used);
    return {};
}

}  // namespace

Status writeFileAtomically(const fs::path& file, const std::function<Status(const ByteSink&)>& write) {
    TemporaryFile temporary(file);
    VITRINE_CHECK(temporary.opened());
    VITRINE_CHECK(write([&](std::span<const std::byte> bytes) { return temporary.append(bytes); }));
    return temporary.moveIntoPlace();
}

Status writeFileAtomically(const fs::path& file, std::span<const std::byte> content) {
    return writeFileAtomically(file, [&](const ByteSink& sink) { return sink(content); });
}

Status writeFileAtomically(const fs::path& file, std::string_view content) {
    return writeFileAtomically(file, std::as_bytes(std::span(content.data(), content.size())));
}

Status appendToFile(const fs::path& file, std::string_view content) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0) return ioError(file, "Opening", errno);
    const off_t before = ::lseek(descriptor, 0, SEEK_END);
    int failure = writeAll(descriptor, std::as_bytes(std::span(content.data(), content.size())));
    if (failure != 0 && ::ftruncate(descriptor, before) != 0) failure = errno;
    if (::close(descriptor) != 0 && failure == 0) failure = errno;
    return failure == 0 ? Status() : ioError(file, "Writing", failure);
}

Status writeFileUnsynced(const fs::path& file, std::span<const std::byte> content) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) return ioError(file, "Creating", errno);
    int failure = writeAll(descriptor, content);
    if (::close(descriptor) != 0 && failure == 0) failure = errno;
    return failure == 0 ? Status() : ioError(file, "Writing", failure);
}

Status moveFolderIntoPlace(const fs::path& hidden, const fs::path& folder) {
    const int descriptor = ::open(hidden.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return ioError(folder, "Creating", errno);
    const int failure = ::syncfs(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (failure != 0) return ioError(folder, "Writing", failure);
    std::error_code error;
    if (!fs::exists(folder, error)) {
        if (::rename(hidden.c_str(), folder.c_str()) != 0) return ioError(folder, "Creating", errno);
    } else if (::renameat2(AT_FDCWD, hidden.c_str(), AT_FDCWD, folder.c_str(), RENAME_EXCHANGE) == 0) {
        fs::remove_all(hidden, error);
    } else {
        return ioError(folder, "Replacing", errno);
    }
    syncFolderOf(folder);
    return {};
}

Result<std::vector<std::byte>> readFile(const fs::path& file, std::size_t maxBytes) {
    std::vector<std::byte> content;
    VITRINE_CHECK(readInto(content, file, maxBytes));
    return content;
}

Result<std::string> readTextFile(const fs::path& file, std::size_t maxBytes) {
    std::string content;
    VITRINE_CHECK(readInto(content, file, maxBytes));
    return content;
}

}  // namespace vitrine
