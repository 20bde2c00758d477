// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/rendered_chairs.h"
#include "core/jobs/job.h"

namespace vitrine {

/// What is wrong with one model of a rendered_chairs tree.
struct ModelFaults {
    struct UnreadableFile {
        std::string file;
        std::string message;
    };
    std::string id;
    std::vector<std::string> missingViews;  ///< file names as they should be
    std::vector<std::string> missingParts;  ///< views of our trees without part labels
    std::vector<UnreadableFile>
        unreadable;  ///< empty, damaged, or of another size than the model's first view
    std::vector<std::string> unexpectedFiles;  ///< in renders/, but no views by their names
    bool any() const;
};

struct ChairsCheck {
    JobOutcome outcome = JobOutcome::Done;
    std::size_t numModels = 0;
    std::size_t numComplete = 0;  ///< every view there and readable
    std::size_t numViews = 0;
    std::size_t numViewsExpected = 0;  ///< of one model, at most
    int width = 0, height = 0;         ///< of the first view
    bool hasAlpha = false;
    std::vector<std::string> modelsWithoutRenders;  ///< named by catalogue.json
    std::vector<ModelFaults> faults;                ///< of the models that have any
    bool good() const {
        return outcome == JobOutcome::Done && faults.empty() && modelsWithoutRenders.empty();
    }
};

/// Decodes every view and says what is there and what is missing. Expected of a model are the 62 views of the
/// original archive, of a tree with random views those of trainingViewNames(), else all views that any of its
/// models has. Stops: between
/// models.
ChairsCheck checkRenderedChairs(const RenderedChairs& chairs, const JobContext& context, int numThreads = 0);

}  // namespace vitrine
