// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/eval_commands.h"
#include "app/cli/commands/registry.h"
#include "app/cli/results_file.h"
#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"

namespace vitrine {

void addPackedChairsOption(CLI::App& command, std::string& data) {
    command.add_option("--data", data, "Packed set; default: what \"data render\" made of the catalogue");
}

std::filesystem::path packedChairsFile(const std::string& data) {
    return data.empty() ? cacheFolder() / "chairs-128.vpack" : std::filesystem::path(data);
}

Status answerTable(const CliContext& context,
                   const TableRows& rows,
                   const std::string& csv,
                   const std::string& text,
                   nlohmann::json more,
                   const std::vector<std::filesystem::path>& weights) {
    if (!csv.empty()) VITRINE_CHECK(writeResults(context, csv, rows, weights));
    more["rows"] = nlohmann::json(rows);
    context.answer(more, text);
    return {};
}

namespace {

void addEvalCommand(CLI::App& app, CliContext& context) {
    auto* command = app.add_subcommand("eval", "Compute the papers' tables on our data");
    command->require_subcommand(1);
    addCommands(*command, CommandGroup::OfEval, context);
}

const RegisteredCommand kEvalCommand{CommandGroup::Measure, "eval", addEvalCommand};

}  // namespace

}  // namespace vitrine
