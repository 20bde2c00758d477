// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <limits>

#include "core/base/result.h"
#include "core/jobs/job.h"
#include "core/metrics/bootstrap.h"

namespace vitrine {

/// One row of the table: a method's pictures on a set of views.
struct ChairEvalRow {
    static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

    double psnr = kNone;  ///< mean of the views' PSNR, RGB on white. Units: dB; NaN where there is no view
    double pooledPsnr = kNone;  ///< PSNR of the mean squared error. Units: dB
    double iou = kNone;
    double edge = kNone;  ///< gradient energy of the pictures over that of the renders
    std::size_t views = 0;
    Interval psnrInterval{kNone, kNone}, iouInterval{kNone, kNone};  ///< 95 %, bootstrap by chair model
};

/// The generator on training and on held-out views, beside two baselines on the same held-out views: the
/// nearest training view of the same chair and elevation, and the average of its two neighbouring views.
struct ChairEval {
    ChairEvalRow train, heldOut;
    ChairEvalRow validation, test;  ///< the held-out views apart: see heldOutSplit()
    ChairEvalRow nearestView, neighbourAverage;
    std::size_t numChairs = 0;  ///< that the model and the data set have in common
};

/// Scores the chairs of the catalogue that the model and the data set have in common, matched by id. Stops:
/// between batches. Errors: those of the weight file and the packed set; InvalidArgument where they do not
/// fit one another; Busy (stopped).
Result<ChairEval> evaluateChairs(const std::filesystem::path& weights,
                                 const std::filesystem::path& packed,
                                 const JobContext& job);

}  // namespace vitrine
