// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/registry.h"
#include "app/passive_waiting.h"
#include "core/eval/segmentation_bench.h"
#include "core/nets/compute.h"

namespace vitrine {
namespace {

nlohmann::json jsonOf(const SegmentationBench& bench) {
    return {{"model", bench.model.file.filename().string()},
            {"isTrained", bench.isTrained()},
            {"variant", bench.model.variant},
            {"size", bench.model.size},
            {"classes", bench.model.numClasses},
            {"parameters", bench.model.numParameters},
            {"threads", bench.threads},
            {"firstSampleMs", bench.firstSampleMs},
            {"hundredSamplesMs", bench.hundredSamplesMs},
            {"literalHundredSamplesMs", bench.literalHundredSamplesMs},
            {"ratio", bench.ratio()},
            {"differingPixels", bench.differingPixels}};
}

std::string textOf(const SegmentationBench& bench) {
    const std::string name = bench.isTrained() ? bench.model.file.filename().string()
                                               : "a network with initial weights, not trained";
    return fmt::format(
        "{}: {}, {} x {} pixels, {} classes, {:.2f} M parameters, {} threads\n"
        "| | first sample, ms | 100 samples, ms |\n|---|---|---|\n"
        "| ours | {:.1f} | {:.0f} |\n| literal | {:.1f} | {:.0f} |\n\n"
        "ours is {:.1f}x as fast; in {:.2g} of the pixels the samples name another class\n",
        name,
        bench.model.variant,
        bench.model.size,
        bench.model.size,
        bench.model.numClasses,
        double(bench.model.numParameters) / 1e6,
        bench.threads,
        bench.firstSampleMs,
        bench.hundredSamplesMs,
        bench.literalHundredSamplesMs / 100,
        bench.literalHundredSamplesMs,
        bench.ratio(),
        bench.differingPixels);
}

void addBenchSegment(CLI::App& bench, CliContext& context) {
    const auto options = std::make_shared<SegmentationBenchOptions>();
    CLI::App& command = *bench.add_subcommand(
        "segment",
        "Time the samples of the structured predictor against the literal implementation, on the CPU");
    auto* model =
        command.add_option("--model",
                           options->model,
                           "Weight file; default: the bundled model, or initial weights if there is none");
    auto* size =
        command
            .add_option("--size",
                        options->size,
                        "Instead: a hybrid network with initial weights, for pictures of 128 or 64 pixels")
            ->check(CLI::IsMember({64, 128}))
            ->excludes(model);
    command.add_option("--classes", options->numClasses, "Of that network")
        ->check(CLI::Range(2, 64))
        ->needs(size);
    setAction(command, [options, size, &context]() -> Status {
        restartWithPassiveWaiting();  // as the window waits
        setComputeThreads(context.threads);
        options->seed = context.seed;
        const auto inTheBox = SegmentationSession::defaultModel();
        if (options->model.empty() && size->count() == 0 && std::filesystem::exists(inTheBox))
            options->model = inTheBox;
        VITRINE_TRY(const SegmentationBench result, benchSegmentation(*options, context.jobContext()));
        context.answer(jsonOf(result), textOf(result));
        return {};
    });
}

const RegisteredCommand kBenchSegmentCommand{CommandGroup::OfBench, "segment", addBenchSegment};

}  // namespace

}  // namespace vitrine
