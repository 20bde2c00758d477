// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>

#include "core/base/result.h"
#include "core/io/event_message.h"

namespace vitrine {

/// Curves, pictures and histograms of one training process for TensorBoard, in a new file
/// events.out.tfevents.TIME.HOST whose name sorts behind those in the folder.
/// Each call appends one whole record: a process killed at any instant leaves the earlier ones readable, and
/// a call that fails leaves the file as it was, so that the next may succeed. A run that resumes opens a new
/// file. Thread: one at a time.
class EventFile {
public:
    /// `firstStep`: the first step that this process measures, 0 in a new run; readers forget it and later
    /// ones of the files before. Errors: NoSpace, Io: a sentence that names the file (no such folder, not
    /// allowed).
    static Result<EventFile> create(const std::filesystem::path& folder, std::int64_t firstStep = 0);
    EventFile(EventFile&& other) noexcept;
    EventFile& operator=(EventFile&& other) noexcept;
    ~EventFile();

    const std::filesystem::path& path() const { return m_path; }

    /// Kept as float32. Errors: NonFinite (also what float32 cannot hold), NoSpace, Io.
    Status scalar(std::int64_t step, const std::string& tag, double value);
    /// Several values of one step in one record, so that all of them are there or none.
    Status scalars(std::int64_t step, const std::map<std::string, double>& values);
    /// `png`: a whole PNG file, such as encodePng() makes; its size is read out of it. Errors: BadFormat,
    /// NoSpace, Io.
    Status image(std::int64_t step, const std::string& tag, std::span<const std::byte> png);
    /// Errors: NonFinite, InvalidArgument (limits that do not rise, or another number of buckets), NoSpace,
    /// Io.
    Status histogram(std::int64_t step, const std::string& tag, const HistogramData& data);
    /// Waits until all is on the disk, so that a power cut cannot lose it. Errors: Io.
    Status flush();

private:
    EventFile(std::filesystem::path path, int descriptor);
    Status append(const std::string& event);
    Status dropTornRecord();
    std::filesystem::path m_path;
    int m_descriptor = -1;
    std::int64_t m_size = 0;  ///< of the whole records
    bool m_torn = false;      ///< part of a record that could not be written is still behind them
};

}  // namespace vitrine
