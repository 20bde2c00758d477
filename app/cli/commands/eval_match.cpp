// SPDX-License-Identifier: GPL-3.0-or-later
// eval match: the paper's table of correspondences on our chairs.
#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/eval_commands.h"
#include "app/cli/commands/registry.h"
#include "core/eval/correspondence_eval.h"

namespace vitrine {
namespace {

struct EvalMatchArguments {
    std::string model, set, csv;
    std::string weights = "linear";
    std::vector<std::string> methods{"dis", "sift-flow"}, guides{"yes", "no"};
    CorrespondenceEvalOptions eval;
    bool morphOnly = false;
};

TableRows rowOf(const CorrespondenceEvalRow& row) {
    const auto& [all, simple, difficult] = row.intervals;
    return {{"method", row.method},
            {"all", row.scores.all},
            {"all low", all.low},
            {"all high", all.high},
            {"simple", row.scores.simple},
            {"simple low", simple.low},
            {"simple high", simple.high},
            {"difficult", row.scores.difficult},
            {"difficult low", difficult.low},
            {"difficult high", difficult.high},
            {"seconds", row.seconds}};
}

TableRows paperRow(const char* method, double all, double simple, double difficult) {
    constexpr double kNone = CorrespondenceScores::kNone;
    constexpr Interval kNoInterval{kNone, kNone};
    return rowOf({method, {all, simple, difficult}, {kNoInterval, kNoInterval, kNoInterval}, kNone});
}

/// Source: papers.md B6; on other pictures and other points.
TableRows paperRows() {
    TableRows rows = TableRows::array();
    rows.push_back(paperRow("paper: DSP", 5.2, 3.3, 6.3));
    rows.push_back(paperRow("paper: SIFT flow", 4.0, 2.8, 4.8));
    rows.push_back(paperRow("paper: chairs net", 3.4, 3.1, 3.5));
    rows.push_back(paperRow("paper: human", 1.1, 1.1, 1.1));
    return rows;
}

Status evalMatch(const EvalMatchArguments& arguments, const CliContext& context) {
    VITRINE_TRY(
        const CorrespondenceSet set,
        arguments.set.empty() ? CorrespondenceSet::loadDefault() : CorrespondenceSet::load(arguments.set));
    VITRINE_TRY(ChairSession chairs, openChairSession(arguments.model, context));
    CorrespondenceSession session(std::move(chairs));
    CorrespondenceEvalOptions options = arguments.eval;
    options.schedule = arguments.weights == "paper" ? MorphSchedule::Paper : MorphSchedule::Linear;
    options.numThreads = context.threads;
    options.morphMethods.clear();
    options.guides.clear();
    for (const std::string& guide : arguments.guides) options.guides.push_back(guide == "yes");
    for (const std::string& key : arguments.methods) options.morphMethods.push_back(*flowMethodOf(key));
    if (arguments.morphOnly) options.directMethods.clear();
    VITRINE_TRY(const auto evaluated, evaluateCorrespondence(session, set, options, context.jobContext()));
    TableRows rows = TableRows::array();
    for (const CorrespondenceEvalRow& row : evaluated) rows.push_back(rowOf(row));
    for (const auto& row : paperRows()) rows.push_back(row);
    const std::string text = fmt::format(
        "Mean distance from the true place in pixels; {} points of {} pairs at 128 x 128; low and high: 95 % "
        "interval over chair models; the paper's rows are for its own pictures and points\n\n{}",
        set.numPoints(),
        set.pairs.size(),
        markdownOf(rows, 2));
    return answerTable(context,
                       rows,
                       arguments.csv,
                       text,
                       {{"pairs", set.pairs.size()}, {"points", set.numPoints()}},
                       {session.info().file});
}

void addEvalMatch(CLI::App& eval, CliContext& context) {
    auto& command = *eval.add_subcommand(
        "match",
        "Correspondences between chairs: the generator's morph beside SIFT flow, DSP and direct flow");
    const auto arguments = std::make_shared<EvalMatchArguments>();
    addModelOption(command, arguments->model);
    command.add_option("--set", arguments->set, "Test set; default: resources/correspondence.json");
    command.add_option("--frames", arguments->eval.numFrames, "Pictures of the morph")
        ->check(CLI::Range(2, CorrespondenceRequest::kMaxFrames));
    command
        .add_option("--strides", arguments->eval.strides, "Frames from one flow to the next; one row each")
        ->delimiter(',')
        ->check(CLI::Range(1, CorrespondenceRequest::kMaxFrames));
    command.add_option("--weights", arguments->weights, "Steps of the morph")
        ->check(CLI::IsMember({"linear", "paper"}));
    std::vector<std::string> keys;
    for (const FlowMethod method : flowMethods()) keys.emplace_back(keyOf(method));
    command.add_option("--methods", arguments->methods, "Flow between the morph's neighbours; one row each")
        ->delimiter(',')
        ->check(CLI::IsMember(keys));
    command
        .add_option("--guide", arguments->guides, "Guide the search by the chairs' proportions; one row each")
        ->delimiter(',')
        ->check(CLI::IsMember({"yes", "no"}));
    command.add_flag("--morph-only", arguments->morphOnly, "Leave out the direct methods");
    command.add_option("--csv", arguments->csv, "Write the table also to this file");
    setAction(command, [arguments, &context] { return evalMatch(*arguments, context); });
}

const RegisteredCommand kEvalMatchCommand{CommandGroup::OfEval, "match", addEvalMatch};

}  // namespace

}  // namespace vitrine
