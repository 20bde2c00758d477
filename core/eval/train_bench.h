// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "core/base/result.h"
#include "core/jobs/job.h"

namespace vitrine {

struct TrainBenchOptions {
    std::string preset = "compact-128";
    std::int64_t batch = 64;
    std::filesystem::path data;      ///< empty: the rendered catalogue
    std::string precision = "auto";  ///< of our step
    std::string device = "auto";
    double seconds = 20;  ///< of each of the two
};

/// Our training step and the literal one (zero-unpooling and convolution, fp32, an optimiser that goes
/// parameter by parameter, default memory layout) on the same batches, measured in one run.
struct TrainBench {
    std::string preset, precision, device;
    std::int64_t batch = 0;
    double imagesPerSecond = 0, literalImagesPerSecond = 0;
    std::map<std::string, double> shares{};  ///< of our step: data, forward, backward, optimiser
    std::int64_t peakMiB = 0;                ///< of the process after our steps, before the literal ones

    double ratio() const { return imagesPerSecond / literalImagesPerSecond; }
};

/// Stops: between steps, with an error of InvalidArgument where nothing was measured yet.
Result<TrainBench> benchTraining(const TrainBenchOptions& options, const JobContext& job);

}  // namespace vitrine
