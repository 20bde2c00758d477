// SPDX-License-Identifier: GPL-3.0-or-later
// eval match: the paper's table of correspondences on our chairs.
#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/eval_commands.h"
#include "core/explore/match_eval.h"

namespace vitrine {
namespace {

struct EvalMatchArguments {
    std::string model, set, csv;
    std::string weights = "linear";
    std::vector<std::string> methods{"dis", "sift-flow"}, guides{"yes", "no"};
    MatchEvalOptions eval;
    bool morphOnly = false;
};

TableRows rowOf(const std::string& method, const MatchScores& scores, const TableRows& seconds) {
    return {{"method", method},
            {"all", scores.all},
            {"simple", scores.simple},
            {"difficult", scores.difficult},
            {"seconds", seconds}};
}

/// Source: papers.md B6; on other pictures and other points.
TableRows paperRows() {
    TableRows rows = TableRows::array();
    rows.push_back(rowOf("paper: DSP", {5.2, 3.3, 6.3}, nullptr));
    rows.push_back(rowOf("paper: SIFT flow", {4.0, 2.8, 4.8}, nullptr));
    rows.push_back(rowOf("paper: chairs net", {3.4, 3.1, 3.5}, nullptr));
    rows.push_back(rowOf("paper: human", {1.1, 1.1, 1.1}, nullptr));
    return rows;
}

Status evalMatch(const EvalMatchArguments& arguments, const CliContext& context) {
    VITRINE_TRY(
        const CorrespondenceSet set,
        arguments.set.empty() ? CorrespondenceSet::loadDefault() : CorrespondenceSet::load(arguments.set));
    VITRINE_TRY(ChairSession chairs, openChairSession(arguments.model, context));
    CorrespondenceSession session(std::move(chairs));
    MatchEvalOptions options = arguments.eval;
    options.schedule = arguments.weights == "paper" ? MorphSchedule::Paper : MorphSchedule::Linear;
    options.numThreads = context.threads;
    options.morphMethods.clear();
    options.guides.clear();
    for (const std::string& guide : arguments.guides) options.guides.push_back(guide == "yes");
    for (const std::string& key : arguments.methods) options.morphMethods.push_back(*flowMethodOf(key));
    if (arguments.morphOnly) options.directMethods.clear();
    VITRINE_TRY(const auto evaluated, evaluateMatching(session, set, options, context.jobContext()));
    TableRows rows = TableRows::array();
    for (const MatchEvalRow& row : evaluated) rows.push_back(rowOf(row.method, row.scores, row.seconds));
    for (const auto& row : paperRows()) rows.push_back(row);
    const std::string text =
        "Mean distance from the true place in pixels; " + std::to_string(set.numPoints()) + " points of " +
        std::to_string(set.pairs.size()) +
        " pairs at 128 x 128; the paper's rows are for its own pictures and points\n\n" + markdownOf(rows, 2);
    return answerTable(context,
                       rows,
                       arguments.csv,
                       text,
                       {{"pairs", set.pairs.size()}, {"points", set.numPoints()}},
                       {session.info().file});
}

}  // namespace

void addEvalMatch(CLI::App& eval, CliContext& context) {
    auto& command = *eval.add_subcommand(
        "match",
        "Correspondences between chairs: the generator's morph beside SIFT flow, DSP and direct flow");
    const auto arguments = std::make_shared<EvalMatchArguments>();
    addModelOption(command, arguments->model);
    command.add_option("--set", arguments->set, "Test set; default: resources/correspondence.json");
    command.add_option("--frames", arguments->eval.numFrames, "Pictures of the morph")
        ->check(CLI::Range(2, CorrespondenceRequest::kMostFrames));
    command
        .add_option("--strides", arguments->eval.strides, "Frames from one flow to the next; one row each")
        ->delimiter(',')
        ->check(CLI::Range(1, CorrespondenceRequest::kMostFrames));
    command.add_option("--weights", arguments->weights, "Steps of the morph")
        ->check(CLI::IsMember({"linear", "paper"}));
    std::vector<std::string> keys;
    for (const FlowMethod method : flowMethods()) keys.emplace_back(keyOf(method));
    command.add_option("--methods", arguments->methods, "Flow between the morph's neighbours; one row each")
        ->delimiter(',')
        ->check(CLI::IsMember(keys));
    command.add_option("--guide", arguments->guides, "Look about where proportions point; one row each")
        ->delimiter(',')
        ->check(CLI::IsMember({"yes", "no"}));
    command.add_flag("--morph-only", arguments->morphOnly, "Leave out the direct methods");
    command.add_option("--csv", arguments->csv, "Write the table also to this file");
    setAction(command, [arguments, &context] { return evalMatch(*arguments, context); });
}

}  // namespace vitrine
