// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/jobs/job.h"

namespace vitrine {

/// One row of the table: a method's pictures on a set of views.
struct ChairEvalRow {
    double psnr = 0;        ///< mean of the views' PSNR, RGB on white. Units: dB
    double pooledPsnr = 0;  ///< PSNR of the mean squared error. Units: dB
    double iou = 0;
    std::size_t views = 0;
};

/// The generator on training and on held-out views, beside two baselines on the same held-out views: the nearest training
/// view of the same chair and elevation, and the average of its two neighbouring views.
struct ChairEval {
    ChairEvalRow train, heldOut, nearestView, neighbourAverage;
};

/// Errors: those of the weight file and the packed set; InvalidArgument where they do not fit one another.
Result<ChairEval> evaluateChairs(const std::filesystem::path& weights, const std::filesystem::path& packed, const JobContext& job);

}  // namespace vitrine
