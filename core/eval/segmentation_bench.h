// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/result.h"
#include "core/jobs/job.h"
#include "core/sessions/segmentation_session.h"

namespace vitrine {

struct SegmentationBenchOptions {
    std::filesystem::path model;  ///< weight file; empty: a hybrid network with initial weights
    int size = 128;               ///< of that network's pictures, pixels a side
    int numClasses = 5;           ///< and its classes: those of a chair's parts
    std::uint64_t seed = 1;
};

/// Ours: a SegmentationSession that is asked about a new picture, with a box left out, for a hundred samples;
/// all that it answers is counted in. Literal: the network alone, all of it run for each sample. Medians.
struct SegmentationBench {
    SegmentationModelInfo model;
    int threads = 0;
    double firstSampleMs = 0, hundredSamplesMs = 0, literalHundredSamplesMs = 0;
    double differingPixels = 0;  ///< share of them whose class is another in the literal samples

    bool isTrained() const { return !model.file.empty(); }
    double ratio() const { return literalHundredSamplesMs / hundredSamplesMs; }
};

/// Both timed in turns, so that a busy neighbour slows both. Literal means: CNN, prior and generation network
/// run for each sample, zero-unpooling and then convolution, fp32, default memory format. On the CPU. Errors:
/// those of SegmentationSession::open and segment, InvalidArgument (size, classes), Busy (cancelled).
Result<SegmentationBench> benchSegmentation(const SegmentationBenchOptions& options, const JobContext& job);

}  // namespace vitrine
