// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/data/split.h"
#include "core/jobs/job.h"
#include "core/metrics/grouped_mean.h"

namespace vitrine {

struct PartialEvalOptions {
    std::int64_t numScenes = 200;  ///< of the split, evenly spread; 0 = all
    int numSweeps = 10;            ///< of iterative inference
    std::vector<double> omitted = {0.25, 0.5, 0.7};
    std::vector<int> blocks = {1, 4, 8};
    bool studio = false;  ///< the rooms give way to plain walls and floors
    std::uint64_t seed = 1;
    Split split = Split::Test;               ///< Validation: to choose by
    std::size_t numRetrievalScenes = 2'000;  ///< of the training split, that the retrieval baseline looks up
};

/// One column of the table of partially observed output, in [0, 1]. In the map, the labels that are given
/// stand as they are.
struct PartialScores {
    double omitted = 0;         ///< share of the blocks
    int block = 0;              ///< pixels a side
    GroupedMean iou;            ///< of the omitted pixels: mean over the parts, then over pictures
    GroupedMean pixelAccuracy;  ///< of the omitted pixels
    GroupedMean mapIou;         ///< of the whole map: all parts against background, summed over the set
};

/// One row: an answer to all columns, those of the least share first.
struct PartialAnswer {
    std::string name;  ///< "sweep 0", "mean sweeps", "sampled sweeps"; of tokens "initial guess" and "mean of
                       ///< 16 samples"; else empty
    std::vector<PartialScores> columns;
};

/// Blocks of the picture are left out; the labels of the others are given. A network with recognition starts
/// at the prior's mean, given the labels if the prior is conditioned on them (sweep 0), and alternates y and
/// z from there: by their means, or by samples of both, a single chain. Another network answers at the prior
/// mean. Errors and stops: those of evaluateSegmentation. Source: papers.md A9.
Result<std::vector<PartialAnswer>> evaluatePartial(const std::filesystem::path& weights,
                                                   const std::filesystem::path& scenes,
                                                   const PartialEvalOptions& options,
                                                   const JobContext& job);

/// What the networks are compared with, on the same blocks, at `size` pixels a side: "nearest known label",
/// and "retrieval", the vote of the 20 training maps that agree best with the given labels; see
/// label_baselines.h. There is no retrieval where the set has no training scenes. Errors and stops: as above.
Result<std::vector<PartialAnswer>> evaluatePartialBaselines(const std::filesystem::path& scenes,
                                                            int size,
                                                            const PartialEvalOptions& options,
                                                            const JobContext& job);

}  // namespace vitrine
