// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/jobs/job.h"
#include "core/train/chair_config.h"
#include "core/train/run_folder.h"

namespace vitrine {

struct TrainOptions {
    int threads = 0;               ///< 0: as the checkpoint says, else all cores
    std::int64_t stopAfter = 0;    ///< leave after so many steps of the whole training, with a checkpoint; 0 = at its end
};

struct TrainResult {
    JobOutcome outcome = JobOutcome::Done;
    std::int64_t step = 0;
    double heldOutPsnr = 0;  ///< of the last evaluation. Units: dB
};

/// Trains the chair generator in a run folder, from its newest whole checkpoint if it has one. The weights after any step are a
/// function of the configuration and the data alone (same thread count), however often the run was stopped in between.
/// Stops: looks at the token after every step, saves and returns Cancelled.
/// Errors: those of configuration, data and disk; NonFinite after three steps in a row without a finite loss.
/// Source: Dosovitskiy et al. 2015, equation 1 (loss) and section 4; papers.md B2, B3.
Result<TrainResult> trainChairs(const RunFolder& run, const TrainOptions& options, const JobContext& job);

}  // namespace vitrine
