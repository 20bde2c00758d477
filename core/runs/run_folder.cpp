// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstring>
#include <ctime>
#include <fstream>
#include <sstream>
#include <thread>

#include "core/data/chair_catalogue.h"
#include "core/io/atomic_file.h"
#include "core/runs/run_list.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMetricsHeader = "step,time,metric,value\n";

Error ioError(const fs::path& path, const std::string& what, const std::error_code& reason = {}) {
    return {
        ErrorCode::Io,
        "Could not " + what + " " + path.string() + (reason ? ": " + reason.message() : std::string()) + "."};
}

constexpr int kLockTries = 20;
constexpr auto kLockPause = std::chrono::milliseconds(10);

double secondsSince1970() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// Whatever a folder holds of steps after `step` goes.
void removeStepsAfter(const fs::path& folder, std::int64_t step) {
    std::error_code fault;
    for (const auto& entry : fs::directory_iterator(folder, fault))
        if (stepOfName(entry.path().filename()) > step) fs::remove_all(entry.path(), fault);
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
    // isHeld() takes the lock for an instant, shared: that is not a process at work.
    for (int attempt = 0; ::flock(lock->descriptor, LOCK_EX | LOCK_NB) != 0; ++attempt) {
        if (attempt == kLockTries)
            return Error{ErrorCode::Busy,
                         "Another process is training in " + folder.string() +
                             "; stop it first, or start a run of your own."};
        std::this_thread::sleep_for(kLockPause);
    }
    return lock;
}

bool RunFolder::isHeld(const fs::path& folder) {
    Lock probe;
    probe.descriptor = ::open((folder / ".lock").c_str(), O_RDONLY | O_CLOEXEC);
    return probe.descriptor >= 0 && ::flock(probe.descriptor, LOCK_SH | LOCK_NB) != 0;
}

Result<RunFolder> RunFolder::create(const fs::path& folder, const std::string& configJson) {
    std::error_code error;
    // A folder without config.json is one that a killed process had only begun to make.
    const bool begun =
        fs::exists(folder / "checkpoints", error) && !fs::exists(folder / "config.json", error);
    if (fs::exists(folder, error) && !fs::is_empty(folder, error) && !begun)
        return Error{ErrorCode::InvalidArgument,
                     "The run folder " + folder.string() +
                         " already exists; choose another, or resume it with --resume."};
    for (const char* part : {"checkpoints", "previews", "histograms"}) {
        fs::create_directories(folder / part, error);
        if (error) return ioError(folder / part, "make the folder", error);
    }
    VITRINE_TRY(auto held, lock(folder));
    VITRINE_CHECK(writeFileAtomically(folder / "metrics.csv", std::string_view(kMetricsHeader)));
    VITRINE_CHECK(writeFileAtomically(folder / "config.json", std::string_view(configJson)));
    return RunFolder(folder, held);
}

Result<RunFolder> RunFolder::open(const fs::path& folder) {
    std::error_code missing;
    if (!fs::exists(folder / "config.json", missing))
        return Error{ErrorCode::NotFound,
                     "There is no training run in " + folder.string() + " (it has no config.json)."};
    VITRINE_TRY(auto held, lock(folder));
    return RunFolder(folder, held);
}

fs::path RunFolder::newName(const std::string& preset) {
    char day[32];
    const std::time_t now = std::time(nullptr);
    std::strftime(day, sizeof day, "%Y-%m-%d", std::localtime(&now));
    const fs::path runs = runsFolder();
    std::error_code missing;
    for (int number = 1;; ++number)
        if (const auto name = runs / fmt::format("chairs-{}-{}-{}", preset, day, number);
            !fs::exists(name, missing))
            return name;
}

Result<std::string> RunFolder::configJson() const {
    return readTextFile(m_path / "config.json");
}

std::vector<fs::path> RunFolder::checkpoints() const {
    std::vector<fs::path> folders;
    for (const auto step : checkpointSteps(m_path)) folders.push_back(checkpointPath(step));
    return folders;
}

fs::path RunFolder::checkpointPath(std::int64_t step) const {
    return m_path / "checkpoints" / nameOfStep(step);
}

void RunFolder::removeOldCheckpoints(std::size_t keep, std::int64_t bestStep) const {
    std::error_code error;
    const auto complete = checkpoints();
    for (std::size_t i = 0; i + keep < complete.size(); ++i)
        if (stepOfName(complete[i].filename()) != bestStep) fs::remove_all(complete[i], error);
    for (const auto& entry : fs::directory_iterator(m_path / "checkpoints", error))
        if (!fs::exists(entry.path() / "state.safetensors", error) && !error)
            fs::remove_all(entry.path(), error);
}

fs::path RunFolder::previewPath(std::int64_t step) const {
    return m_path / "previews" / (nameOfStep(step) + ".png");
}

Status RunFolder::replaceConfig(const std::string& configJson) const {
    return writeFileAtomically(m_path / "config.json", std::string_view(configJson));
}

Status RunFolder::appendMetrics(std::int64_t step, const std::map<std::string, double>& values) const {
    std::ostringstream rows;
    rows.precision(9);
    const std::string time = fmt::format("{:.2f}", secondsSince1970());
    for (const auto& [name, value] : values)
        if (std::isfinite(value)) rows << step << ',' << time << ',' << name << ',' << value << '\n';
    return appendToFile(m_path / "metrics.csv", rows.str());
}

Status RunFolder::truncateAfter(std::int64_t step) const {
    removeStepsAfter(m_path / "previews", step);
    removeStepsAfter(m_path / "histograms", step);
    std::ifstream file(m_path / "metrics.csv");
    std::string kept = kMetricsHeader, line;
    bool cut = !std::getline(file, line) || line + "\n" != kMetricsHeader;
    while (std::getline(file, line)) {
        std::int64_t at = 0;
        const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), at);
        const bool whole =
            error == std::errc() && end != line.data() + line.size() && *end == ',' && !file.eof();
        if (whole && at <= step)
            kept += line + "\n";
        else
            cut = true;
    }
    return cut ? writeFileAtomically(m_path / "metrics.csv", std::string_view(kept)) : Status();
}

std::int64_t stepOfName(const std::string& name) {
    constexpr std::string_view prefix = "step-";
    std::int64_t step = -1;
    if (!name.starts_with(prefix)) return -1;
    const char* const stop = name.data() + name.size();
    const auto [end, error] = std::from_chars(name.data() + prefix.size(), stop, step);
    return error == std::errc() && (end == stop || *end == '.') ? step : -1;
}

std::string nameOfStep(std::int64_t step) {
    return fmt::format("step-{:07}", step);
}

}  // namespace vitrine
