// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

enum class RunState {
    Preparing,  ///< reads the data, builds the network
    Training,
    Paused,
    Saving,
    NoSpace,      ///< waits for free disk space, and resumes automatically
    Done,         ///< at the planned end
    Stopped,      ///< before it, with a checkpoint
    Failed,       ///< `message` says why and what to do
    Interrupted,  ///< no process holds the run and none said goodbye: killed, crashed, switched off
    New           ///< never started
};
std::string nameOf(RunState state);  ///< "training"

/// Whether a process is at work on a run in this state.
bool isLive(RunState state);

/// How a run is doing: status.json in its folder, rewritten about once a second by the process that trains.
struct RunStatus {
    RunState state = RunState::New;
    std::string message;  ///< one sentence; for Failed and NoSpace: why, and what to do
    std::int64_t step = 0, totalSteps = 0;
    std::int64_t stage = 0, numStages = 0;  ///< stage counts from 0
    double epoch = 0;
    double imagesPerSecond = 0;
    double secondsLeft = -1;        ///< < 0: not known yet
    std::string device, precision;  ///< "CPU (2 threads)", "bf16"
    std::int64_t memoryMiB = 0;     ///< of the process, resident; on a GPU what the device holds
    std::int64_t peakMemoryMiB = 0;
    std::int64_t numParameters = 0;
    std::int64_t skippedSteps = 0;     ///< with a loss or gradient that was not finite
    std::int64_t checkpointStep = -1;  ///< newest checkpoint; -1 = none yet
    std::int64_t bestStep = -1;
    std::map<std::string, double> shares;  ///< of the time: data, forward, backward, optimiser; they sum to 1
    std::map<std::string, double> metrics;  ///< newest value of each
    std::int64_t pid = 0;
    double updated = 0;  ///< Units: seconds since 1970
};

/// What the front end requests of a run: control.json in its folder. A state, not a message: it may be
/// written at any time, by anyone, any number of times, and holds until it is changed. The process that
/// trains looks at it after every step.
struct RunControl {
    enum class Wanted { Train, Pause, Stop } wanted = Wanted::Train;
    std::int64_t totalSteps = 0;  ///< train up to here if that is beyond the plan; 0 = as planned
    std::int64_t saves = 0;       ///< raise it to have a checkpoint and a snapshot written now
    bool operator==(const RunControl&) const = default;
};

Result<RunControl> readControl(const std::filesystem::path& run);  ///< defaults where there is none
Status writeControl(const std::filesystem::path& run, const RunControl& control);

/// As written, but Interrupted where a live state has no process behind it. Errors: NotFound (not a run).
Result<RunStatus> readStatus(const std::filesystem::path& run);
Status writeStatus(const std::filesystem::path& run, const RunStatus& status);

}  // namespace vitrine
