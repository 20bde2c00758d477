// SPDX-License-Identifier: GPL-3.0-or-later
// data landmarks: makes the test set of correspondences out of the chairs' 3-D models.
#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/data_commands.h"
#include "app/cli/commands/registry.h"
#include "core/base/folders.h"
#include "core/io/png.h"
#include "core/render/correspondence_set.h"

namespace vitrine {
namespace {

struct LandmarkArguments {
    std::string plan, out, sheet;
    int columns = 3;
};

Status makeLandmarks(const LandmarkArguments& arguments, const CliContext& context) {
    if (!arguments.sheet.empty()) VITRINE_CHECK(checkPngName(arguments.sheet));
    const std::filesystem::path planFile =
        arguments.plan.empty() ? resourceFolder() / "landmarks.json" : std::filesystem::path(arguments.plan);
    VITRINE_TRY(const CorrespondencePlan plan, CorrespondencePlan::load(planFile));
    VITRINE_TRY(const CorrespondenceSet set, makeCorrespondenceSet(plan));
    VITRINE_CHECK(set.save(arguments.out));
    if (!arguments.sheet.empty()) {
        VITRINE_TRY(const Image sheet, correspondenceSheet(set, arguments.columns));
        VITRINE_CHECK(writePng(arguments.sheet, sheet));
    }
    std::size_t numSimple = 0;
    for (const CorrespondencePair& pair : set.pairs)
        numSimple += pair.difficulty == CorrespondenceDifficulty::Simple;
    context.answer({{"file", arguments.out},
                    {"pairs", set.pairs.size()},
                    {"simple", numSimple},
                    {"points", set.numPoints()}},
                   fmt::format("{} pairs, {} of them simple, {} points on {}",
                               set.pairs.size(),
                               numSimple,
                               set.numPoints(),
                               arguments.out));
    return {};
}

void addDataLandmarks(CLI::App& data, CliContext& context) {
    auto arguments = std::make_shared<LandmarkArguments>();
    CLI::App& command = *data.add_subcommand(
        "landmarks", "Make the test set of correspondences: named points of the 3-D models, projected");
    command.add_option("--plan", arguments->plan, "Pairs and views; default: resources/landmarks.json");
    command.add_option("--out", arguments->out, "The set to write (JSON)")->required();
    command.add_option(
        "--sheet", arguments->sheet, "Also write a picture of all pairs with their points (PNG)");
    command.add_option("--columns", arguments->columns, "Of the sheet")->check(CLI::Range(1, 8));
    setAction(command, [arguments, &context] { return makeLandmarks(*arguments, context); });
}

const RegisteredCommand kDataLandmarksCommand{CommandGroup::OfData, "landmarks", addDataLandmarks};

}  // namespace

}  // namespace vitrine
