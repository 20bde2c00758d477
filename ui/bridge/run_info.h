// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>
#include <QString>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/runs/run_list.h"

namespace vitrine {

/// A run as its folder says at one moment, and what can be done with it then. Nothing here is remembered:
/// another window, or the next start of this one, reads the same.
struct RunInfo {
    RunSummary summary;
    RunControl control;        ///< what was last wished for
    bool hasSnapshot = false;  ///< weights to open elsewhere
    bool starting = false;     ///< a helper of ours has begun and doesn't hold the run yet

    const std::filesystem::path& path() const { return summary.path; }
    QString name() const { return QString::fromStdString(summary.name); }
    bool isLive() const { return vitrine::isLive(summary.status.state); }
    bool operator==(const RunInfo& other) const;
};

/// What is shown as a run's state: what the folder says, with what was wished for and hasn't happened yet.
enum class RunPhase {
    Broken,
    Starting,
    Preparing,
    Training,
    Pausing,
    Paused,
    Resuming,
    Saving,
    NoSpace,
    Stopping,
    Done,
    Stopped,
    Failed,
    Interrupted,
    New
};
RunPhase phaseOf(const RunInfo& run);
QString nameOf(RunPhase phase);  ///< "Training"
/// Whether steps are being taken: only then do speed and time left say something.
bool advances(const RunInfo& run);

enum class RunAction {
    Start,
    Pause,
    Resume,
    Stop,
    SaveNow,
    Extend,
    Branch,
    Rename,
    Discard,
    Notes,
    OpenSnapshot
};
/// Whether an action does something sensible now.
bool allows(const RunInfo& run, RunAction action);

/// What a followed run has recorded so far. Thread: a value.
struct RunRecord {
    std::map<std::string, QList<QPointF>> metrics;  ///< x = step
    std::vector<std::int64_t> previews;             ///< steps, ascending
    std::vector<std::int64_t> histograms;
    bool loaded = false;
};

std::filesystem::path previewFile(const std::filesystem::path& run, std::int64_t step);

}  // namespace vitrine
