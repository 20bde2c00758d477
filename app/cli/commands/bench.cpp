// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/registry.h"
#include "app/cli/process.h"
#include "core/eval/chair_bench.h"
#include "core/eval/train_bench.h"
#include "core/nets/compute.h"

namespace vitrine {
namespace {

nlohmann::json jsonOf(const ChairBenchBatch& batch) {
    return {{"oursMs", batch.oursMs},
            {"literalMs", batch.literalMs},
            {"ratio", batch.ratio()},
            {"boundMs", batch.boundMs},
            {"boundFraction", batch.boundFraction()},
            {"oursImagesPerSecond", batch.oursImagesPerSecond()},
            {"literalImagesPerSecond", batch.literalImagesPerSecond()}};
}

/// {"batch1Ms", "batch64Ms"} of each precision; null where the device does not compute in it.
nlohmann::json precisionsOf(const ChairBench& bench) {
    nlohmann::json precisions = {{"fp32", nullptr}, {"bf16", nullptr}};
    for (const auto& [precision, ms] : bench.batch1.precisionMs)
        precisions[precision] = {{"batch1Ms", ms}, {"batch64Ms", bench.batch64.precisionMs.at(precision)}};
    return precisions;
}

nlohmann::json jsonOf(const ChairBench& bench) {
    return {{"model", bench.name},
            {"parameters", bench.numParameters},
            {"device", bench.device},
            {"precision", {{"batch1", bench.batch1.precision}, {"batch64", bench.batch64.precision}}},
            {"precisions", precisionsOf(bench)},
            {"threads", bench.threads},
            {"largestDifference", bench.largestDifference},
            {"machine",
             {{"copyGBPerSecond", bench.machine.bytesPerSecond / 1e9},
              {"fp32GflopsPerSecond", bench.machine.fp32FlopsPerSecond / 1e9},
              {"bf16GflopsPerSecond", bench.machine.bf16FlopsPerSecond / 1e9}}},
            {"gflopPerImage", bench.flopsPerImage / 1e9},
            {"batch1", jsonOf(bench.batch1)},
            {"batch64", jsonOf(bench.batch64)}};
}

std::string rowOf(const ChairBenchBatch& batch) {
    return fmt::format(
        "| {:5} | {} | {:8.3f} | {:8.1f} | {:10.3f} | {:8.1f} | {:5.1f}x | {:8.3f} | {:5.2f} |\n",
        batch.batch,
        batch.precision,
        batch.oursMs,
        batch.oursImagesPerSecond(),
        batch.literalMs,
        batch.literalImagesPerSecond(),
        batch.ratio(),
        batch.boundMs,
        batch.boundFraction());
}

/// Empty where there is only one.
std::string precisionTable(const ChairBench& bench) {
    if (bench.batch1.precisionMs.size() < 2) return "";
    std::string text = "\n| ours with | batch 1 ms | batch 64 ms |\n|---|---|---|\n";
    for (const auto& [precision, ms] : bench.batch1.precisionMs)
        text += fmt::format(
            "| {} | {:8.3f} | {:8.3f} |\n", precision, ms, bench.batch64.precisionMs.at(precision));
    return text;
}

std::string textOf(const ChairBench& bench) {
    return fmt::format(
               "{}, {:.1f} M parameters, {:.2f} GFLOP per image; ours on {}, {} threads, at most {:.2g} of "
               "the brightest value off\n",
               bench.name,
               double(bench.numParameters) / 1e6,
               bench.flopsPerImage / 1e9,
               bench.device,
               bench.threads,
               bench.largestDifference) +
           fmt::format(
               "this machine: copy {:.1f} GB/s, matrix product {:.0f} GFLOP/s in fp32, {:.0f} in half "
               "precision\n\n",
               bench.machine.bytesPerSecond / 1e9,
               bench.machine.fp32FlopsPerSecond / 1e9,
               bench.machine.bf16FlopsPerSecond / 1e9) +
           "| batch | with |  ours ms | images/s | literal ms | images/s | ratio  | bound ms | reached |\n"
           "|---|---|---|---|---|---|---|---|---|\n" +
           rowOf(bench.batch1) + rowOf(bench.batch64) + precisionTable(bench);
}

void addChairs(CLI::App& bench, CliContext& context) {
    const auto options = std::make_shared<ChairBenchOptions>();
    CLI::App& command = *bench.add_subcommand(
        "chairs", "Time the chair generator against the literal implementation and this machine's bound");
    auto* preset =
        command.add_option("--preset",
                           options->preset,
                           "Network with random weights: paper-128, paper-64, compact-128, compact-64");
    command.add_option("--styles", options->numStyles, "Number of its styles")->check(CLI::Range(1, 100'000));
    command.add_option("--model", options->model, "Weight file instead of random weights")->excludes(preset);
    setAction(command, [options, &context]() -> Status {
        setComputeThreads(context.threads);
        options->seed = context.seed;
        options->device = context.device;
        options->precision = context.precision;
        VITRINE_TRY(const ChairBench result, benchChairs(*options, context.jobContext()));
        context.answer(jsonOf(result), textOf(result));
        return {};
    });
}

std::string textOf(const TrainBench& bench) {
    std::string shares;
    for (const auto& [name, share] : bench.shares)
        shares += fmt::format("{}{} {:.1f}%", shares.empty() ? "" : ", ", name, 100 * share);
    return fmt::format(
        "{}, batch {}, {} in {}: ours {:.1f} images/s, literal {:.1f}, {:.1f}x\n"
        "share of our step's time: {}\n"
        "peak memory {} MiB\n",
        bench.preset,
        bench.batch,
        bench.device,
        bench.precision,
        bench.imagesPerSecond,
        bench.literalImagesPerSecond,
        bench.ratio(),
        shares,
        bench.peakMiB);
}

void addTrain(CLI::App& bench, CliContext& context) {
    const auto options = std::make_shared<TrainBenchOptions>();
    CLI::App& command =
        *bench.add_subcommand("train", "Time a training step of the chair generator against the literal one");
    command.add_option("--preset", options->preset, "Network: compact-128, compact-64, paper-128, paper-64");
    command.add_option("--batch", options->batch, "Images per step")->check(CLI::Range(1, 65536));
    command.add_option("--data", options->data, "Packed data set; default: the rendered catalogue");
    command.add_option("--seconds", options->seconds, "Length of each measurement")
        ->check(CLI::Range(1.0, 600.0));
    setAction(command, [options, &context]() -> Status {
        keepFreedMemory();
        setComputeThreads(context.threads);
        options->device = context.device;
        options->precision = context.precision;
        VITRINE_TRY(const TrainBench result, benchTraining(*options, context.jobContext()));
        context.answer({{"preset", result.preset},
                        {"batch", result.batch},
                        {"device", result.device},
                        {"precision", result.precision},
                        {"imagesPerSecond", result.imagesPerSecond},
                        {"literalImagesPerSecond", result.literalImagesPerSecond},
                        {"ratio", result.ratio()},
                        {"shares", result.shares},
                        {"peakMiB", result.peakMiB}},
                       textOf(result));
        return {};
    });
}

void addBenchCommand(CLI::App& app, CliContext& context) {
    CLI::App& command = *app.add_subcommand("bench", "Measure speed on this machine");
    command.require_subcommand(1);
    addCommands(command, CommandGroup::OfBench, context);
}

const RegisteredCommand kBenchCommand{CommandGroup::Measure, "bench", addBenchCommand};
const RegisteredCommand kBenchChairsCommand{CommandGroup::OfBench, "chairs", addChairs};
const RegisteredCommand kBenchTrainCommand{CommandGroup::OfBench, "train", addTrain};

}  // namespace

}  // namespace vitrine
