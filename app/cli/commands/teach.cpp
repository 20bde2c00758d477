// SPDX-License-Identifier: GPL-3.0-or-later
// teach: adds a chair to a network by fine-tuning a copy of it. The window prepares a run by it, too, and
// trains that as any other.
#include <fmt/format.h>

#include "app/cli/commands/data_commands.h"
#include "app/cli/commands/registry.h"
#include "app/cli/commands/train_run.h"
#include "app/cli/process.h"
#include "core/data/chair_catalogue.h"
#include "core/runs/run_list.h"
#include "core/sessions/chair_session.h"
#include "core/train/teaching.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

struct TeachArguments {
    std::string chair, name, out;
    std::string model = ChairSession::defaultModel().string();
    std::int64_t steps = TeachOptions().steps;
    bool prepare = false;

    fs::path run(const std::string& chairId) const {
        if (!out.empty()) return out;
        return name.empty() ? RunFolder::newName(chairId) : runsFolder() / name;
    }
};

Result<ChairEntry> chairOf(const std::string& idOrFile) {
    std::string id = idOrFile;
    std::error_code missing;
    if (fs::is_regular_file(idOrFile, missing)) {
        VITRINE_TRY(id, importChairFile(idOrFile));
    }
    VITRINE_TRY(const ChairCatalogue catalogue, ChairCatalogue::loadDefault());
    VITRINE_TRY(const ChairEntry* entry, catalogue.find(id));
    return *entry;
}

Status teach(const TeachArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const ChairEntry chair, chairOf(arguments.chair));
    const TeachOptions options{arguments.model, arguments.run(chair.id), arguments.steps, context.threads};
    VITRINE_TRY(const JobOutcome prepared, prepareTeaching(chair, options, context.jobContext()));
    if (prepared == JobOutcome::Cancelled) return cancelledError("Cancelled; nothing was kept.");
    VITRINE_TRY(const RunFolder run, RunFolder::open(options.run));
    if (!arguments.prepare) return trainAndAnswer(run, 0, context);
    context.answer({{"run", run.path().string()}, {"chair", chair.id}},
                   fmt::format("Train it: vitrine-cli train --resume {}\n", run.path().string()));
    return {};
}

void addTeachCommand(CLI::App& app, CliContext& context) {
    auto* command = app.add_subcommand(
        "teach", "Add a chair to a chair generator: fine-tunes a copy of it, in about ten minutes");
    auto arguments = std::make_shared<TeachArguments>();
    command
        ->add_option("chair",
                     arguments->chair,
                     "Id of a chair of the catalogue or of your own, or a file to import (.obj, .glb)")
        ->required();
    command->add_option("--model", arguments->model, "Weights to begin with, which stay as they are")
        ->capture_default_str();
    auto* name = command->add_option("--name", arguments->name, "Name of the run; default: of the chair");
    command->add_option("--out", arguments->out, "Run folder to create; default: among your runs")
        ->excludes(name);
    command->add_option("--steps", arguments->steps, "Training steps of 16 images")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_flag("--prepare",
                      arguments->prepare,
                      "Only render the chair and make the run, to train it with train --resume");
    setAction(*command, [arguments, &context] {
        keepFreedMemory();
        return teach(*arguments, context);
    });
}

const RegisteredCommand kTeachCommand{CommandGroup::Train, "teach", addTeachCommand};

}  // namespace

}  // namespace vitrine
