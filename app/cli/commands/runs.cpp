// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/registry.h"
#include "core/data/style_ids.h"
#include "core/io/atomic_file.h"
#include "core/nets/chair_styles.h"
#include "core/render/scans.h"
#include "core/runs/run_folder.h"
#include "core/runs/run_list.h"

namespace vitrine {
namespace {

struct RunsArguments {
    std::string run, other, name, out;
    bool withoutScans = false;
    std::int64_t totalSteps = 0;
};

/// A folder's path, or the name of one among the user's runs.
std::filesystem::path runPath(const std::string& given) {
    std::error_code missing;
    return std::filesystem::exists(given, missing) ? std::filesystem::path(given) : runsFolder() / given;
}

nlohmann::json toJson(const RunSummary& run) {
    nlohmann::json metrics = run.status.metrics;
    return {{"run", run.path.string()},
            {"name", run.name},
            {"recipe", run.recipe},
            {"preset", run.preset},
            {"state", nameOf(run.status.state)},
            {"message", run.status.message},
            {"step", run.status.step},
            {"totalSteps", run.status.totalSteps},
            {"notes", run.notes},
            {"problem", run.problem},
            {"metrics", metrics},
            {"secondsLeft", run.status.secondsLeft}};
}

std::string rowOf(const RunSummary& run) {
    return fmt::format("{:<40} {:<12} {:<12} {:9} / {} {}\n",
                       run.name,
                       run.preset,
                       nameOf(run.status.state),
                       run.status.step,
                       run.status.totalSteps,
                       run.problem);
}

Status list(const CliContext& context) {
    nlohmann::json rows = nlohmann::json::array();
    std::string text;
    for (const auto& run : listRuns(runsFolder())) rows.push_back(toJson(run)), text += rowOf(run);
    context.answer({{"runs", rows}},
                   text.empty() ? "There are no runs yet; vitrine-cli train CONFIG.json starts one." : text);
    return {};
}

Status show(const RunsArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const RunStatus status, readStatus(runPath(arguments.run)));
    const RunSummary run = summariseRun(runPath(arguments.run));
    std::string text = rowOf(run);
    if (!status.message.empty()) text += status.message + "\n";
    for (const auto& [name, value] : status.metrics) text += fmt::format("{} {:f}\n", name, value);
    std::string checkpoints;
    for (const auto step : checkpointSteps(run.path))
        checkpoints += fmt::format("{}{}", checkpoints.empty() ? "checkpoints " : ", ", step);
    if (!checkpoints.empty()) text += checkpoints + "\n";
    if (!run.notes.empty()) text += run.notes + "\n";
    auto answer = toJson(run);
    answer["checkpoints"] = checkpointSteps(run.path);
    context.answer(answer, text);
    return {};
}

Status control(const RunsArguments& arguments, const std::function<void(RunControl&)>& change) {
    const auto run = runPath(arguments.run);
    VITRINE_TRY(const RunStatus status, readStatus(run));
    if (!isLive(status.state))
        return Error{ErrorCode::InvalidArgument,
                     "No process trains " + run.filename().string() + "; start one with train --resume " +
                         run.string() + "."};
    VITRINE_TRY(RunControl control, readControl(run));
    change(control);
    return writeControl(run, control);
}

Status rename(const RunsArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const auto path, renameRun(runPath(arguments.run), arguments.name));
    context.answer({{"run", path.string()}}, path.string());
    return {};
}

Status discard(const RunsArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const auto path, discardRun(runPath(arguments.run)));
    context.answer({{"discarded", path.string()}},
                   "Moved to " + path.string() + "; vitrine-cli runs restore brings it back.");
    return {};
}

Status restore(const RunsArguments& arguments, const CliContext& context) {
    std::error_code missing;
    const std::filesystem::path given = arguments.run;
    VITRINE_TRY(
        const auto path,
        restoreRun(std::filesystem::exists(given, missing) ? given : runsFolder() / ".wastebasket" / given));
    context.answer({{"run", path.string()}}, path.string());
    return {};
}

Status diff(const RunsArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const std::string left, readTextFile(runPath(arguments.run) / "config.json"));
    VITRINE_TRY(const std::string right, readTextFile(runPath(arguments.other) / "config.json"));
    nlohmann::json rows = nlohmann::json::array();
    std::string text;
    for (const auto& d : diffConfigs(left, right)) {
        rows.push_back({{"field", d.field}, {"left", d.left}, {"right", d.right}});
        text += d.field + ": " + d.left + " | " + d.right + "\n";
    }
    context.answer({{"differences", rows}}, text.empty() ? "Their configurations are the same." : text);
    return {};
}

/// Copies a run's newest weights where the user wants them. Errors: InvalidArgument (something is there
/// already).
Status exportSnapshot(const RunsArguments& arguments, const CliContext& context) {
    std::error_code missing;
    if (std::filesystem::exists(arguments.out, missing))
        return Error{ErrorCode::InvalidArgument, arguments.out + " exists already; choose another name."};
    const auto snapshot = runPath(arguments.run) / "snapshot.safetensors";
    if (arguments.withoutScans) {
        const auto isShown = [](const std::string& styleId) { return !isScanId(styleId); };
        VITRINE_CHECK(writeWithStyles(snapshot, isShown, arguments.out));
    } else {
        VITRINE_TRY(const auto bytes, readFile(snapshot));
        VITRINE_CHECK(writeFileAtomically(arguments.out, bytes));
    }
    context.answer({{"file", arguments.out}}, arguments.out);
    return {};
}

void addRunsCommand(CLI::App& app, CliContext& context) {
    CLI::App& runs = *app.add_subcommand("runs", "List and manage training runs");
    runs.require_subcommand(1);
    const auto arguments = std::make_shared<RunsArguments>();
    const auto add = [&](const char* name, const char* help, std::function<Status()> action) {
        CLI::App* command = runs.add_subcommand(name, help);
        command->add_option("run", arguments->run, "Run folder, or its name among your runs")->required();
        setAction(*command, std::move(action));
        return command;
    };
    setAction(*runs.add_subcommand("list", "All runs, newest first"), [&context] { return list(context); });
    add("show", "State and newest figures of a run", [=, &context] { return show(*arguments, context); });
    add("pause", "Pause a run that is training", [=] {
        return control(*arguments, [](RunControl& c) { c.wanted = RunControl::Wanted::Pause; });
    });
    add("continue", "Resume a paused run", [=] {
        return control(*arguments, [](RunControl& c) { c.wanted = RunControl::Wanted::Train; });
    });
    add("stop", "Save and stop a run that is training", [=] {
        return control(*arguments, [](RunControl& c) { c.wanted = RunControl::Wanted::Stop; });
    });
    add("save", "Write a checkpoint and a snapshot now", [=] {
        return control(*arguments, [](RunControl& c) { ++c.saves; });
    });
    add("plan",
        "Train beyond the planned end",
        [=] { return control(*arguments, [=](RunControl& c) { c.totalSteps = arguments->totalSteps; }); })
        ->add_option("steps", arguments->totalSteps, "Steps of the whole training")
        ->required()
        ->check(CLI::PositiveNumber);
    add("rename", "Give a run another name", [=, &context] { return rename(*arguments, context); })
        ->add_option("name", arguments->name, "Its new name")
        ->required();
    add("discard", "Move a run to the wastebasket", [=, &context] { return discard(*arguments, context); });
    add("restore", "Bring a discarded run back", [=, &context] { return restore(*arguments, context); });
    add("diff", "Compare the configurations of two runs", [=, &context] { return diff(*arguments, context); })
        ->add_option("other", arguments->other, "The other run")
        ->required();
    CLI::App* exporting = add("export", "Copy a run's newest weights to a file", [=, &context] {
        return exportSnapshot(*arguments, context);
    });
    exporting->add_option("--out", arguments->out, "File to write")->required();
    exporting->add_flag("--without-scans",
                        arguments->withoutScans,
                        "Chair generators: leave out the styles of imported scans");
    setAction(*runs.add_subcommand("empty-wastebasket", "Delete discarded runs permanently"),
              [] { return emptyWastebasket(runsFolder()); });
}

const RegisteredCommand kRunsCommand{CommandGroup::Train, "runs", addRunsCommand};

}  // namespace

}  // namespace vitrine
