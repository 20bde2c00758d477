// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/folders.h"
#include "core/base/result.h"
#include "core/runs/run_status.h"

namespace vitrine {

/// A run as a row of a table.
struct RunSummary {
    std::filesystem::path path;
    std::string name;    ///< of the folder
    std::string recipe;  ///< "chairs"; empty where config.json cannot be read
    std::string preset;  ///< of the last stage
    std::string notes;
    RunStatus status;
    double created = 0;   ///< Units: seconds since 1970
    std::string problem;  ///< what is wrong with the folder; empty = nothing
};

/// dataFolder()/runs
std::filesystem::path runsFolder();
/// Every run in a folder, newest first; broken ones carry a problem instead of being left out.
std::vector<RunSummary> listRuns(const std::filesystem::path& folder);
RunSummary summariseRun(const std::filesystem::path& run);

/// Steps of which a run has a whole checkpoint, ascending.
std::vector<std::int64_t> checkpointSteps(const std::filesystem::path& run);

/// Errors (all four): NotFound, Busy (a process trains it), InvalidArgument (a name that is taken or holds a
/// slash), Io.
Result<std::filesystem::path> renameRun(const std::filesystem::path& run, const std::string& name);
/// Moves a run into the wastebasket beside the others (FOLDER/.wastebasket); returns where it lies.
Result<std::filesystem::path> discardRun(const std::filesystem::path& run);
/// Puts a discarded run back where it was, under a free name.
Result<std::filesystem::path> restoreRun(const std::filesystem::path& discarded);
Status emptyWastebasket(const std::filesystem::path& runs);
Status writeNotes(const std::filesystem::path& run, const std::string& notes);

/// A new run that continues from a checkpoint of another: its configuration, that checkpoint and the metrics
/// up to it. `step` < 0: the newest. Errors: NotFound (no such checkpoint), InvalidArgument (target exists),
/// Io.
Result<std::filesystem::path> branchRun(const std::filesystem::path& run,
                                        std::int64_t step,
                                        const std::filesystem::path& target);

/// Fields in which two configurations differ, e.g. {"stages[0].learningRate", "0.001", "0.0005"}; "" = not
/// there.
struct ConfigDifference {
    std::string field, left, right;
};
std::vector<ConfigDifference> diffConfigs(const std::string& left, const std::string& right);

}  // namespace vitrine
