// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/io_error.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace vitrine {

Error ioError(const std::filesystem::path& file, const char* doing, int errorNumber) {
    const std::string detail = std::string(doing) + ": " + std::strerror(errorNumber);
    if (errorNumber == ENOSPC || errorNumber == EDQUOT || errorNumber == EFBIG)
        return {
            ErrorCode::NoSpace,
            "There is no room left to write " + file.string() + "; free some space or choose another disk.",
            detail};
    std::string message = std::string(doing) + " " + file.string() + " failed: " + std::strerror(errorNumber);
    if (errorNumber == EACCES || errorNumber == EPERM || errorNumber == EROFS)
        message =
            "Not allowed to write " + file.string() + "; choose another folder or change its permissions.";
    else if (errorNumber == ENOENT || errorNumber == ENOTDIR)
        message = "The folder of " + file.string() + " does not exist; create it first.";
    return {ErrorCode::Io, std::move(message), detail};
}

int writeAll(int descriptor, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes = bytes.subspan(std::size_t(written));
    }
    return 0;
}

}  // namespace vitrine
