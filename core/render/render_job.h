// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/chair_catalogue.h"
#include "core/jobs/job.h"
#include "core/render/chair_renderer.h"

namespace vitrine {

struct RenderJobOptions {
    std::filesystem::path folder;  ///< the tree; made if missing
    ChairRenderOptions render;
    std::vector<ChairEntry> models;     ///< what to render
    std::vector<std::string> styleIds;  ///< the whole catalogue by class index, for catalogue.json
    int numThreads = 0;                 ///< 0 = all cores
    bool renderAgain = false;           ///< also what is complete already
    bool withRandomViews = false;       ///< the views of trainingViewNames() in place of the grid
};

struct RenderJobReport {
    struct Failure {
        std::string id;
        std::string message;
    };
    JobOutcome outcome = JobOutcome::Done;
    int numRendered = 0;  ///< models
    int numSkipped = 0;   ///< complete already
    int numImages = 0;
    double seconds = 0;             ///< wall clock of the rendering, without what was skipped
    std::vector<Failure> failures;  ///< models that cannot be loaded; the others are rendered all the same
};

/// Renders every view of every model into a rendered_chairs tree. A model's folder is made under a hidden
/// name and renamed when it is complete, so a tree never holds half a model, whenever the process ends; the
/// next run does the rest. A model whose catalogue entry changed since is rendered anew. Stops: between two
/// views. Errors: Io (full disk: names the file), Busy (another process renders into the folder),
/// InvalidArgument (folder holds renders of another size).
Result<RenderJobReport> renderCatalogue(const RenderJobOptions& options, const JobContext& context);

}  // namespace vitrine
