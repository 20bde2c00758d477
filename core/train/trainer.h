// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/jobs/job.h"
#include "core/runs/run_folder.h"

namespace vitrine {

struct TrainOptions {
    int threads = 0;  ///< 0: as the checkpoint says, else all cores
    std::int64_t stopAfter =
        0;  ///< leave after so many steps of the whole training, with a checkpoint; 0 = at its end
    std::string device = "auto";     ///< auto | cpu | cuda
    std::string precision = "auto";  ///< fp32 | bf16; auto: as the checkpoint says, else the configuration
};

struct TrainResult {
    JobOutcome outcome = JobOutcome::Done;
    std::int64_t step = 0;
    std::map<std::string, double> metrics;  ///< newest value of each
};

/// Trains what a run folder's configuration says, from its newest whole checkpoint if it has one. The weights
/// after any step are a function of configuration, data and thread count alone, however often the run was
/// stopped, killed or paused in between. Follows the folder's control.json (pause, stop, save, go beyond the
/// plan) and tells its status.json how it is doing. Stops: looks at the token and at control.json after every
/// step, saves and returns Cancelled. Errors: those of configuration, data and disk; NonFinite after three
/// steps in a row without a finite loss and gradient. Whatever the end, status.json says it.
Result<TrainResult> train(const RunFolder& run, const TrainOptions& options, const JobContext& job);

}  // namespace vitrine
