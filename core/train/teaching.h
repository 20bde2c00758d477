// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/result.h"
#include "core/data/chair_catalogue.h"
#include "core/jobs/job.h"

namespace vitrine {

/// What a network is taught a chair with.
struct TeachOptions {
    std::filesystem::path model;  ///< weights of a chair generator that names its styles
    std::filesystem::path run;    ///< run folder to make
    std::int64_t steps = 1000;    ///< of 16 images: about ten minutes of two cores at 128 x 128
    int numThreads = 0;           ///< 0 = all cores
};

/// Makes a run that teaches a network one more chair; train() does the rest. The chair is rendered at the
/// views of the grid. The run's network has one more style, which begins as the known style, or the mix of
/// three, that looks most like the chair; a network that knows the chair already is taught it again. The
/// run's folder holds all that the training needs, and the weight file is only read. All or nothing: what
/// fails, is cancelled or killed leaves no run. Stops: between two views. Errors: those of the weight file,
/// of RunFolder::create() and of ChairModel::load(); Unsupported (a network that does not name its styles);
/// Busy.
Result<JobOutcome> prepareTeaching(const ChairEntry& chair,
                                   const TeachOptions& options,
                                   const JobContext& context);

}  // namespace vitrine
