// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>

#include "core/data/chair_catalogue.h"
#include "core/io/atomic_file.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMetricsHeader = "step,metric,value\n";

Error ioError(const fs::path& path, const std::string& what, const std::error_code& reason = {}) {
    return {ErrorCode::Io, "Could not " + what + " " + path.string() + (reason ? ": " + reason.message() : std::string()) + "."};
}

/// step-0001200 -> 1200; -1 for anything else.
std::int64_t stepOf(const fs::path& folder) {
    const std::string name = folder.filename();
    std::int64_t step = -1;
    if (!name.starts_with("step-")) return -1;
    const auto [end, error] = std::from_chars(name.data() + 5, name.data() + name.size(), step);
    return error == std::errc() && end == name.data() + name.size() ? step : -1;
}

std::string sevenDigits(std::int64_t step) {
    char text[32];
    std::snprintf(text, sizeof text, "%07lld", static_cast<long long>(step));
    return text;
}

}  // namespace

struct RunFolder::Lock {
    int descriptor = -1;
    ~Lock() {
        if (descriptor >= 0) ::close(descriptor);
    }
};

Result<std::shared_ptr<RunFolder::Lock>> RunFolder::lock(const fs::path& folder) {
    auto lock = std::make_shared<Lock>();
    const fs::path file = folder / ".lock";
    lock->descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
    if (lock->descriptor < 0) return ioError(file, "write", std::error_code(errno, std::generic_category()));
    if (::flock(lock->descriptor, LOCK_EX | LOCK_NB) != 0)
        return Error{ErrorCode::Busy, "Another process is training in " + folder.string() + "; stop it first, or start a run of your own."};
    return lock;
}

Result<RunFolder> RunFolder::create(const fs::path& folder, const std::string& configJson) {
    std::error_code error;
    // A folder without config.json is one that a killed process had only begun to make.
    const bool begun = fs::exists(folder / "checkpoints", error) && !fs::exists(folder / "config.json", error);
    if (fs::exists(folder, error) && !fs::is_empty(folder, error) && !begun)
        return Error{ErrorCode::InvalidArgument, "The run folder " + folder.string() + " exists already; choose another, or go on with it by --resume."};
    for (const char* part : {"checkpoints", "previews"}) {
        fs::create_directories(folder / part, error);
        if (error) return ioError(folder / part, "make the folder", error);
    }
    VITRINE_TRY(auto held, lock(folder));
    VITRINE_CHECK(writeFileAtomically(folder / "metrics.csv", std::string_view(kMetricsHeader)));
    VITRINE_CHECK(writeFileAtomically(folder / "config.json", std::string_view(configJson)));
    return RunFolder(folder, held);
}

Result<RunFolder> RunFolder::open(const fs::path& folder) {
    if (!fs::exists(folder / "config.json"))
        return Error{ErrorCode::NotFound, "There is no training run in " + folder.string() + " (it has no config.json)."};
    VITRINE_TRY(auto held, lock(folder));
    return RunFolder(folder, held);
}

fs::path RunFolder::newName(const std::string& preset) {
    char day[32];
    const std::time_t now = std::time(nullptr);
    std::strftime(day, sizeof day, "%Y-%m-%d", std::localtime(&now));
    const fs::path runs = dataFolder() / "runs";
    for (int number = 1;; ++number)
        if (const auto name = runs / ("chairs-" + preset + "-" + day + "-" + std::to_string(number)); !fs::exists(name)) return name;
}

Result<std::string> RunFolder::configJson() const { return readTextFile(m_path / "config.json"); }

std::vector<fs::path> RunFolder::checkpoints() const {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(m_path / "checkpoints", error))
        if (stepOf(entry.path()) >= 0 && fs::exists(entry.path() / "state.safetensors")) found.push_back(entry.path());
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return stepOf(a) < stepOf(b); });
    return found;
}

fs::path RunFolder::checkpointPath(std::int64_t step) const { return m_path / "checkpoints" / ("step-" + sevenDigits(step)); }

void RunFolder::removeOldCheckpoints(std::size_t keep) const {
    std::error_code error;
    const auto complete = checkpoints();
    for (std::size_t i = 0; i + keep < complete.size(); ++i) fs::remove_all(complete[i], error);
    for (const auto& entry : fs::directory_iterator(m_path / "checkpoints", error))
        if (!fs::exists(entry.path() / "state.safetensors")) fs::remove_all(entry.path(), error);
}

fs::path RunFolder::previewPath(std::int64_t step) const { return m_path / "previews" / ("step-" + sevenDigits(step) + ".png"); }

Status RunFolder::appendMetrics(std::int64_t step, const std::map<std::string, double>& values) const {
    std::ostringstream rows;
    rows.precision(9);
    for (const auto& [name, value] : values) rows << step << ',' << name << ',' << value << '\n';
    std::ofstream file(m_path / "metrics.csv", std::ios::app);
    file << rows.str() << std::flush;
    if (!file) return ioError(m_path / "metrics.csv", "write");
    return {};
}

Status RunFolder::truncateMetrics(std::int64_t step) const {
    std::ifstream file(m_path / "metrics.csv");
    std::string kept = kMetricsHeader, line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::int64_t at = 0;
        const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), at);
        if (error == std::errc() && end != line.data() + line.size() && *end == ',' && at <= step) kept += line + "\n";
    }
    return writeFileAtomically(m_path / "metrics.csv", std::string_view(kept));
}

}  // namespace vitrine
