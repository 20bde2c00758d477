// SPDX-License-Identifier: GPL-3.0-or-later
#include <malloc.h>

#include <limits>

#include "app/cli/commands/commands.h"
#include "core/io/atomic_file.h"
#include "core/train/chair_trainer.h"

namespace vitrine {
namespace {

struct TrainArguments {
    std::string config, resume, out;
    std::int64_t steps = 0;
};

/// Keeps the memory that a step frees for the next one. By default glibc gives large blocks back to the system and every
/// step faults them in again, which costs a third of it.
void keepFreedMemory() {
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    mallopt(M_TOP_PAD, 256 << 20);
}

Result<RunFolder> openRun(const TrainArguments& arguments) {
    if (!arguments.resume.empty()) return RunFolder::open(arguments.resume);
    if (arguments.config.empty()) return Error{ErrorCode::InvalidArgument, "Name a configuration file, or a run to go on with by --resume."};
    VITRINE_TRY(const std::string text, readTextFile(arguments.config));
    VITRINE_TRY(const ChairTrainConfig config, ChairTrainConfig::parse(text));
    const std::filesystem::path folder = arguments.out.empty() ? RunFolder::newName(config.stages.back().preset) : std::filesystem::path(arguments.out);
    return RunFolder::create(folder, config.toJson());
}

/// A new run that failed before its first checkpoint (no such data set, no room) holds nothing to go on with, and its
/// folder would stand in the way of the next try.
void removeUnlessBegun(const RunFolder& run) {
    std::error_code fault;
    if (run.checkpoints().empty()) std::filesystem::remove_all(run.path(), fault);
}

Status train(const TrainArguments& arguments, const CliContext& context) {
    if (context.device == "cuda") return Error{ErrorCode::Device, "This build trains on the CPU only; leave --device out."};
    VITRINE_TRY(const RunFolder run, openRun(arguments));
    keepFreedMemory();
    const Result<TrainResult> trained = trainChairs(run, {context.threads, arguments.steps}, context.jobContext());
    if (!trained) {
        if (arguments.resume.empty()) removeUnlessBegun(run);
        return trained.error();
    }
    const TrainResult& result = *trained;
    const char* outcome = result.outcome == JobOutcome::Done ? "done" : "stopped";
    context.answer({{"run", run.path().string()}, {"outcome", outcome}, {"step", result.step}, {"heldOutPsnr", result.heldOutPsnr},
                    {"snapshot", run.snapshotPath().string()}},
                   "\n" + std::string(outcome) + " at step " + std::to_string(result.step) + ": " + run.path().string());
    return {};
}

}  // namespace

void addTrainCommand(CLI::App& app, CliContext& context) {
    auto* command = app.add_subcommand("train", "Train a network; Ctrl+C saves and stops");
    auto arguments = std::make_shared<TrainArguments>();
    command->add_option("config", arguments->config, "Training configuration (JSON)");
    command->add_option("--resume", arguments->resume, "Run folder to go on with");
    command->add_option("--out", arguments->out, "Run folder to make; default: a new one among your runs");
    command->add_option("--steps", arguments->steps, "Stop after so many steps of the whole training")->check(CLI::PositiveNumber);
    setAction(*command, [arguments, &context] { return train(*arguments, context); });
}

}  // namespace vitrine
