// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// A training run on disk: config.json, metrics.csv, checkpoints/step-NNNNNNN/, previews/, snapshot.safetensors.
/// Held by one process at a time.
class RunFolder {
public:
    /// Makes a new folder. Errors: InvalidArgument (it exists and is not empty), Io, Busy.
    static Result<RunFolder> create(const std::filesystem::path& folder, const std::string& configJson);
    /// Opens one to go on. Errors: NotFound, BadFormat, Busy (another process trains it).
    static Result<RunFolder> open(const std::filesystem::path& folder);
    /// A name that does not exist yet, under dataFolder()/runs.
    static std::filesystem::path newName(const std::string& preset);

    const std::filesystem::path& path() const { return m_path; }
    Result<std::string> configJson() const;

    /// Checkpoint folders that are complete, oldest first.
    std::vector<std::filesystem::path> checkpoints() const;
    std::filesystem::path checkpointPath(std::int64_t step) const;
    /// Removes all but the newest `keep`, and what a killed process left half-written.
    void removeOldCheckpoints(std::size_t keep) const;

    std::filesystem::path previewPath(std::int64_t step) const;
    std::filesystem::path snapshotPath() const { return m_path / "snapshot.safetensors"; }

    /// Appends a row to metrics.csv: step, name, value. Errors: Io.
    Status appendMetrics(std::int64_t step, const std::map<std::string, double>& values) const;
    /// Drops metrics after a step, which a resumed run measures again.
    Status truncateMetrics(std::int64_t step) const;

private:
    struct Lock;
    RunFolder(std::filesystem::path path, std::shared_ptr<Lock> lock) : m_path(std::move(path)), m_lock(std::move(lock)) {}
    static Result<std::shared_ptr<Lock>> lock(const std::filesystem::path& folder);
    std::filesystem::path m_path;
    std::shared_ptr<Lock> m_lock;
};

}  // namespace vitrine
