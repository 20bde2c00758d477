// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/segmentation_arguments.h"

#include <fmt/format.h>

#include "core/nets/compute.h"
#include "core/recipe/segmentation_recipe.h"

namespace vitrine {

Result<SegmentationSession> openSegmentationModel(const std::string& model, const CliContext& context) {
    if (context.device == "cuda")
        return Error{
            ErrorCode::Unsupported,
            "Structured predictors answer on the CPU; leave --device cuda out. (Their training takes it.)"};
    setComputeThreads(context.threads);
    const std::filesystem::path file = segmentationModelFile(model);
    if (std::filesystem::exists(file)) return SegmentationSession::open(file);
    return Error{ErrorCode::NotFound,
                 "There is no model " + file.string() +
                     "; train one (recipe \"segmentation\") and name it with --model."};
}

Result<SegmentationResult> segmentWithProgress(SegmentationSession& session,
                                               const SegmentationRequest& request,
                                               const CliContext& context) {
    const JobContext job = context.jobContext();
    const auto keepGoing = [&context] { return !context.stop.stop_requested(); };
    return session.segment(
        request,
        [&](int index, const LabelMap&) {
            job.report({double(index + 1) / request.numSamples, -1, fmt::format("sample {}", index + 1)});
            return keepGoing();
        },
        [&keepGoing](const SegmentationSweep&) { return keepGoing(); });
}

}  // namespace vitrine
