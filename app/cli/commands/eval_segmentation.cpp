// SPDX-License-Identifier: GPL-3.0-or-later
// eval segmentation | partial: the tables of Sohn, Lee, Yan 2015 on our scenes, and what is asked of such
// models today.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>

#include "app/cli/commands/eval_commands.h"
#include "app/cli/results_file.h"
#include "core/base/mean.h"
#include "core/data/scene_job.h"
#include "core/eval/segmentation_eval.h"
#include "core/explore/segmentation_session.h"
#include "core/nets/compute.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct EvalArguments {
    std::vector<std::string> models;
    std::string data, csv;
};

struct SegmentationArguments : EvalArguments {
    SegmentationEvalOptions eval;
};

struct PartialArguments : EvalArguments {
    PartialEvalOptions eval;
};

/// The named weight files, or all of the box.
Result<std::vector<fs::path>> modelsOf(const EvalArguments& arguments) {
    std::vector<fs::path> models(arguments.models.begin(), arguments.models.end());
    for (const std::string& variant : structuredVariantNames())
        if (const fs::path file = SegmentationSession::defaultModel(variant);
            arguments.models.empty() && fs::exists(file))
            models.push_back(file);
    if (models.empty())
        return Error{ErrorCode::NotFound,
                     "There are no segmentation models in the box; name weight files with --models."};
    return models;
}

fs::path dataOf(const EvalArguments& arguments) {
    return arguments.data.empty() ? defaultScenesFile() : fs::path(arguments.data);
}

// ---- segmentation

/// A row of the paper's table for CUB, test set. Units: percent. Source: papers.md A7.
struct PaperRow {
    const char* method;
    double pixelAccuracy, iou;
};
constexpr PaperRow kPaperRows[] = {{"MMBM", 90.42, 75.92},
                                   {"CNN", 92.30, 81.90},
                                   {"CNN msc", 92.52, 82.43},
                                   {"GDNN msc", 93.24, 83.96},
                                   {"GSNN msc", 93.39, 84.26},
                                   {"CVAE msc", 93.03, 83.53},
                                   {"hybrid msc", 93.35, 84.16},
                                   {"GDNN msc,NI", 93.78, 85.07},
                                   {"GSNN msc,NI", 93.91, 85.39},
                                   {"CVAE msc,NI", 93.48, 84.47},
                                   {"hybrid msc,NI", 93.78, 85.07}};

std::string methodOf(const StructuredWeightsInfo& model) {
    static const std::map<StructuredVariant, std::string> kNames = {{StructuredVariant::Cnn, "CNN"},
                                                                    {StructuredVariant::Gdnn, "GDNN"},
                                                                    {StructuredVariant::Gsnn, "GSNN"},
                                                                    {StructuredVariant::Cvae, "CVAE"},
                                                                    {StructuredVariant::Hybrid, "hybrid"}};
    std::string name = kNames.at(model.options.variant);
    if (model.options.multiScale) name += " msc";
    if (model.noiseInjection > 0) name += model.options.multiScale ? ",NI" : " NI";
    return name;
}

/// One column of scores over the models of a row, which differ by their seeds.
struct Scores {
    std::vector<double> values;
    double mean() const {
        Mean mean;
        for (const double value : values) mean.add(value);
        return mean.value();
    }
    /// Of a single model; NaN with one.
    double standardDeviation() const {
        if (values.size() < 2) return std::numeric_limits<double>::quiet_NaN();
        double square = 0;
        for (const double value : values) square += (value - mean()) * (value - mean());
        return std::sqrt(square / double(values.size() - 1));
    }
};

using EvalsByMethod = std::map<std::string, std::vector<SegmentationEval>>;

Scores scoresOf(const std::vector<SegmentationEval>& evals, double (*score)(const SegmentationEval&)) {
    Scores scores;
    for (const auto& eval : evals) scores.values.push_back(score(eval));
    return scores;
}

/// The slide's rows in its order, also those that no model fills, then others.
std::vector<std::string> rowNames(const EvalsByMethod& evals) {
    std::vector<std::string> names;
    for (const PaperRow& row : kPaperRows) names.push_back(row.method);
    for (const auto& [name, unused] : evals)
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    return names;
}

Json paperCell(const std::string& method, double PaperRow::*column) {
    for (const PaperRow& row : kPaperRows)
        if (method == row.method) return row.*column;
    return {};
}

TableRows accuracyRows(const EvalsByMethod& evals) {
    TableRows rows = TableRows::array();
    for (const std::string& name : rowNames(evals)) {
        const auto found = evals.find(name);
        const auto models = found == evals.end() ? std::vector<SegmentationEval>() : found->second;
        const auto accuracy = scoresOf(models, [](const auto& e) { return 100 * e.whole.pixelAccuracy; });
        const auto iou = scoresOf(models, [](const auto& e) { return 100 * e.whole.iou; });
        Json row{{"method", name},
                 {"models", models.empty() ? Json("not yet") : Json(models.size())},
                 {"pixel %", accuracy.mean()},
                 {"sd pixel", accuracy.standardDeviation()},
                 {"IoU %", iou.mean()},
                 {"sd IoU", iou.standardDeviation()},
                 {"paper pixel %", paperCell(name, &PaperRow::pixelAccuracy)},
                 {"paper IoU %", paperCell(name, &PaperRow::iou)}};
        rows.push_back(std::move(row));
    }
    return rows;
}

TableRows sampleRows(const EvalsByMethod& evals, bool withLikelihood) {
    TableRows rows = TableRows::array();
    for (const std::string& name : rowNames(evals)) {
        const auto found = evals.find(name);
        if (found == evals.end()) continue;
        const auto mean = [&](double (*score)(const SegmentationEval&)) {
            return scoresOf(found->second, score).mean();
        };
        Json row{{"method", name},
                 {"IoU", mean([](const auto& e) { return e.omitted.iou; })},
                 {"sample IoU", mean([](const auto& e) { return e.omitted.sampleIou; })},
                 {"best IoU", mean([](const auto& e) { return e.omitted.bestIou; })},
                 {"diversity", mean([](const auto& e) { return e.omitted.diversity; })},
                 {"distance", mean([](const auto& e) { return e.omitted.sampleToTruth; })},
                 {"GED2", mean([](const auto& e) { return e.omitted.energyDistance; })},
                 {"GED2 (empty = 1)", mean([](const auto& e) { return e.omitted.energyDistancePerfect; })},
                 {"NCC", mean([](const auto& e) { return e.omitted.uncertaintyCorrelation; })},
                 {"ECE", mean([](const auto& e) { return e.omitted.calibration.ece; })},
                 {"T", mean([](const auto& e) { return e.omitted.temperature; })},
                 {"ECE at T", mean([](const auto& e) { return e.omitted.scaledCalibration.ece; })}};
        if (withLikelihood) {
            row["-CLL (MC)"] = mean([](const auto& e) { return e.omitted.monteCarlo; });
            row["-CLL (IS)"] = mean([](const auto& e) { return e.omitted.importance; });
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

/// What the samples' columns are that their names do not tell.
std::string sampleNotes(const SegmentationEvalOptions& options) {
    std::string notes =
        "\ndiversity: E d(S, S'), distance: E d(S, Y) with d = 1 - IoU, S a sample, Y the truth; GED2 = 2 "
        "distance - diversity. A scene has one truth, so that IoU after Hungarian matching is the samples' "
        "mean (sample IoU).\n";
    if (options.numLikelihoodSamples > 0)
        notes += "-CLL: negative conditional log-likelihood of all labels in nats a picture, S = " +
                 std::to_string(options.numLikelihoodSamples) +
                 ", by Monte Carlo (MC; without noise it is exact) and importance sampling (IS).\n";
    return notes;
}

/// The columns of both tables, one row a method; the second's are called "box: ...".
TableRows joined(TableRows rows, const TableRows& samples) {
    for (Json& row : rows) {
        const Json method = row["method"];
        const auto same = std::find_if(
            samples.begin(), samples.end(), [&](const Json& other) { return other["method"] == method; });
        for (const auto& [name, cell] : samples.front().items())
            if (name != "method") row["box: " + name] = same == samples.end() ? Json() : (*same)[name];
    }
    return rows;
}

/// Reliability of the samples' mean, of each method's first model: one row a bin and method.
TableRows reliabilityRows(const EvalsByMethod& evals) {
    TableRows rows = TableRows::array();
    for (const auto& [name, models] : evals) {
        const auto& eval = models.front().omitted;
        for (std::size_t i = 0; i < eval.calibration.bins.size(); ++i) {
            const auto &before = eval.calibration.bins[i], &after = eval.scaledCalibration.bins[i];
            rows.push_back({{"method", name},
                            {"bin", i},
                            {"confidence", before.confidence},
                            {"accuracy", before.accuracy},
                            {"pixels", before.count},
                            {"confidence at T", after.confidence},
                            {"accuracy at T", after.accuracy},
                            {"pixels at T", after.count}});
        }
    }
    return rows;
}

/// All columns, and the reliability as NAME-reliability.csv beside them.
Status writeTables(const CliContext& context,
                   const fs::path& csv,
                   const std::vector<fs::path>& models,
                   const TableRows& rows,
                   const TableRows& samples,
                   const TableRows& reliability) {
    if (csv.empty()) return {};
    VITRINE_CHECK(writeResults(context, csv, joined(rows, samples), models));
    return writeResults(context, besideResults(csv, "reliability"), reliability, models);
}

Status evalSegmentation(const SegmentationArguments& arguments, const CliContext& context) {
    setComputeThreads(context.threads);
    VITRINE_TRY(const auto models, modelsOf(arguments));
    EvalsByMethod evals;
    std::size_t numScenes = 0;
    for (const fs::path& model : models) {
        VITRINE_TRY(SegmentationEval eval,
                    evaluateSegmentation(model, dataOf(arguments), arguments.eval, context.jobContext()));
        numScenes = eval.numScenes;
        evals[methodOf(eval.model)].push_back(std::move(eval));
    }
    const TableRows rows = accuracyRows(evals), reliability = reliabilityRows(evals),
                    samples = sampleRows(evals, arguments.eval.numLikelihoodSamples > 0);
    VITRINE_CHECK(writeTables(context, arguments.csv, models, rows, samples, reliability));
    char title[200];
    std::snprintf(title,
                  sizeof title,
                  "%zu held-out scenes%s, whole; the paper's columns are for its data (CUB)\n\n",
                  numScenes,
                  arguments.eval.studio ? " in a studio" : "");
    char second[200];
    std::snprintf(second,
                  sizeof second,
                  "\nThe same scenes with a box left out, %d samples, drawn in parts: %d\n\n",
                  arguments.eval.numSamples,
                  arguments.eval.numParts);
    const std::string text =
        title + markdownOf(rows, 2) + second + markdownOf(samples) + sampleNotes(arguments.eval);
    return answerTable(context,
                       rows,
                       /*csv=*/{},
                       text,
                       {{"scenes", numScenes},
                        {"likelihoodSamples", arguments.eval.numLikelihoodSamples},
                        {"samples", nlohmann::json(samples)},
                        {"reliability", nlohmann::json(reliability)}});
}

// ---- partial

/// A row of the slide's, first validation set. Units: percent. Source: papers.md A9.
struct PaperPartialRow {
    const char* name;
    double percent[9];
};
constexpr PaperPartialRow kPaperPartialRows[] = {
    {"paper, CUB: GDNN, IoU %", {89.37, 88.74, 90.72, 74.95, 70.48, 76.07, 62.11, 57.68, 63.59}},
    {"paper, CUB: CVAE, IoU %", {98.52, 98.07, 96.78, 95.95, 94.25, 89.10, 89.44, 84.36, 76.87}},
    {"paper, LFW: GDNN, pixel %", {96.93, 96.55, 97.14, 91.84, 90.87, 92.68, 85.27, 85.70, 87.83}},
    {"paper, LFW: CVAE, pixel %", {99.22, 99.09, 98.73, 97.29, 97.08, 96.15, 89.71, 93.16, 92.06}}};

Json partialRow(const std::string& name, const std::vector<double>& percent) {
    Json row{{"method", name}};
    std::size_t i = 0;
    for (const int share : {25, 50, 70})
        for (const int block : {1, 4, 8}) {
            row[std::to_string(share) + "% / " + std::to_string(block)] = percent[i];
            ++i;
        }
    return row;
}

Status evalPartial(const PartialArguments& arguments, const CliContext& context) {
    setComputeThreads(context.threads);
    VITRINE_TRY(const auto models, modelsOf(arguments));
    TableRows rows = TableRows::array();
    for (const fs::path& model : models) {
        VITRINE_TRY(const StructuredWeightsInfo info, structuredWeightsInfo(model));
        VITRINE_TRY(const auto table,
                    evaluatePartial(model, dataOf(arguments), arguments.eval, context.jobContext()));
        std::vector<double> iou, accuracy;
        for (const PartialScores& scores : table) {
            iou.push_back(100 * scores.iou);
            accuracy.push_back(100 * scores.pixelAccuracy);
        }
        rows.push_back(partialRow(methodOf(info) + ", IoU %", iou));
        rows.push_back(partialRow(methodOf(info) + ", pixel %", accuracy));
    }
    for (const PaperPartialRow& row : kPaperPartialRows)
        rows.push_back(partialRow(row.name, {std::begin(row.percent), std::end(row.percent)}));
    const std::string text =
        "Share of the picture left out / side of its blocks in pixels; scores of the omitted pixels alone, "
        "the labels of the others being given to those that take them\n\n" +
        markdownOf(rows, 2);
    return answerTable(context, rows, arguments.csv, text, {}, models);
}

void addCommon(CLI::App& command, EvalArguments& arguments) {
    command.add_option("--models", arguments.models, "Weight files; default: those in the box");
    command.add_option(
        "--data", arguments.data, "Packed set of scenes; default: what \"data scenes\" rendered");
    command.add_option("--csv", arguments.csv, "Write the table also to this file");
}

}  // namespace

void addEvalSegmentation(CLI::App& eval, CliContext& context) {
    auto& command = *eval.add_subcommand(
        "segmentation", "Pixel accuracy and IoU of each variant, and how good its samples are");
    auto arguments = std::make_shared<SegmentationArguments>();
    addCommon(command, *arguments);
    command.get_option("--csv")->description(
        "Write all columns also to this file, and the reliability to NAME-reliability.csv beside it");
    command.add_option("--scenes", arguments->eval.numScenes, "Of the test split; 0 = all")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--samples", arguments->eval.numSamples, "Drawn for each scene")
        ->check(CLI::Range(1, 1000));
    command.add_option("--parts", arguments->eval.numParts, "Parts that samples are drawn in, where the prior was told labels")
        ->check(CLI::Range(1, 64));
    command
        .add_option("--likelihood",
                    arguments->eval.numLikelihoodSamples,
                    "Samples S for the conditional log-likelihood with a box left out; 0 = none (it is slow)")
        ->check(CLI::Range(0, 100'000));
    command.add_flag("--studio", arguments->eval.studio, "Plain walls and floors in place of the rooms");
    setAction(command, [arguments, &context] {
        arguments->eval.seed += context.seed;  // without --seed the figures of the README come out
        return evalSegmentation(*arguments, context);
    });
}

void addEvalPartial(CLI::App& eval, CliContext& context) {
    auto& command = *eval.add_subcommand(
        "partial", "Labels of omitted blocks, the others being known: GDNN against CVAE");
    auto arguments = std::make_shared<PartialArguments>();
    addCommon(command, *arguments);
    command.add_option("--scenes", arguments->eval.numScenes, "Of the validation split; 0 = all")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--sweeps", arguments->eval.numSweeps, "Of iterative inference")
        ->check(CLI::Range(1, 1000));
    setAction(command, [arguments, &context] {
        arguments->eval.seed += context.seed;
        return evalPartial(*arguments, context);
    });
}

}  // namespace vitrine
