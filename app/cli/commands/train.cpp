// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/commands/registry.h"
#include "app/cli/commands/train_run.h"
#include "app/cli/process.h"
#include "core/io/atomic_file.h"
#include "core/runs/run_list.h"
#include "core/train/probe.h"
#include "core/train/trainer.h"
#include "core/train/training_kind.h"

namespace vitrine {
namespace {

constexpr double kProbeSeconds = 5;

struct TrainArguments {
    std::string config, resume, branch, out;
    std::int64_t steps = 0, extend = 0, fromStep = -1;
    bool probe = false, background = false;
};

Result<std::unique_ptr<TrainPlan>> readPlanFile(const std::string& file) {
    if (file.empty())
        return Error{ErrorCode::InvalidArgument,
                     "Name a configuration file, or a run to resume with --resume."};
    VITRINE_TRY(const std::string text, readTextFile(file));
    return readPlan(text);
}

std::filesystem::path newFolder(const TrainArguments& arguments, const std::string& name) {
    return arguments.out.empty() ? RunFolder::newName(name) : std::filesystem::path(arguments.out);
}

Result<RunFolder> openRun(const TrainArguments& arguments) {
    if (!arguments.resume.empty()) return RunFolder::open(arguments.resume);
    if (!arguments.branch.empty()) {
        const auto folder =
            newFolder(arguments, std::filesystem::path(arguments.branch).filename().string() + "-branch");
        VITRINE_TRY(const auto branch, branchRun(arguments.branch, arguments.fromStep, folder));
        return RunFolder::open(branch);
    }
    VITRINE_TRY(const auto plan, readPlanFile(arguments.config));
    return RunFolder::create(newFolder(arguments, plan->kind().id()), plan->toJson());
}

/// A new run that failed before its first checkpoint (no such data set, no room) holds nothing to resume
/// from, and its folder would stand in the way of the next try.
void removeUnlessBegun(const RunFolder& run) {
    std::error_code fault;
    if (run.checkpoints().empty()) std::filesystem::remove_all(run.path(), fault);
}

/// Whoever resumes a run by hand wants it to train: an earlier request to stop or pause is over.
Status renewControl(const RunFolder& run) {
    VITRINE_TRY(RunControl control, readControl(run.path()));
    control.wanted = RunControl::Wanted::Train;
    return writeControl(run.path(), control);
}

Status prolong(const RunFolder& run, std::int64_t steps) {
    VITRINE_TRY(const std::string config, run.configJson());
    VITRINE_TRY(const auto plan, readPlan(config));
    return run.replaceConfig(plan->prolonged(steps)->toJson());
}

Status probe(const TrainArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const auto plan, readPlanFile(arguments.config));
    VITRINE_TRY(
        const TrainCost cost,
        probeTraining(*plan, context.threads, kProbeSeconds, context.jobContext(), context.precision));
    const std::string text = fmt::format(
        "{:.1f} million parameters, {} MiB of memory, {} MiB per checkpoint\n"
        "{:.0f} images/s on {} in {}: {:.0f} s per epoch of {} images, {:.1f} h for all {} steps\n",
        double(cost.numParameters) / 1e6,
        cost.peakMemoryMiB,
        cost.checkpointMiB,
        cost.imagesPerSecond,
        cost.device,
        cost.precision,
        cost.secondsPerEpoch,
        cost.imagesPerEpoch,
        cost.totalSeconds / 3600,
        cost.totalSteps);
    context.answer({{"numParameters", cost.numParameters},
                    {"peakMemoryMiB", cost.peakMemoryMiB},
                    {"checkpointMiB", cost.checkpointMiB},
                    {"imagesPerEpoch", cost.imagesPerEpoch},
                    {"totalSteps", cost.totalSteps},
                    {"imagesPerSecond", cost.imagesPerSecond},
                    {"secondsPerEpoch", cost.secondsPerEpoch},
                    {"totalSeconds", cost.totalSeconds},
                    {"device", cost.device},
                    {"precision", cost.precision}},
                   text);
    return {};
}

Status trainRun(const TrainArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const RunFolder run, openRun(arguments));
    const bool isNew = arguments.resume.empty();
    if (!arguments.background) VITRINE_CHECK(renewControl(run));
    if (arguments.extend > 0) VITRINE_CHECK(prolong(run, arguments.extend));
    const Status trained = trainAndAnswer(run, arguments.steps, context);
    if (!trained && isNew) removeUnlessBegun(run);
    return trained;
}

void addTrainCommand(CLI::App& app, CliContext& context) {
    auto* command = app.add_subcommand("train", "Train a network; Ctrl+C saves and stops");
    auto arguments = std::make_shared<TrainArguments>();
    auto* config = command->add_option("config", arguments->config, "Training configuration (JSON)");
    auto* resume =
        command->add_option("--resume", arguments->resume, "Run folder to resume")->excludes(config);
    auto* branch = command
                       ->add_option("--branch",
                                    arguments->branch,
                                    "Run folder to branch a new run from, at one of its checkpoints")
                       ->excludes(config)
                       ->excludes(resume);
    command->add_option("--from-step", arguments->fromStep, "Checkpoint to branch from; default: the newest")
        ->needs(branch)
        ->check(CLI::NonNegativeNumber);
    command->add_option("--out", arguments->out, "Run folder to create; default: a new one among your runs")
        ->excludes(resume);
    command->add_option("--steps", arguments->steps, "Stop after this number of steps of the whole training")
        ->check(CLI::PositiveNumber);
    command->add_option("--extend", arguments->extend, "Train this number of steps beyond the plan")
        ->check(CLI::PositiveNumber);
    command->add_flag("--probe", arguments->probe, "Only estimate the cost (trains for a few seconds)")
        ->needs(config);
    command->add_flag("--background",
                      arguments->background,
                      "Use only idle processor time, and follow the run's control.json");
    setAction(*command, [arguments, &context] {
        keepFreedMemory();
        if (arguments->background) runInBackground();
        return arguments->probe ? probe(*arguments, context) : trainRun(*arguments, context);
    });
}

const RegisteredCommand kTrainCommand{CommandGroup::Train, "train", addTrainCommand};

}  // namespace

Status trainAndAnswer(const RunFolder& run, std::int64_t stopAfter, const CliContext& context) {
    VITRINE_TRY(
        const TrainResult result,
        train(run, {context.threads, stopAfter, context.device, context.precision}, context.jobContext()));
    const char* outcome = result.outcome == JobOutcome::Done ? "done" : "stopped";
    nlohmann::json answer = {{"run", run.path().string()},
                             {"outcome", outcome},
                             {"step", result.step},
                             {"snapshot", run.snapshotPath().string()}};
    for (const auto& [name, value] : result.metrics) answer[name] = value;
    context.answer(answer, fmt::format("\n{} at step {}: {}", outcome, result.step, run.path().string()));
    return {};
}

}  // namespace vitrine
