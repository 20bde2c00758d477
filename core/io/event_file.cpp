// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/event_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>
#include <utility>

#include "core/io/io_error.h"
#include "core/io/tf_record.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "events.out.tfevents.";

/// Seconds since 1970.
double now() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string hostName() {
    char name[256] = {};
    if (::gethostname(name, sizeof name - 1) != 0 || name[0] == '\0') return "localhost";
    return name;
}

/// The time in the name of the newest event file of the folder; 0 without any.
std::int64_t newestTime(const fs::path& folder) {
    std::int64_t newest = 0;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename();
        std::int64_t time = 0;
        if (!name.starts_with(kPrefix)) continue;
        std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), time);
        newest = std::max(newest, time);
    }
    return newest;
}

/// Readers take the files of a folder in the order of their names, so a second one within the same second, or
/// after the clock was set back, goes behind the newest.
fs::path nameFor(const fs::path& folder) {
    const std::int64_t time = std::max(std::int64_t(now()), newestTime(folder) + 1);
    return folder / fmt::format("{}{}.{}", kPrefix, time, hostName());
}

bool fitsFloat(double value) {
    return std::abs(value) <= double(std::numeric_limits<float>::max());
}

std::uint32_t bigEndian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (char byte : bytes.substr(0, 4)) number = number << 8 | std::uint8_t(byte);
    return number;
}

/// Looks at the signature and the header chunk, which comes first in each PNG.
Result<EventImage> describePng(std::string_view png) {
    constexpr std::string_view kStart("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    if (png.size() < 33 || !png.starts_with(kStart))
        return Error{ErrorCode::BadFormat, "A picture for the event file is not a PNG; encode it first."};
    constexpr int kChannelsOfType[] = {1, 0, 3, 3, 2, 0, 4};
    const auto type = std::uint8_t(png[25]);
    return EventImage{int(bigEndian(png.substr(16))),
                      int(bigEndian(png.substr(20))),
                      type < 7 ? kChannelsOfType[type] : 0,
                      png};
}

Status checkHistogram(const std::string& tag, const HistogramData& data) {
    for (double value : {data.min, data.max, data.num, data.sum, data.sumSquares})
        if (!std::isfinite(value))
            return Error{ErrorCode::NonFinite, "The histogram " + tag + " holds values that are not finite."};
    const auto& limits = data.bucketLimits;
    const bool rises = std::adjacent_find(limits.begin(), limits.end(), std::greater_equal()) == limits.end();
    if (!rises || limits.size() != data.buckets.size())
        return Error{ErrorCode::InvalidArgument,
                     "The histogram " + tag + " needs rising limits and as many counts."};
    return {};
}

}  // namespace

EventFile::EventFile(fs::path path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) {}

EventFile::EventFile(EventFile&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_size(other.m_size),
      m_torn(other.m_torn) {}

EventFile& EventFile::operator=(EventFile&& other) noexcept {
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_size, other.m_size);
    std::swap(m_torn, other.m_torn);
    return *this;
}

EventFile::~EventFile() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

Result<EventFile> EventFile::create(const fs::path& folder, std::int64_t firstStep) {
    fs::path path;
    int descriptor = -1;
    do {
        path = nameFor(folder);
        descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666);
    } while (descriptor < 0 && errno == EEXIST);
    if (descriptor < 0) return ioError(path, "Creating", errno);

    // A new run says that it starts, too: readers take only the second start of a folder for a resumption.
    EventFile file(path, descriptor);
    Status status = file.append(event_message::fileVersion(now()));
    if (status) status = file.append(event_message::sessionStart(now(), firstStep));
    if (status) return file;
    ::unlink(path.c_str());
    return status.error();
}

Status EventFile::append(const std::string& event) {
    VITRINE_CHECK(dropTornRecord());
    const std::string record = frameRecord(event);
    const int failure = writeAll(m_descriptor, std::as_bytes(std::span(record)));
    if (failure == 0) {
        m_size += std::int64_t(record.size());
        return {};
    }
    m_torn = true;
    static_cast<void>(dropTornRecord());  // if this fails too, the next call tries again first
    return ioError(m_path, "Writing", failure);
}

/// Readers see nothing behind a record that is torn.
Status EventFile::dropTornRecord() {
    if (m_torn && ::ftruncate(m_descriptor, m_size) != 0) return ioError(m_path, "Writing", errno);
    m_torn = false;
    return {};
}

Status EventFile::scalar(std::int64_t step, const std::string& tag, double value) {
    return scalars(step, {{tag, value}});
}

Status EventFile::scalars(std::int64_t step, const std::map<std::string, double>& values) {
    for (const auto& [tag, value] : values)
        if (!fitsFloat(value))
            return Error{ErrorCode::NonFinite,
                         fmt::format("The value of {} at step {} is not finite.", tag, step)};
    return append(event_message::scalars(now(), step, values));
}

Status EventFile::image(std::int64_t step, const std::string& tag, std::span<const std::byte> png) {
    VITRINE_TRY(const auto described, describePng({reinterpret_cast<const char*>(png.data()), png.size()}));
    return append(event_message::image(now(), step, tag, described));
}

Status EventFile::histogram(std::int64_t step, const std::string& tag, const HistogramData& data) {
    VITRINE_CHECK(checkHistogram(tag, data));
    return append(event_message::histogram(now(), step, tag, data));
}

Status EventFile::flush() {
    return ::fsync(m_descriptor) == 0 ? Status() : ioError(m_path, "Writing", errno);
}

}  // namespace vitrine
