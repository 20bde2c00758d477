// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/eval_commands.h"
#include "core/data/chair_catalogue.h"
#include "core/eval/chair_eval.h"

namespace vitrine {
namespace {

struct ChairsArguments {
    std::string model, data;
};

std::string tableRow(const char* method, const ChairEvalRow& row) {
    char text[160];
    std::snprintf(text,
                  sizeof text,
                  "| %-42s | %6.2f | %6.2f | %5.3f | %5zu |\n",
                  method,
                  row.psnr,
                  row.pooledPsnr,
                  row.iou,
                  row.views);
    return text;
}

Status evalChairs(const ChairsArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const std::filesystem::path model, modelFile(arguments.model));
    const auto data =
        arguments.data.empty() ? cacheFolder() / "chairs-128.vpack" : std::filesystem::path(arguments.data);
    VITRINE_TRY(const ChairEval eval, evaluateChairs(model, data, context.jobContext()));
    const nlohmann::json result = {{"model", model.string()},
                                   {"trainPsnr", eval.train.psnr},
                                   {"trainIou", eval.train.iou},
                                   {"heldOutPsnr", eval.heldOut.psnr},
                                   {"heldOutIou", eval.heldOut.iou},
                                   {"nearestViewPsnr", eval.nearestView.psnr},
                                   {"nearestViewIou", eval.nearestView.iou},
                                   {"neighbourAveragePsnr", eval.neighbourAverage.psnr},
                                   {"neighbourAverageIou", eval.neighbourAverage.iou},
                                   {"trainPooledPsnr", eval.train.pooledPsnr},
                                   {"heldOutPooledPsnr", eval.heldOut.pooledPsnr},
                                   {"nearestViewPooledPsnr", eval.nearestView.pooledPsnr},
                                   {"neighbourAveragePooledPsnr", eval.neighbourAverage.pooledPsnr},
                                   {"trainViews", eval.train.views},
                                   {"heldOutViews", eval.heldOut.views}};
    context.answer(result,
                   "| pictures                                   | PSNR dB | pooled | IoU   | views "
                   "|\n|---|---|---|---|---|\n" +
                       tableRow("generator, training views", eval.train) +
                       tableRow("generator, held-out views", eval.heldOut) +
                       tableRow("nearest training view of the same chair", eval.nearestView) +
                       tableRow("average of the two neighbouring views", eval.neighbourAverage));
    return {};
}

}  // namespace

void addEvalChairs(CLI::App& eval, CliContext& context) {
    auto* chairs = eval.add_subcommand(
        "chairs", "PSNR and mask IoU on training and held-out views, beside two baselines");
    auto arguments = std::make_shared<ChairsArguments>();
    chairs->add_option("--model", arguments->model, "Weight file; default: the one in the box");
    chairs->add_option(
        "--data", arguments->data, "Packed set; default: what \"data render\" made of the catalogue");
    setAction(*chairs, [arguments, &context] { return evalChairs(*arguments, context); });
}

}  // namespace vitrine
