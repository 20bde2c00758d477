// SPDX-License-Identifier: GPL-3.0-or-later
// eval transfer: unseen views of chairs of which a network was trained on few.
#include <fmt/format.h>

#include "app/cli/commands/eval_commands.h"
#include "app/cli/commands/registry.h"
#include "app/cli/commands/transfer_arguments.h"
#include "core/base/folders.h"
#include "core/eval/transfer_eval.h"
#include "core/io/png.h"
#include "core/sessions/transfer_session.h"

namespace vitrine {
namespace {

struct TransferEvalArguments {
    std::string models, data, csv, strips, target;
    bool writesNearest = false;
};

/// A measure and the columns that it has, one for each setting.
struct TransferMeasure {
    const char* title;
    double ChairScore::*value;
    std::vector<std::string> columns;
};

std::vector<TransferMeasure> transferMeasures() {
    const auto columns = [](const std::string& prefix, const std::string& elevation) {
        std::vector<std::string> names;
        for (const int azimuths : kTransferAzimuths) names.push_back(fmt::format("{}{}", prefix, azimuths));
        names.push_back(elevation);
        return names;
    };
    return {{"Squared error of a picture", &ChairScore::squaredError, columns("views", "elevation")},
            {"PSNR in dB", &ChairScore::psnr, columns("psnr", "elevationPsnr")},
            {"IoU of the masks", &ChairScore::iou, columns("iou", "elevationIou")}};
}

TableRows transferRows(const TransferEval& eval) {
    TableRows rows = TableRows::array();
    for (const TransferRow& row : eval.rows) {
        TableRows cells = {{"method", row.method}};
        for (const TransferMeasure& measure : transferMeasures())
            for (std::size_t i = 0; i < row.scores.size(); ++i)
                cells[measure.columns[i]] =
                    row.scores[i].views > 0 ? TableRows(row.scores[i].*measure.value) : TableRows();
        rows.push_back(std::move(cells));
    }
    return rows;
}

std::string transferText(const TransferEval& eval, const TableRows& rows) {
    std::string text = fmt::format(
        "{} target chairs, {} source chairs; views15: with 15 azimuths of the targets given; elevation: "
        "given "
        "at 20 degrees, drawn at 30\n",
        eval.numTargets,
        eval.numSources);
    for (TransferMeasure measure : transferMeasures()) {
        measure.columns.insert(measure.columns.begin(), "method");
        text += fmt::format("\n{}\n\n{}", measure.title, markdownOf(columnsOf(rows, measure.columns)));
    }
    return text;
}

std::vector<std::filesystem::path> transferFiles(const std::vector<TransferModel>& models) {
    std::vector<std::filesystem::path> files;
    for (const TransferModel& model : models) files.push_back(model.session.info().file);
    return files;
}

Status writeTransferStrips(TransferSession session, const TransferEvalArguments& arguments) {
    const std::string target = arguments.target.empty() ? session.info().targets.front() : arguments.target;
    VITRINE_TRY(const std::vector<Image> strip, session.strip(target));
    return writePng(arguments.strips, transferStripSheet(strip));
}

Status writeNearest(const std::filesystem::path& folder,
                    const std::vector<TransferModel>& models,
                    const PackedChairs& data,
                    const CliContext& context) {
    VITRINE_TRY(const auto nearest, nearestSources(models, data, context.jobContext()));
    return writeNearestSources(nearestSourcesFile(folder), nearest);
}

Status evalTransfer(const TransferEvalArguments& arguments, const CliContext& context) {
    const std::filesystem::path folder = transferFolder(arguments.models);
    VITRINE_TRY(auto models, openTransferNetworks(folder, context));
    const std::filesystem::path file = arguments.data.empty() ? cacheFolder() / "chairs-transfer-64.vpack"
                                                              : std::filesystem::path(arguments.data);
    VITRINE_TRY(const PackedChairs data, PackedChairs::open(file));
    VITRINE_TRY(const TransferEval eval, evaluateTransfer(models, data, context.jobContext()));
    const auto files = transferFiles(models);
    if (arguments.writesNearest) VITRINE_CHECK(writeNearest(folder, models, data, context));
    if (!arguments.strips.empty())
        VITRINE_CHECK(writeTransferStrips(TransferSession(folder, std::move(models)), arguments));
    const TableRows rows = transferRows(eval);
    return answerTable(context,
                       rows,
                       arguments.csv,
                       transferText(eval, rows),
                       {{"targets", eval.numTargets}, {"sources", eval.numSources}},
                       files);
}

void addEvalTransfer(CLI::App& eval, CliContext& context) {
    auto& command = *eval.add_subcommand(
        "transfer", "Unseen views of chairs of which few were trained on, with and without other chairs");
    const auto arguments = std::make_shared<TransferEvalArguments>();
    command.add_option("models",
                       arguments->models,
                       "Folder with networks of experiments/chairs/transfer; default: the bundled ones");
    command.add_option("--data",
                       arguments->data,
                       "Packed set; default: what \"data render --styles transfer --size 64\" made");
    command.add_option("--csv", arguments->csv, "Write the table also to this file");
    auto* strips = command.add_option("--strips",
                                      arguments->strips,
                                      "Picture to write: two rows for each number of given azimuths, with "
                                      "transfer above without, from one given view to the next");
    command
        .add_option("--strip-target", arguments->target, "Chair of that picture; default: the first target")
        ->needs(strips);
    command.add_flag("--write-nearest",
                     arguments->writesNearest,
                     "Write the nearest source chairs of each target into the folder, as nearest.json: the "
                     "window shows them");
    setAction(command, [arguments, &context] { return evalTransfer(*arguments, context); });
}

const RegisteredCommand kEvalTransferCommand{CommandGroup::OfEval, "transfer", addEvalTransfer};

}  // namespace

}  // namespace vitrine
