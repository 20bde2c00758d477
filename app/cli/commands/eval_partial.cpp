// SPDX-License-Identifier: GPL-3.0-or-later
// eval partial: the table of partially observed output of Sohn, Lee, Yan 2015 on our scenes.
#include <fmt/format.h>

#include <cmath>

#include "app/cli/commands/eval_commands.h"
#include "app/cli/commands/eval_models.h"
#include "app/cli/commands/registry.h"
#include "core/eval/partial_eval.h"
#include "core/nets/compute.h"

namespace vitrine {
namespace {

using Json = nlohmann::ordered_json;

struct PartialArguments : EvalArguments {
    PartialEvalOptions eval;
};

/// The three measures of a column, by what its name ends in.
struct PartialMeasure {
    const char* suffix;
    GroupedMean PartialScores::*score;
};
constexpr PartialMeasure kMeasures[] = {
    {"", &PartialScores::iou}, {" map", &PartialScores::mapIou}, {" pixel", &PartialScores::pixelAccuracy}};

/// "25/1 map"
std::string columnName(double omitted, int block, const PartialMeasure& measure) {
    return fmt::format("{}/{}{}", std::lround(100 * omitted), block, measure.suffix);
}

Json rowOf(const std::string& method, bool isDefault, const PartialAnswer& answer) {
    Json row{{"method", method}, {"default", isDefault}};
    for (const PartialMeasure& measure : kMeasures)
        for (const PartialScores& scores : answer.columns)
            row[columnName(scores.omitted, scores.block, measure)] = 100 * (scores.*measure.score).value();
    for (const PartialMeasure& measure : kMeasures)
        for (const PartialScores& scores : answer.columns) {
            const std::string name = columnName(scores.omitted, scores.block, measure);
            const Interval interval = (scores.*measure.score).interval();
            row[name + " low"] = 100 * interval.low;
            row[name + " high"] = 100 * interval.high;
        }
    return row;
}

/// A row of the slide's, first validation set. Units: percent. Source: papers.md A9.
struct PartialPaperRow {
    const char* name;
    const char* suffix;  ///< of the columns that it stands in
    double percent[9];
};
constexpr PartialPaperRow kPartialPaperRows[] = {
    {"paper, CUB: GDNN", " map", {89.37, 88.74, 90.72, 74.95, 70.48, 76.07, 62.11, 57.68, 63.59}},
    {"paper, CUB: CVAE", " map", {98.52, 98.07, 96.78, 95.95, 94.25, 89.10, 89.44, 84.36, 76.87}},
    {"paper, LFW: GDNN", " pixel", {96.93, 96.55, 97.14, 91.84, 90.87, 92.68, 85.27, 85.70, 87.83}},
    {"paper, LFW: CVAE", " pixel", {99.22, 99.09, 98.73, 97.29, 97.08, 96.15, 89.71, 93.16, 92.06}}};

/// The paper's row with the columns of `like`; null where the paper says nothing.
Json rowOf(const PartialPaperRow& paper, const Json& like) {
    Json row;
    for (const auto& [name, cell] : like.items()) row[name] = nullptr;
    row["method"] = paper.name;
    row["default"] = false;
    std::size_t i = 0;
    for (const int share : {25, 50, 70})
        for (const int block : {1, 4, 8})
            row[fmt::format("{}/{}{}", share, block, paper.suffix)] = paper.percent[i++];
    return row;
}

std::string methodOf(const EvalModel& model, const PartialAnswer& answer) {
    return answer.name.empty() ? model.method() : model.method() + ", " + answer.name;
}

Result<TableRows> evaluateAll(const std::vector<EvalModel>& models,
                              const PartialArguments& arguments,
                              const CliContext& context) {
    constexpr double kTokenCost = 60;  // 16 samples of 12 steps each
    std::vector<double> costs;
    for (const EvalModel& model : models)
        costs.push_back(model.info.drawsTokens     ? kTokenCost
                        : model.info.takesObserved ? 2.0 + 2 * arguments.eval.numSweeps
                                                   : 1.5);
    costs.push_back(3);
    const JobContext job = context.jobContext();
    const EvalProgress progress(job, costs);
    TableRows rows = TableRows::array();
    for (std::size_t i = 0; i < models.size(); ++i) {
        VITRINE_TRY(const auto answers,
                    evaluatePartial(models[i].file, arguments.dataFile(), arguments.eval, progress.of(i)));
        for (const PartialAnswer& answer : answers)
            rows.push_back(rowOf(methodOf(models[i], answer), models[i].isDefault, answer));
    }
    const int size = referenceModel(models).info.size;
    VITRINE_TRY(
        const auto baselines,
        evaluatePartialBaselines(arguments.dataFile(), size, arguments.eval, progress.of(models.size())));
    for (const PartialAnswer& baseline : baselines) rows.push_back(rowOf(baseline.name, false, baseline));
    return rows;
}

/// The columns of one measure, of the rows that have it.
std::string measureTable(const TableRows& rows,
                         const PartialMeasure& measure,
                         const PartialEvalOptions& options) {
    std::vector<std::string> names = {"method", "default"};
    for (const double omitted : options.omitted)
        for (const int block : options.blocks) names.push_back(columnName(omitted, block, measure));
    TableRows some = TableRows::array();
    for (const Json& row : rows)
        if (!row[names.back()].is_null()) some.push_back(row);
    return markdownOf(columnsOf(some, names), 2);
}

std::string textOf(const TableRows& rows, const PartialArguments& arguments) {
    const auto& eval = arguments.eval;
    return fmt::format(
        "Labels of left out blocks, the other labels being given; share left out in % / side of the blocks "
        "in pixels; percent. {} scenes of the {} split{}, {} sweeps.\n\n"
        "IoU of the left out pixels, mean over the chair's parts\n\n{}\n"
        "IoU of the whole map, chair against background, summed over the set; given labels are kept\n\n{}\n"
        "Pixel accuracy of the left out pixels\n\n{}\n"
        "default: the network that the panel opens. sweep 0: the answer at the prior's mean, given the "
        "labels; mean sweeps, sampled sweeps: after iterative inference from there. initial guess, mean of "
        "16 samples: of tokens, given the labels. nearest known label: of each pixel; retrieval: the vote "
        "of the 20 training maps that agree best with the given labels. Intervals over chairs are in the "
        "CSV file.\n",
        eval.numScenes,
        arguments.split,
        eval.studio ? " in a studio" : "",
        eval.numSweeps,
        measureTable(rows, kMeasures[0], eval),
        measureTable(rows, kMeasures[1], eval),
        measureTable(rows, kMeasures[2], eval));
}

Status evalPartial(const PartialArguments& arguments, const CliContext& context) {
    setComputeThreads(context.threads);
    VITRINE_TRY(const auto models, evalModels(arguments));
    VITRINE_TRY(TableRows rows, evaluateAll(models, arguments, context));
    for (const PartialPaperRow& paper : kPartialPaperRows) rows.push_back(rowOf(paper, rows.front()));
    return answerTable(context,
                       rows,
                       arguments.csv,
                       textOf(rows, arguments),
                       {{"split", arguments.split}, {"sweeps", arguments.eval.numSweeps}},
                       filesOf(models));
}

void addEvalPartial(CLI::App& eval, CliContext& context) {
    auto& command = *eval.add_subcommand(
        "partial", "Labels of omitted blocks, the others being known: each variant, before and after sweeps");
    auto arguments = std::make_shared<PartialArguments>();
    addEvalArguments(command, *arguments);
    command.add_option("--scenes", arguments->eval.numScenes, "Of the split; 0 = all")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--sweeps", arguments->eval.numSweeps, "Of iterative inference")
        ->check(CLI::Range(1, 1000));
    command.add_flag("--studio", arguments->eval.studio, "Plain walls and floors in place of the rooms");
    setAction(command, [arguments, &context] {
        arguments->eval.seed += context.seed;
        arguments->eval.split = arguments->splitAsked();
        return evalPartial(*arguments, context);
    });
}

const RegisteredCommand kEvalPartialCommand{CommandGroup::OfEval, "partial", addEvalPartial};

}  // namespace

}  // namespace vitrine
