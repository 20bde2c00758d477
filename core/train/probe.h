// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"
#include "core/jobs/job.h"
#include "core/train/training_kind.h"

namespace vitrine {

/// What a training will cost on this machine, measured by some seconds of it. Nothing is written.
struct TrainCost {
    std::int64_t numParameters = 0;
    std::int64_t peakMemoryMiB = 0;
    std::int64_t checkpointMiB = 0;  ///< on disk, each
    std::int64_t imagesPerEpoch = 0, totalSteps = 0;
    double imagesPerSecond = 0;  ///< of the last stage
    double secondsPerEpoch = 0;
    double totalSeconds = 0;  ///< over all stages, each measured
    std::string device, precision;
};

/// `precision`: auto (the configuration's) | fp32 | bf16. Errors: those of the data; OutOfMemory.
Result<TrainCost> probeTraining(const TrainPlan& plan,
                                int threads,
                                double seconds,
                                const JobContext& job,
                                const std::string& precision = "auto");

}  // namespace vitrine
