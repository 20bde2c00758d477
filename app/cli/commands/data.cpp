// SPDX-License-Identifier: GPL-3.0-or-later
// data list | render | pack: what there is, and how it becomes a training set.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "app/cli/commands/data_commands.h"
#include "app/cli/commands/registry.h"
#include "core/base/folders.h"
#include "core/base/log.h"
#include "core/data/chair_catalogue.h"
#include "core/data/labelled_pictures.h"
#include "core/data/own_chairs.h"
#include "core/data/packed_chairs.h"
#include "core/data/rendered_chairs.h"
#include "core/render/family_set.h"
#include "core/render/render_job.h"
#include "core/render/scans.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// ---- list

Status listChairs(const CliContext& context) {
    VITRINE_TRY(const ChairCatalogue catalogue, ChairCatalogue::loadDefault());
    Json chairs = Json::array();
    std::string text;
    for (const ChairEntry& entry : catalogue.entries()) {
        chairs.push_back({{"id", entry.id},
                          {"index", entry.index},
                          {"name", entry.name},
                          {"type", entry.type},
                          {"creator", entry.creator},
                          {"licence", entry.licence},
                          {"archive", entry.archive},
                          {"split", nameOf(entry.split)},
                          {"own", entry.index >= catalogue.numInBox()}});
        text += fmt::format("{:3}  {:<34} {:<9} {:<5} {:<10} {}\n",
                            entry.index,
                            entry.id,
                            entry.type,
                            nameOf(entry.split),
                            entry.licence,
                            entry.creator);
    }
    Json damaged = Json::array();
    if (const auto own = damagedOwnChairs())
        for (const DamagedChair& chair : *own) {
            damaged.push_back({{"id", chair.id}, {"problem", chair.problem}});
            text += "damaged  " + chair.id + ": " + chair.problem + "\n";
        }
    context.answer({{"chairs", std::move(chairs)}, {"damaged", std::move(damaged)}}, text);
    return {};
}

// ---- render

struct RenderArguments {
    std::string folder;
    std::string packed;
    std::vector<std::string> models;
    ChairRenderOptions render;
    bool again = false;
    bool own = false;
    bool noPack = false;
    std::string styles = "catalogue";

    bool wantsCatalogue() const { return styles == "catalogue"; }
    /// Each size has a folder of its own.
    fs::path treeFolder() const {
        if (!folder.empty()) return folder;
        std::string name = "rendered_chairs";
        if (!wantsCatalogue()) name += "_" + styles;
        if (render.size != ChairRenderOptions{}.size) name += fmt::format("_{}", render.size);
        return cacheFolder() / name;
    }
    fs::path packedFile() const {
        const std::string name =
            fmt::format("chairs-{}{}.vpack", wantsCatalogue() ? "" : styles + "-", render.size);
        return packed.empty() ? cacheFolder() / name : fs::path(packed);
    }
};

/// As further classes after those of `options`.
void addStyles(std::vector<ChairEntry> styles, RenderJobOptions& options) {
    for (ChairEntry& style : styles) {
        style.index = int(options.styleIds.size());
        options.styleIds.push_back(style.id);
        options.models.push_back(std::move(style));
    }
}

Result<std::vector<ChairEntry>> importedScans() {
    VITRINE_TRY(std::vector<ChairEntry> scans, loadScans());
    if (scans.empty()) logWarning("No scans are imported (data import --pix3d DIR); rendering without them.");
    return scans;
}

/// The scans that may be trained on, the parametric family and chairs between two of it.
Status addTrainingStyles(RenderJobOptions& options) {
    VITRINE_TRY(std::vector<ChairEntry> styles, importedScans());
    std::erase_if(styles,
                  [](const ChairEntry& scan) { return isReservedScan(scanNumber(scan).value_or(0)); });
    std::ranges::move(groupedFamilyChairs(), std::back_inserter(styles));
    std::ranges::move(chairsBetweenGrouped(), std::back_inserter(styles));
    addStyles(std::move(styles), options);
    options.withRandomViews = true;
    return {};
}

/// All scans, at the views of the grid.
Status addAllScans(RenderJobOptions& options) {
    VITRINE_TRY(std::vector<ChairEntry> scans, importedScans());
    addStyles(std::move(scans), options);
    return {};
}

Result<RenderJobOptions> jobOptions(const RenderArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const ChairCatalogue catalogue, ChairCatalogue::loadDefault());
    RenderJobOptions options;
    options.folder = arguments.treeFolder();
    options.render = arguments.render;
    options.numThreads = context.threads;
    options.renderAgain = arguments.again;
    for (const ChairEntry& entry : catalogue.entries()) {
        const bool inBox = entry.index < catalogue.numInBox();
        if (inBox || arguments.own) options.styleIds.push_back(entry.id);
        if (arguments.models.empty() && (inBox || arguments.own)) options.models.push_back(entry);
    }
    for (const std::string& wanted : arguments.models) {
        VITRINE_TRY(const ChairEntry* entry, catalogue.find(wanted));
        options.models.push_back(*entry);
        if (std::find(options.styleIds.begin(), options.styleIds.end(), entry->id) == options.styleIds.end())
            return Error{ErrorCode::InvalidArgument,
                         entry->id + " is a chair of your own; add --own to render it."};
    }
    if (arguments.styles == "all") VITRINE_CHECK(addTrainingStyles(options));
    if (arguments.styles == "transfer") VITRINE_CHECK(addAllScans(options));
    return options;
}

Error cancelled() {
    return cancelledError("Cancelled; run the same command again to resume.");
}

Status packTree(const fs::path& folder,
                const fs::path& file,
                int size,
                ModelSelection selection,
                const CliContext& context) {
    std::error_code error;
    if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
    VITRINE_TRY(const RenderedChairs chairs, RenderedChairs::open(folder, selection));
    VITRINE_TRY(const JobOutcome outcome,
                PackedChairs::pack(chairs, file, size, context.jobContext(), context.threads));
    return outcome == JobOutcome::Cancelled ? Status(cancelled()) : Status();
}

Json reportJson(const RenderJobReport& report, const fs::path& folder) {
    Json failures = Json::array();
    for (const auto& failure : report.failures)
        failures.push_back({{"id", failure.id}, {"message", failure.message}});
    return {{"folder", folder.string()},
            {"rendered", report.numRendered},
            {"skipped", report.numSkipped},
            {"images", report.numImages},
            {"seconds", report.seconds},
            {"failures", std::move(failures)},
            {"imagesPerSecond", report.seconds > 0 ? report.numImages / report.seconds : 0.0}};
}

std::string reportText(const RenderJobReport& report, const fs::path& folder) {
    return fmt::format(
        "{} chairs rendered, {} were there already: {} images in {:.1f} s, {:.1f} images/s\n"
        "Renders: {}\n",
        report.numRendered,
        report.numSkipped,
        report.numImages,
        report.seconds,
        report.seconds > 0 ? report.numImages / report.seconds : 0.0,
        folder.string());
}

Status render(const RenderArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const RenderJobOptions options, jobOptions(arguments, context));
    VITRINE_TRY(const RenderJobReport report, renderCatalogue(options, context.jobContext()));
    if (report.outcome == JobOutcome::Cancelled) return cancelled();
    for (const auto& failure : report.failures) logWarning(failure.message);
    Json json = reportJson(report, options.folder);
    std::string text = reportText(report, options.folder);
    if (!arguments.noPack) {
        const fs::path file = arguments.packedFile();
        VITRINE_CHECK(packTree(options.folder, file, options.render.size, ModelSelection::All, context));
        json["packed"] = file.string();
        text += "Packed set: " + file.string() + "\n";
    }
    context.answer(json, text);
    if (report.failures.empty()) return {};
    return Error{ErrorCode::BadFormat,
                 fmt::format("{} chairs could not be rendered, the first is {}: {}",
                             report.failures.size(),
                             report.failures.front().id,
                             report.failures.front().message)};
}

void addRender(CLI::App& data, CliContext& context) {
    auto arguments = std::make_shared<RenderArguments>();
    CLI::App& command =
        *data.add_subcommand("render", "Render every chair from 62 views and pack the training set");
    command.add_option("--out", arguments->folder, "Folder of the renders; default: in the cache");
    command.add_option("--packed", arguments->packed, "File of the packed set; default: in the cache");
    command.add_option("--models", arguments->models, "Only these chairs (ids or class indices)")
        ->delimiter(',')
        ->default_str("");
    command.add_option("--size", arguments->render.size, "Side of a picture in pixels")
        ->check(CLI::Range(8, 1024));
    command
        .add_option(
            "--samples", arguments->render.samplesPerSide, "Samples per pixel and side; 3 = 9 per pixel")
        ->check(CLI::Range(1, 16));
    command.add_flag("--again", arguments->again, "Render completed chairs again");
    command.add_flag("--own", arguments->own, "Include the chairs that you added");
    command.add_flag("--no-pack", arguments->noPack, "Do not write the packed set");
    command
        .add_option("--styles",
                    arguments->styles,
                    "catalogue: the real chairs, 62 views each; all: also the imported scans, 560 chairs of "
                    "the parametric "
                    "family and chairs between two of it, with random views; transfer: the real chairs and "
                    "all imported scans, also the reserved ones, 62 views each")
        ->check(CLI::IsMember({"catalogue", "all", "transfer"}));
    setAction(command, [arguments, &context] { return render(*arguments, context); });
}

// ---- pack

struct PackArguments {
    std::string folder;
    std::string out;
    int size = 128;
    bool reduced = false;
    std::string as = "chairs";
    LabelChoice labels = LabelChoice::Auto;
    std::vector<double> splits;  ///< per cent: training, validation, test

    SplitShares shares() const {
        return splits.empty() ? SplitShares{} : SplitShares{splits[0] / 100, splits[1] / 100};
    }
};

Result<LabelledPictures> openLabelled(const PackArguments& arguments, std::uint64_t seed) {
    if (arguments.as == "cub") return openCub(arguments.folder, seed);
    if (arguments.as == "lfw") return openLfwParts(arguments.folder, seed);
    return openMaskFolder(arguments.folder, seed, arguments.shares(), arguments.labels);
}

Status packLabelled(const PackArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const LabelledPictures pictures, openLabelled(arguments, context.seed));
    VITRINE_TRY(const JobOutcome outcome,
                packLabelledPictures(pictures, arguments.out, arguments.size, context.jobContext()));
    return outcome == JobOutcome::Cancelled ? Status(cancelledError("The packing was cancelled."))
                                            : checkScenes(arguments.out, context, pictures.masks.text);
}

Status checkSplits(const PackArguments& arguments) {
    if (arguments.labels != LabelChoice::Auto && arguments.as != "folder")
        return Error{ErrorCode::InvalidArgument,
                     "--labels is for --as folder only; the labels of the other data sets are known."};
    if (arguments.splits.empty()) return {};
    if (arguments.as != "folder")
        return Error{ErrorCode::InvalidArgument,
                     "--splits is for --as folder only; the other data sets have their own splits."};
    if (std::abs(std::accumulate(arguments.splits.begin(), arguments.splits.end(), -100.0)) < 1e-6) return {};
    return Error{ErrorCode::InvalidArgument, "The three numbers of --splits must add up to 100."};
}

Status pack(const PackArguments& arguments, const CliContext& context) {
    VITRINE_CHECK(checkSplits(arguments));
    if (arguments.as != "chairs") return packLabelled(arguments, context);
    const auto selection = arguments.reduced ? ModelSelection::Reduced809 : ModelSelection::All;
    VITRINE_CHECK(packTree(arguments.folder, arguments.out, arguments.size, selection, context));
    VITRINE_TRY(const PackedChairs packed, PackedChairs::open(arguments.out));
    context.answer({{"packed", arguments.out},
                    {"views", packed.views().size()},
                    {"styles", packed.styleIds().size()},
                    {"dataHash", packed.dataHash()}},
                   fmt::format("{} views packed into {}", packed.views().size(), arguments.out));
    return {};
}

void addPack(CLI::App& data, CliContext& context) {
    auto arguments = std::make_shared<PackArguments>();
    CLI::App& command = *data.add_subcommand(
        "pack", "Pack a rendered_chairs folder, ours or the original archive's, or pictures with masks");
    command.add_option("folder", arguments->folder, "The folder of the data set")->required();
    command
        .add_option("--as",
                    arguments->as,
                    "chairs: rendered_chairs; cub: CUB-200-2011 with segmentations; lfw: LFW parts (images/, "
                    "labels/); "
                    "folder: images/ and masks/")
        ->check(CLI::IsMember({"chairs", "cub", "lfw", "folder"}));
    command.add_option("--out", arguments->out, "The packed file")->required();
    addLabelsOption(command, arguments->labels);
    command
        .add_option("--splits",
                    arguments->splits,
                    "Percentages of the pictures for training, validation "
                    "and test, with --as folder; default: 80 10 10")
        ->expected(3)
        ->check(CLI::Range(0.0, 100.0));
    command.add_option("--size", arguments->size, "Side of a picture in pixels")->check(CLI::Range(8, 1024));
    command.add_flag("--reduced", arguments->reduced, "The 809 chairs kept of the original 1393");
    setAction(command, [arguments, &context] { return pack(*arguments, context); });
}

void addList(CLI::App& data, CliContext& context) {
    setAction(*data.add_subcommand("list", "The catalogue of chairs"),
              [&context] { return listChairs(context); });
}

void addDataCommand(CLI::App& app, CliContext& context) {
    CLI::App& data = *app.add_subcommand("data", "Chairs and data sets");
    data.require_subcommand(1);
    data.fallthrough();
    addCommands(data, CommandGroup::OfData, context);
}

const RegisteredCommand kDataCommand{CommandGroup::Data, "data", addDataCommand};
const RegisteredCommand kDataListCommand{CommandGroup::OfData, "list", addList};
const RegisteredCommand kDataPackCommand{CommandGroup::OfData, "pack", addPack};
const RegisteredCommand kDataRenderCommand{CommandGroup::OfData, "render", addRender};

}  // namespace

}  // namespace vitrine
