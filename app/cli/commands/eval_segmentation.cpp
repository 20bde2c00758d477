// SPDX-License-Identifier: GPL-3.0-or-later
// eval segmentation: the table of Sohn, Lee, Yan 2015 on our scenes, and what is asked of such models today.
#include "app/cli/commands/eval_commands.h"
#include "app/cli/commands/eval_models.h"
#include "app/cli/commands/eval_segmentation_rows.h"
#include "app/cli/commands/registry.h"
#include "app/cli/results_file.h"
#include "core/nets/compute.h"

namespace vitrine {
namespace {

struct SegmentationArguments : EvalArguments {
    SegmentationEvalOptions eval;
};

Result<SegmentationTable> evaluateAll(const std::vector<EvalModel>& models,
                                      const SegmentationArguments& arguments,
                                      const CliContext& context) {
    constexpr double kSamplingCost = 4;  // against a network with a single answer
    std::vector<double> costs;
    for (const EvalModel& model : models) costs.push_back(model.info.hasNoise ? kSamplingCost : 1);
    costs.push_back(1);
    const JobContext job = context.jobContext();
    const EvalProgress progress(job, costs);
    SegmentationTable table(arguments.eval);
    for (std::size_t i = 0; i < models.size(); ++i) {
        VITRINE_TRY(
            SegmentationEval eval,
            evaluateSegmentation(models[i].file, arguments.dataFile(), arguments.eval, progress.of(i)));
        table.add(models[i].method(), models[i].isDefault, std::move(eval));
    }
    VITRINE_TRY(
        const auto baselines,
        evaluateSegmentationBaselines(
            referenceModel(models).file, arguments.dataFile(), arguments.eval, progress.of(models.size())));
    for (const SegmentationEval& baseline : baselines) table.add(baseline.baseline, false, baseline);
    return table;
}

Status evalSegmentation(const SegmentationArguments& arguments, const CliContext& context) {
    setComputeThreads(context.threads);
    VITRINE_TRY(const auto models, evalModels(arguments));
    VITRINE_TRY(const SegmentationTable table, evaluateAll(models, arguments, context));
    const TableRows rows = table.rows(), reliability = table.reliability();
    if (!arguments.csv.empty())
        VITRINE_CHECK(
            writeResults(context, besideResults(arguments.csv, "reliability"), reliability, filesOf(models)));
    return answerTable(context,
                       rows,
                       arguments.csv,
                       table.text(),
                       {{"scenes", table.numScenes()},
                        {"split", arguments.split},
                        {"likelihoodSamples", arguments.eval.numLikelihoodSamples},
                        {"samplingSteps", arguments.eval.numSamplingSteps},
                        {"parts", arguments.eval.numSamplingSteps},  // as it was called
                        {"steps", arguments.eval.numSteps},
                        {"temperature", arguments.eval.temperature},
                        {"reliability", nlohmann::json(reliability)}},
                       filesOf(models));
}

void addEvalSegmentation(CLI::App& eval, CliContext& context) {
    auto& command = *eval.add_subcommand(
        "segmentation", "Pixel accuracy and IoU of each variant, and how good its samples are");
    auto arguments = std::make_shared<SegmentationArguments>();
    addEvalArguments(command, *arguments);
    command.get_option("--csv")->description(
        "Write all columns, with 95% intervals over chairs, to this file, and the reliability to "
        "NAME-reliability.csv beside it");
    command.add_option("--scenes", arguments->eval.numScenes, "Of the split; 0 = all")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--samples", arguments->eval.numSamples, "Drawn for each scene")
        ->check(CLI::Range(1, 1000));
    command
        .add_option("--sampling-steps,--parts",
                    arguments->eval.numSamplingSteps,
                    "Autoregressive steps of a sample, if the prior was conditioned on observed labels")
        ->check(CLI::Range(1, 64));
    command
        .add_option("--steps", arguments->eval.numSteps, "Steps in which the tokens of a sample are drawn")
        ->check(CLI::Range(1, 256));
    command
        .add_option("--temperature",
                    arguments->eval.temperature,
                    "Of tokens, or scale of a Gaussian prior's standard deviation")
        ->check(CLI::Range(0.0, 3.0));
    command
        .add_option("--likelihood",
                    arguments->eval.numLikelihoodSamples,
                    "Samples S for the conditional log-likelihood with a box left out; 0 = none (it is slow)")
        ->check(CLI::Range(0, 100'000));
    command.add_flag("--studio", arguments->eval.studio, "Plain walls and floors in place of the rooms");
    setAction(command, [arguments, &context] {
        arguments->eval.seed += context.seed;  // without --seed the figures of docs/results come out
        arguments->eval.split = arguments->splitAsked();
        return evalSegmentation(*arguments, context);
    });
}

const RegisteredCommand kEvalSegmentationCommand{CommandGroup::OfEval, "segmentation", addEvalSegmentation};

}  // namespace

}  // namespace vitrine
