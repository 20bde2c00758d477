// SPDX-License-Identifier: GPL-3.0-or-later
// eval fit: chairs that the network never saw, from one picture each.
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/eval_commands.h"
#include "app/cli/commands/registry.h"
#include "core/base/folders.h"
#include "core/eval/fit_eval.h"

namespace vitrine {
namespace {

constexpr double kNearDeg = 15;

struct EvalFitArguments {
    std::string model, data, csv;
    FitEvalOptions eval;
};

/// Mean of a field of the chairs where it is a number.
double meanOfChairs(const FitEval& eval, double FitEvalChair::*field) {
    double sum = 0;
    int count = 0;
    for (const FitEvalChair& chair : eval.chairs)
        if (!std::isnan(chair.*field)) sum += chair.*field, ++count;
    return count > 0 ? sum / count : std::nan("");
}

/// The share of the chairs whose azimuth is found, of those that have one.
double azimuthWithin(const FitEval& eval) {
    int near = 0, count = 0;
    for (const FitEvalChair& chair : eval.chairs)
        if (!std::isnan(chair.azimuthErrorDeg)) near += chair.azimuthErrorDeg <= kNearDeg, ++count;
    return count > 0 ? double(near) / count : std::nan("");
}

TableRows chairRows(const FitEval& eval) {
    TableRows rows = TableRows::array();
    for (const FitEvalChair& chair : eval.chairs)
        rows.push_back({{"chair", chair.id},
                        {"azimuth", chair.given.azimuthDeg},
                        {"elevation", chair.given.elevationDeg},
                        {"fitted azimuth", chair.fitted.azimuthDeg},
                        {"fitted elevation", chair.fitted.elevationDeg},
                        {"azimuth error", chair.azimuthErrorDeg},
                        {"given view dB", chair.givenViewPsnr},
                        {"other views dB", chair.otherViewsPsnr},
                        {"nearest chair", chair.nearestId},
                        {"nearest chair dB", chair.nearestChairPsnr},
                        {"mean chair dB", chair.meanChairPsnr},
                        {"seconds", chair.seconds}});
    return rows;
}

Status evalFit(const EvalFitArguments& arguments, const CliContext& context) {
    VITRINE_TRY(ChairSession session, openChairSession(arguments.model, context));
    VITRINE_TRY(ChairFitSession fitter, ChairFitSession::open(session.info().file));
    const std::filesystem::path file = arguments.data.empty() ? cacheFolder() / "chairs-transfer-128.vpack"
                                                              : std::filesystem::path(arguments.data);
    VITRINE_TRY(const PackedChairs data, PackedChairs::open(file));
    VITRINE_TRY(const FitEval eval, evaluateFit(fitter, session, data, arguments.eval, context.jobContext()));
    nlohmann::json figures = describeModel(session.info());
    figures["chairs"] = eval.chairs.size();
    figures["givenViewPsnr"] = meanOfChairs(eval, &FitEvalChair::givenViewPsnr);
    figures["otherViewsPsnr"] = meanOfChairs(eval, &FitEvalChair::otherViewsPsnr);
    figures["nearestChairPsnr"] = meanOfChairs(eval, &FitEvalChair::nearestChairPsnr);
    figures["meanChairPsnr"] = meanOfChairs(eval, &FitEvalChair::meanChairPsnr);
    figures["azimuthWithin15"] = azimuthWithin(eval);
    figures["seconds"] = meanOfChairs(eval, &FitEvalChair::seconds);
    const TableRows rows = chairRows(eval);
    const std::string text = fmt::format(
        "{} unseen chairs, one picture each. Mean PSNR: given view {:.2f} dB; 8 other views {:.2f} "
        "dB, nearest training chair {:.2f} dB, mean chair {:.2f} dB. Azimuth within 15 degrees: "
        "{:.0f}%. {:.1f} s per chair.\n\n{}",
        eval.chairs.size(),
        figures["givenViewPsnr"].get<double>(),
        figures["otherViewsPsnr"].get<double>(),
        figures["nearestChairPsnr"].get<double>(),
        figures["meanChairPsnr"].get<double>(),
        100 * figures["azimuthWithin15"].get<double>(),
        figures["seconds"].get<double>(),
        markdownOf(rows, 2));
    return answerTable(context, rows, arguments.csv, text, std::move(figures), {session.info().file});
}

void addEvalFit(CLI::App& eval, CliContext& context) {
    auto& command =
        *eval.add_subcommand("fit", "Chairs that the network never saw, fitted from one picture each");
    const auto arguments = std::make_shared<EvalFitArguments>();
    addModelOption(command, arguments->model);
    command.add_option("--data",
                       arguments->data,
                       "Packed set with unseen chairs; default: what \"data render --styles transfer\" made");
    command.add_option("--chairs", arguments->eval.numChairs, "Unseen chairs, at most")
        ->check(CLI::Range(1, 100'000));
    command.add_flag(
        "--validation",
        arguments->eval.validation,
        "The scans that are not reserved, to make choices on: for networks that do not know them");
    command.add_option("--csv", arguments->csv, "Write each chair's figures also to this file");
    setAction(command, [arguments, &context] {
        arguments->eval.seed = context.seed;
        return evalFit(*arguments, context);
    });
}

const RegisteredCommand kEvalFitCommand{CommandGroup::OfEval, "fit", addEvalFit};

}  // namespace

}  // namespace vitrine
