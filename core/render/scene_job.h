// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/data/chair_catalogue.h"
#include "core/jobs/job.h"
#include "core/render/scene_props.h"
#include "core/render/scene_renderer.h"

namespace vitrine {

struct SceneJobOptions {
    std::filesystem::path file;  ///< the packed set; its folder is made if missing
    std::vector<ChairEntry> chairs;
    SceneProps props;
    int numTrain = 20'000, numValidation = 1'000, numTest = 2'000;
    int numFamily = 0;  ///< training scenes on top, of chairs of the parametric family
    std::uint64_t seed = 0;
    int numClasses = 5;  ///< 5: chairPartClassNames(); 2: chairClassNames()
    SceneRenderOptions render;
    int numThreads = 0;  ///< 0 = all cores
};

struct SceneJobReport {
    JobOutcome outcome = JobOutcome::Done;
    std::size_t numRendered = 0;  ///< scenes of this run
    std::size_t numKept = 0;      ///< scenes that an earlier run had left
    double seconds = 0;           ///< wall clock of the rendering
};

/// Renders scenes into a packed set. The scenes of a split go round its chairs: scene i shows chair i modulo
/// their number, so the first n of a split are a fair sample, and no chair, and no piece of clutter or
/// texture, is in two splits. The groups are the chairs' ids by class index, the family's after them; ten
/// scenes show one of these. Scenes are kept in pieces in the folder `file`.parts, which goes when all is
/// done: the same job after a kill does the rest. Stops: between scenes. Errors: those of SceneRenderer, Busy
/// (another process makes this set), Io, NoSpace, InvalidArgument (a split without chairs).
Result<SceneJobReport> renderScenes(const SceneJobOptions& options, const JobContext& context);

/// The file that renderScenes writes and trainings read when none is named: in the cache, by the scenes'
/// size, number of classes and kind.
std::filesystem::path defaultScenesFile(int size = 128, int numClasses = 5, bool isCentred = false);

}  // namespace vitrine
