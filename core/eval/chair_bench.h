// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "core/base/result.h"
#include "core/eval/machine_bound.h"
#include "core/jobs/job.h"

namespace vitrine {

struct ChairBenchOptions {
    std::string preset = "paper-128";  ///< with random weights
    int numStyles = 809;
    std::filesystem::path model;     ///< a weight file instead; may be empty
    std::string precision = "auto";  ///< of ours: auto | fp32 | bf16
    std::string device = "auto";     ///< of both: auto | cpu | cuda
    std::uint64_t seed = 1;
};

/// One batch size. Ours: from style, view and transformation to RGBA8 pictures in the CPU's memory; literal:
/// to the network's outputs. The bound is the weights' bytes over the bandwidth plus the operations over the
/// arithmetic rate.
struct ChairBenchBatch {
    int batch = 0;
    std::string precision;  ///< of our network at this size: timed, or given by the caller
    double oursMs = 0, literalMs = 0, boundMs = 0;
    std::map<std::string, double> precisionMs =
        {};  ///< of ours in each precision that the device computes natively

    double ratio() const { return literalMs / oursMs; }
    double boundFraction() const { return boundMs / oursMs; }
    double oursImagesPerSecond() const { return batch * 1000 / oursMs; }
    double literalImagesPerSecond() const { return batch * 1000 / literalMs; }
};

struct ChairBench {
    std::string name;  ///< preset
    std::int64_t numParameters = 0;
    double flopsPerImage = 0;  ///< multiplications and additions of the transposed form
    std::string device;        ///< where ours runs, e.g. "CPU, bf16"
    int threads = 0;
    double largestDifference =
        0;  ///< of ours from the literal outputs, as a fraction of the largest literal one
    MachineBound machine;
    ChairBenchBatch batch1, batch64;
};

/// Our inference path and the literal network (zero-unpooling, then a 5x5 convolution; fp32, default memory
/// format), timed in turns, so that a busy neighbour slows both. Medians. Ours runs in every precision of the
/// device, the same number of times; with the precision auto `oursMs` is of what a session would choose. On
/// CUDA both run there, each timed until its answer is ready. Errors: those of the weight file,
/// InvalidArgument (preset), Unsupported (bf16 on a CPU without), Device, OutOfMemory, Busy (cancelled).
Result<ChairBench> benchChairs(const ChairBenchOptions& options, const JobContext& job);

}  // namespace vitrine
