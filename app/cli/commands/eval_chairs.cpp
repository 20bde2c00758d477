// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/eval_commands.h"
#include "app/cli/commands/registry.h"
#include "core/eval/chair_eval.h"
#include "core/nets/compute.h"

namespace vitrine {
namespace {

struct ChairsArguments {
    std::string model, data, csv;
};

nlohmann::ordered_json rowOf(const char* pictures, const ChairEvalRow& row) {
    return {{"pictures", pictures},
            {"PSNR dB", row.psnr},
            {"PSNR low", row.psnrInterval.low},
            {"PSNR high", row.psnrInterval.high},
            {"pooled PSNR dB", row.pooledPsnr},
            {"IoU", row.iou},
            {"IoU low", row.iouInterval.low},
            {"IoU high", row.iouInterval.high},
            {"edge", row.edge},
            {"views", row.views}};
}

TableRows tableOf(const ChairEval& eval) {
    TableRows rows = TableRows::array();
    rows.push_back(rowOf("generator, training views", eval.train));
    rows.push_back(rowOf("generator, held-out views", eval.heldOut));
    rows.push_back(rowOf("generator, held-out views, validation", eval.validation));
    rows.push_back(rowOf("generator, held-out views, test", eval.test));
    rows.push_back(rowOf("nearest training view of the same chair", eval.nearestView));
    rows.push_back(rowOf("average of the two neighbouring views", eval.neighbourAverage));
    return rows;
}

nlohmann::json figuresOf(const ChairEval& eval) {
    return {{"chairs", eval.numChairs},
            {"trainPsnr", eval.train.psnr},
            {"trainIou", eval.train.iou},
            {"trainEdge", eval.train.edge},
            {"heldOutPsnr", eval.heldOut.psnr},
            {"heldOutIou", eval.heldOut.iou},
            {"heldOutEdge", eval.heldOut.edge},
            {"validationPsnr", eval.validation.psnr},
            {"validationIou", eval.validation.iou},
            {"testPsnr", eval.test.psnr},
            {"testIou", eval.test.iou},
            {"nearestViewPsnr", eval.nearestView.psnr},
            {"nearestViewIou", eval.nearestView.iou},
            {"neighbourAveragePsnr", eval.neighbourAverage.psnr},
            {"neighbourAverageIou", eval.neighbourAverage.iou},
            {"trainPooledPsnr", eval.train.pooledPsnr},
            {"heldOutPooledPsnr", eval.heldOut.pooledPsnr},
            {"nearestViewPooledPsnr", eval.nearestView.pooledPsnr},
            {"neighbourAveragePooledPsnr", eval.neighbourAverage.pooledPsnr},
            {"trainViews", eval.train.views},
            {"heldOutViews", eval.heldOut.views},
            {"validationViews", eval.validation.views},
            {"testViews", eval.test.views}};
}

Status evalChairs(const ChairsArguments& arguments, const CliContext& context) {
    setComputeThreads(context.threads);
    VITRINE_TRY(const std::filesystem::path model, modelFile(arguments.model));
    VITRINE_TRY(const ChairEval eval,
                evaluateChairs(model, packedChairsFile(arguments.data), context.jobContext()));
    nlohmann::json figures = figuresOf(eval);
    figures["model"] = model.string();
    const TableRows rows = tableOf(eval);
    return answerTable(context,
                       rows,
                       arguments.csv,
                       fmt::format("{} chairs; low and high: 95 % interval over chair models; edge: gradient "
                                   "energy over that of the renders\n\n{}",
                                   eval.numChairs,
                                   markdownOf(rows)),
                       std::move(figures),
                       {model});
}

void addEvalChairs(CLI::App& eval, CliContext& context) {
    auto* chairs = eval.add_subcommand(
        "chairs", "PSNR and mask IoU on training and held-out views, beside two baselines");
    auto arguments = std::make_shared<ChairsArguments>();
    chairs->add_option("--model", arguments->model, "Weight file; default: the bundled model");
    addPackedChairsOption(*chairs, arguments->data);
    chairs->add_option("--csv", arguments->csv, "Write the table also to this file");
    setAction(*chairs, [arguments, &context] { return evalChairs(*arguments, context); });
}

const RegisteredCommand kEvalChairsCommand{CommandGroup::OfEval, "chairs", addEvalChairs};

}  // namespace

}  // namespace vitrine
