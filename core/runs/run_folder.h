// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/folders.h"
#include "core/base/result.h"

namespace vitrine {

/// A training run on disk: config.json, status.json, control.json, metrics.csv, TensorBoard events,
/// checkpoints/step-NNNNNNN/, previews/, histograms/, snapshot.safetensors (the newest average),
/// best.safetensors (that of the best score). Held by one process at a time.
class RunFolder {
public:
    /// Makes a new folder. Errors: InvalidArgument (it exists and is not empty), NoSpace, Io, Busy.
    static Result<RunFolder> create(const std::filesystem::path& folder, const std::string& configJson);
    /// Opens one to resume it. Errors: NotFound, BadFormat, Busy (another process trains it).
    static Result<RunFolder> open(const std::filesystem::path& folder);
    /// Whether a process holds it.
    static bool isHeld(const std::filesystem::path& folder);
    /// A name that does not exist yet, under dataFolder()/runs.
    static std::filesystem::path newName(const std::string& preset);

    const std::filesystem::path& path() const { return m_path; }
    Result<std::string> configJson() const;
    /// Puts a prolonged configuration in the place of the old. Errors: NoSpace, Io.
    Status replaceConfig(const std::string& configJson) const;

    /// Checkpoint folders that are complete, oldest first.
    std::vector<std::filesystem::path> checkpoints() const;
    std::filesystem::path checkpointPath(std::int64_t step) const;
    /// Removes all but the newest `keep` and that of `bestStep`, and what a killed process left half-written.
    void removeOldCheckpoints(std::size_t keep, std::int64_t bestStep) const;

    std::filesystem::path previewPath(std::int64_t step) const;
    std::filesystem::path snapshotPath() const { return m_path / "snapshot.safetensors"; }
    std::filesystem::path bestPath() const { return m_path / "best.safetensors"; }

    /// Appends rows to metrics.csv: step, time, name, value. Errors: NoSpace, Io; then nothing was added.
    Status appendMetrics(std::int64_t step, const std::map<std::string, double>& values) const;
    /// Drops metrics, previews and histograms after a step, which a resumed run makes again.
    Status truncateAfter(std::int64_t step) const;

private:
    struct Lock;
    RunFolder(std::filesystem::path path, std::shared_ptr<Lock> lock)
        : m_path(std::move(path)), m_lock(std::move(lock)) {}
    static Result<std::shared_ptr<Lock>> lock(const std::filesystem::path& folder);
    std::filesystem::path m_path;
    std::shared_ptr<Lock> m_lock;
};

/// step-0001200, step-0001200.png, step-0001200.json -> 1200; -1 for anything else.
std::int64_t stepOfName(const std::string& fileName);
/// The name of a step's file or folder, without an ending.
std::string nameOfStep(std::int64_t step);

}  // namespace vitrine
