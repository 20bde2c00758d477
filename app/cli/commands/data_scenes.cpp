// SPDX-License-Identifier: GPL-3.0-or-later
// data scenes: chairs in furnished rooms, with labels, for structured output; and what check says of such a
// set.
#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/data_commands.h"
#include "app/cli/commands/registry.h"
#include "core/data/chair_catalogue.h"
#include "core/data/check_scenes.h"
#include "core/data/packed_scenes.h"
#include "core/render/scans.h"
#include "core/render/scene_job.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct ScenesArguments {
    std::string out;
    SceneJobOptions job;
    std::string size = "128";
    std::string classes = "5";
    std::string chairs = "catalogue";
};

constexpr Split kSplits[] = {Split::Train, Split::Validation, Split::Test};

Json splitsJson(const ScenesSummary& summary) {
    Json splits = Json::object();
    for (const Split split : kSplits) {
        const SplitSummary& part = summary.splits[std::size_t(split)];
        splits[nameOf(split)] = {{"scenes", part.numScenes},
                                 {"groups", part.numGroups},
                                 {"classShares", part.classShares},
                                 {"unknownShare", part.unknownShare}};
    }
    return splits;
}

Json jsonOf(const PackedScenes& scenes, const ScenesSummary& summary, const std::string& file) {
    return {{"kind", "scenes"},
            {"file", file},
            {"good", true},
            {"size", scenes.size()},
            {"scenes", scenes.count()},
            {"classes", std::vector<std::string>(scenes.classNames().begin(), scenes.classNames().end())},
            {"groups", scenes.groups().size()},
            {"splits", splitsJson(summary)},
            {"groupsInSeveralSplits", summary.groupsInSeveral},
            {"source", scenes.source()},
            {"dataHash", scenes.dataHash()}};
}

std::string textOf(const PackedScenes& scenes, const SplitSummary& part, const char* name) {
    std::string text =
        fmt::format("  {:<10} {:6} scenes of {:3} groups:", name, part.numScenes, part.numGroups);
    for (std::size_t c = 0; c < part.classShares.size() && part.numScenes > 0; ++c)
        text += fmt::format(" {} {:.2f}%", scenes.classNames()[c], 100 * part.classShares[c]);
    if (part.unknownShare > 0) text += fmt::format(", {:.2f}% unknown", 100 * part.unknownShare);
    return text + "\n";
}

std::string textOf(const PackedScenes& scenes, const ScenesSummary& summary, const std::string& file) {
    std::string text = fmt::format(
        "{0}: {1} scenes at {2} x {2}, contents match their hash\n", file, scenes.count(), scenes.size());
    for (const Split split : kSplits)
        text += textOf(scenes, summary.splits[std::size_t(split)], nameOf(split));
    text += summary.groupsInSeveral.empty()
                ? "  no group is in two splits\n"
                : fmt::format("  {} groups are in several splits\n", summary.groupsInSeveral.size());
    return text + "  " + scenes.source() + "\n" + scenes.dataHash() + "\n";
}

/// The imported scans: those for training, the reserved ones for testing if they are wanted.
Status addScans(std::vector<ChairEntry>& chairs, bool withReserved) {
    VITRINE_TRY(const std::vector<ChairEntry> scans, loadScans());
    if (scans.empty())
        return Error{ErrorCode::NotFound, "No scans are imported; run \"data import --pix3d DIR\" first."};
    for (ChairEntry scan : scans) {
        if (scan.split == Split::Test && !withReserved) continue;
        scan.index = int(chairs.size());
        chairs.push_back(std::move(scan));
    }
    return {};
}

Status render(const ScenesArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const ChairCatalogue catalogue, ChairCatalogue::loadDefault());
    SceneJobOptions options = arguments.job;
    options.render.size = std::stoi(arguments.size);
    options.numClasses = std::stoi(arguments.classes);
    if (arguments.chairs == "scans") options.numValidation = 0;
    if (arguments.chairs != "catalogue" && arguments.out.empty())
        return Error{ErrorCode::InvalidArgument,
                     "Name the file by --out: without it the set of the catalogue would be replaced."};
    options.file = arguments.out.empty()
                       ? defaultScenesFile(options.render.size, options.numClasses, options.render.isCentred)
                       : fs::path(arguments.out);
    if (arguments.chairs != "scans")
        options.chairs.assign(catalogue.entries().begin(),
                              catalogue.entries().begin() + catalogue.numInBox());
    if (arguments.chairs != "catalogue")
        VITRINE_CHECK(addScans(options.chairs, /*withReserved=*/arguments.chairs == "scans"));
    options.seed = context.seed;
    options.numThreads = context.threads;
    VITRINE_TRY(options.props, SceneProps::loadDefault());
    VITRINE_TRY(const SceneJobReport report, renderScenes(options, context.jobContext()));
    if (report.outcome == JobOutcome::Cancelled)
        return cancelledError("Cancelled; run the same command again to resume.");
    VITRINE_TRY(const PackedScenes scenes, PackedScenes::open(options.file));
    const double rate = report.seconds > 0 ? double(report.numRendered) / report.seconds : 0;
    context.answer({{"file", options.file.string()},
                    {"scenes", scenes.count()},
                    {"rendered", report.numRendered},
                    {"kept", report.numKept},
                    {"seconds", report.seconds},
                    {"scenesPerSecond", rate},
                    {"dataHash", scenes.dataHash()}},
                   fmt::format("{} scenes rendered, {} were there already: {:.1f} s, {:.1f} scenes/s\n"
                               "Scenes: {}\n",
                               report.numRendered,
                               report.numKept,
                               report.seconds,
                               rate,
                               options.file.string()));
    return {};
}

}  // namespace

Status checkScenes(const std::string& file, const CliContext& context, const std::string& masks) {
    VITRINE_TRY(const PackedScenes scenes, PackedScenes::open(file));
    VITRINE_CHECK(scenes.verify());
    const ScenesSummary summary = summarize(scenes);
    auto json = jsonOf(scenes, summary, file);
    if (!masks.empty()) json["labels"] = masks;
    context.answer(json, (masks.empty() ? "" : "Masks: " + masks + "\n") + textOf(scenes, summary, file));
    return {};
}

namespace {

void addDataScenes(CLI::App& data, CliContext& context) {
    auto arguments = std::make_shared<ScenesArguments>();
    CLI::App& command = *data.add_subcommand("scenes", "Render chairs in furnished rooms, with their labels");
    SceneJobOptions& job = arguments->job;
    command.add_option("--out", arguments->out, "File of the packed set; default: in the cache");
    command.add_option("--train", job.numTrain, "Training scenes")->check(CLI::Range(0, 1'000'000));
    command.add_option("--val", job.numValidation, "Validation scenes")->check(CLI::Range(0, 1'000'000));
    command.add_option("--test", job.numTest, "Test scenes")->check(CLI::Range(0, 1'000'000));
    command
        .add_option("--chairs",
                    arguments->chairs,
                    "catalogue; all: with the imported scans as training chairs; scans: these alone, the "
                    "reserved ones for testing, none for validation")
        ->check(CLI::IsMember({"catalogue", "all", "scans"}));
    command
        .add_option("--family", job.numFamily, "Additional training scenes of a parametric family of chairs")
        ->check(CLI::Range(0, 1'000'000));
    command
        .add_option(
            "--classes", arguments->classes, "5: background, seat, back, arms, legs; 2: background, chair")
        ->check(CLI::IsMember({"2", "5"}));
    command.add_flag("--centred",
                     job.render.isCentred,
                     "A single centred chair on a plain or photographed background, like the birds in CUB");
    command.add_option("--size", arguments->size, "Side of a picture in pixels")
        ->check(CLI::IsMember({"64", "128"}));
    command.add_option("--samples", job.render.samplesPerSide, "Samples per pixel and side; 2 = 4 per pixel")
        ->check(CLI::Range(1, 8));
    setAction(command, [arguments, &context] { return render(*arguments, context); });
}

const RegisteredCommand kDataScenesCommand{CommandGroup::OfData, "scenes", addDataScenes};

}  // namespace

}  // namespace vitrine
