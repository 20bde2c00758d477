// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/child_process.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <optional>
#include <string_view>

namespace vitrine {
namespace {

using Clock = std::chrono::steady_clock;

constexpr char kValue = 'v', kError = 'e';

Error brokenOff(const std::string& subject, const std::string& how) {
    return {ErrorCode::BadFormat,
            "Reading " + subject + " " + how + "; nothing was added. Try a simpler mesh."};
}

std::string packed(const Result<std::string>& result) {
    if (result) return kValue + *result;
    return std::string{kError, char(result.error().code)} + result.error().message + '\0' +
           result.error().detail;
}

std::optional<Result<std::string>> unpacked(const std::string& bytes) {
    if (bytes.starts_with(kValue)) return bytes.substr(1);
    const std::size_t end = bytes.find('\0', 2);
    if (!bytes.starts_with(kError) || end == bytes.npos) return std::nullopt;
    return Error{ErrorCode(bytes[1]), bytes.substr(2, end - 2), bytes.substr(end + 1)};
}

Result<std::string> guarded(const std::function<Result<std::string>()>& work) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory, "There is not enough memory; close other programs."};
    } catch (const std::exception& error) {
        return Error{ErrorCode::Internal, std::string("Internal error: ") + error.what()};
    }
}

[[noreturn]] void workAndEnd(const std::function<Result<std::string>()>& work, int pipe, pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) std::_Exit(1);  // it ended before the line above
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, SIG_DFL);
    const std::string bytes = packed(guarded(work));
    for (std::string_view rest = bytes; !rest.empty();) {
        const ssize_t written = ::write(pipe, rest.data(), rest.size());
        if (written < 0 && errno != EINTR) std::_Exit(1);
        if (written > 0) rest.remove_prefix(std::size_t(written));
    }
    std::_Exit(0);
}

enum class Ending { Closed, TooLong, Interrupted };

/// Reads until the other side is closed.
Ending readAll(int pipe, Clock::time_point end, std::string& bytes) {
    char block[4096];
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        if (left <= 0) return Ending::TooLong;
        pollfd entry{pipe, POLLIN, 0};
        const int ready = ::poll(&entry, 1, int(left));
        if (ready < 0 && errno == EINTR) return Ending::Interrupted;
        if (ready <= 0) continue;
        const ssize_t count = ::read(pipe, block, sizeof block);
        if (count <= 0) return Ending::Closed;
        bytes.append(block, std::size_t(count));
    }
}

}  // namespace

Result<std::string> runInChild(const std::function<Result<std::string>()>& work,
                               const std::string& subject,
                               std::chrono::seconds limit) {
    int ends[2];
    if (::pipe(ends) != 0)
        return Error{ErrorCode::Internal, std::string("No pipe can be made: ") + std::strerror(errno) + "."};
    const pid_t parent = ::getpid(), child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        workAndEnd(work, ends[1], parent);
    }
    ::close(ends[1]);
    std::string bytes;
    const Ending ending = child < 0 ? Ending::Closed : readAll(ends[0], Clock::now() + limit, bytes);
    ::close(ends[0]);
    if (child < 0)
        return Error{ErrorCode::Internal,
                     std::string("No process can be started: ") + std::strerror(errno) + "."};
    if (ending != Ending::Closed) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (ending == Ending::TooLong)
        return brokenOff(subject, fmt::format("took more than {} s and was stopped", limit.count()));
    if (ending == Ending::Interrupted)
        return Error{ErrorCode::Internal, "Reading " + subject + " was cancelled; nothing was added."};
    if (WIFSIGNALED(status))
        return brokenOff(subject, std::string("crashed (") + ::strsignal(WTERMSIG(status)) + ")");
    if (auto result = unpacked(bytes)) return *result;
    return brokenOff(subject, "crashed");
}

}  // namespace vitrine
