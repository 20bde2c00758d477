// SPDX-License-Identifier: GPL-3.0-or-later
// data check: what a folder of renders, of pictures with masks or a packed set holds, and what is missing.
#include <fmt/format.h>

#include <cctype>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "app/cli/commands/data_commands.h"
#include "app/cli/commands/registry.h"
#include "core/data/check_chairs.h"
#include "core/data/check_labelled.h"
#include "core/data/packed_chairs.h"
#include "core/data/packed_scenes.h"
#include "core/render/mesh.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t kFaultsShown = 20;

struct CheckArguments {
    std::string path;
    bool reduced = false;
    LabelChoice labels = LabelChoice::Auto;
};

Json jsonOf(const ModelFaults& faults) {
    Json unreadable = Json::array();
    for (const auto& file : faults.unreadable)
        unreadable.push_back({{"file", file.file}, {"message", file.message}});
    return {{"id", faults.id},
            {"missingViews", faults.missingViews},
            {"missingParts", faults.missingParts},
            {"unreadable", std::move(unreadable)},
            {"unexpectedFiles", faults.unexpectedFiles}};
}

Json jsonOf(const RenderedChairs& chairs, const ChairsCheck& check) {
    Json faults = Json::array();
    for (const ModelFaults& model : check.faults) faults.push_back(jsonOf(model));
    return {{"kind", "rendered_chairs"},
            {"folder", chairs.root.string()},
            {"ours", chairs.isOurs},
            {"good", check.good()},
            {"models", check.numModels},
            {"complete", check.numComplete},
            {"views", check.numViews},
            {"viewsPerModel", check.numViewsExpected},
            {"width", check.width},
            {"height", check.height},
            {"alpha", check.hasAlpha},
            {"modelsWithoutRenders", check.modelsWithoutRenders},
            {"faults", std::move(faults)}};
}

/// "image_000..., image_001... and 4 more"
std::string shortList(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 3); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > 3 ? fmt::format("{} and {} more", text, names.size() - 3) : text;
}

std::string textOf(const ModelFaults& faults) {
    std::string text;
    const auto add = [&](const char* what, const std::vector<std::string>& names) {
        if (!names.empty())
            text += fmt::format("  {}: {}{}{}\n", faults.id, names.size(), what, shortList(names));
    };
    add(" views missing: ", faults.missingViews);
    add(" part maps missing: ", faults.missingParts);
    add(" unexpected files: ", faults.unexpectedFiles);
    for (const auto& file : faults.unreadable)
        text += "  " + faults.id + "/renders/" + file.file + ": " + file.message + "\n";
    return text;
}

std::string textOf(const RenderedChairs& chairs, const ChairsCheck& check) {
    std::string text = chairs.root.string() +
                       (chairs.isOurs ? ": rendered by Vitrine, " : ": rendered_chairs of another source, ");
    text += fmt::format("{} models, {} views of {} x {}{}",
                        check.numModels,
                        check.numViews,
                        check.width,
                        check.height,
                        check.hasAlpha ? " with alpha\n" : " on white\n");
    text += fmt::format("{} models are complete ({}{} views each)\n",
                        check.numComplete,
                        chairs.hasRandomViews ? "up to " : "",
                        check.numViewsExpected);
    if (!check.modelsWithoutRenders.empty())
        text += fmt::format("{} models have no renders: {}\n",
                            check.modelsWithoutRenders.size(),
                            shortList(check.modelsWithoutRenders));
    for (std::size_t i = 0; i < std::min(check.faults.size(), kFaultsShown); ++i)
        text += textOf(check.faults[i]);
    if (check.faults.size() > kFaultsShown)
        text +=
            fmt::format("  and {} more models; --json lists them all\n", check.faults.size() - kFaultsShown);
    return text;
}

// ---- pictures with masks

/// As "data pack --as" calls it, and as people do.
std::pair<const char*, const char*> namesOf(LabelledLayout layout) {
    if (layout == LabelledLayout::Cub) return {"cub", "CUB-200-2011 with segmentations"};
    if (layout == LabelledLayout::LfwParts) return {"lfw", "LFW parts"};
    return {"folder", "pictures with masks"};
}

Json jsonOf(const std::string& folder, const LabelledCheck& check) {
    return {{"kind", "pictures"},
            {"folder", folder},
            {"as", namesOf(check.layout).first},
            {"good", check.good()},
            {"pictures", check.numPictures},
            {"classes", check.classNames},
            {"groups", check.numGroups},
            {"labels", check.masks},
            {"missing", check.missing},
            {"faults", check.faults}};
}

std::string textOf(const std::string& folder, const LabelledCheck& check) {
    const auto [as, title] = namesOf(check.layout);
    std::string text = fmt::format("{}: {}, {} pictures", folder, title, check.numPictures);
    if (!check.classNames.empty())
        text += fmt::format(", {} classes ({}), {} groups",
                            check.classNames.size(),
                            shortList(check.classNames),
                            check.numGroups);
    if (!check.masks.empty()) text += "\n  masks: " + check.masks;
    if (check.good()) return text + "\n  nothing is missing; \"data pack --as " + as + "\" packs them\n";
    text += "\n";
    std::vector<std::string> lines = check.faults;
    for (const std::string& name : check.missing) lines.push_back("missing: " + name);
    for (std::size_t i = 0; i < std::min(lines.size(), kFaultsShown); ++i) text += "  " + lines[i] + "\n";
    if (lines.size() > kFaultsShown)
        text += fmt::format("  and {} more; --json lists them all\n", lines.size() - kFaultsShown);
    return text;
}

Status checkPictures(const CheckArguments& arguments, LabelledLayout layout, const CliContext& context) {
    const std::string& folder = arguments.path;
    const LabelledCheck check =
        checkLabelled(folder, layout, context.jobContext(), context.threads, arguments.labels);
    if (check.outcome == JobOutcome::Cancelled) return cancelledError("The check was cancelled.");
    context.answer(jsonOf(folder, check), textOf(folder, check));
    if (check.good()) return {};
    return Error{
        ErrorCode::BadFormat,
        "Something is missing or damaged in " + folder + "; repair it, or unpack the data set again."};
}

// ---- a mesh

bool isMesh(const fs::path& file) {
    std::string ending = file.extension().string();
    for (char& c : ending) c = char(std::tolower(static_cast<unsigned char>(c)));
    return ending == ".obj" || ending == ".glb";
}

Status checkMesh(const std::string& file, const CliContext& context) {
    ChairEntry entry;
    entry.model = fs::absolute(file).string();
    VITRINE_TRY(const Mesh mesh, readMesh(entry));
    std::string text = fmt::format("{}: {} triangles, {} materials, {} textures\n",
                                   file,
                                   mesh.triangles.size(),
                                   mesh.materials.size(),
                                   mesh.textures.size());
    for (const std::string& warning : mesh.warnings) text += "  " + warning + "\n";
    context.answer({{"kind", "mesh"},
                    {"file", file},
                    {"good", mesh.warnings.empty()},
                    {"triangles", mesh.triangles.size()},
                    {"materials", mesh.materials.size()},
                    {"textures", mesh.textures.size()},
                    {"warnings", mesh.warnings}},
                   text);
    return {};
}

// ---- folders and files

Status checkTree(const CheckArguments& arguments, const CliContext& context) {
    const auto selection = arguments.reduced ? ModelSelection::Reduced809 : ModelSelection::All;
    const auto opened = RenderedChairs::open(arguments.path, selection);
    const auto layout = opened ? std::nullopt : labelledLayoutOf(arguments.path);
    if (layout) return checkPictures(arguments, *layout, context);
    if (!opened) return opened.error();
    const RenderedChairs& chairs = opened.value();
    const ChairsCheck check = checkRenderedChairs(chairs, context.jobContext(), context.threads);
    if (check.outcome == JobOutcome::Cancelled) return cancelledError("The check was cancelled.");
    context.answer(jsonOf(chairs, check), textOf(chairs, check));
    if (check.good()) return {};
    return Error{
        ErrorCode::BadFormat,
        "Something is missing or damaged in " + chairs.root.string() + "; render or unpack it again."};
}

/// What a view looks like on the average. Units: shares, 0 to 1.
struct MeanView {
    double coverage = 0;          ///< of the chair in its square
    double color[3] = {0, 0, 0};  ///< of what is covered
};

MeanView meanOf(const PackedChairs& packed) {
    const std::size_t numPixels = std::size_t(packed.size()) * std::size_t(packed.size());
    std::uint64_t sums[4] = {0, 0, 0, 0};
    for (std::size_t view = 0; view < packed.views().size(); ++view) {
        const std::uint8_t* pixel = packed.premultiplied(view);
        for (std::size_t i = 0; i < numPixels; ++i, pixel += 4)
            for (int channel = 0; channel < 4; ++channel) sums[channel] += pixel[channel];
    }
    MeanView mean;
    const double numAll = double(numPixels) * double(packed.views().size());
    if (numAll > 0) mean.coverage = double(sums[3]) / 255 / numAll;
    for (int channel = 0; channel < 3 && sums[3] > 0; ++channel)
        mean.color[channel] = double(sums[channel]) / double(sums[3]);
    return mean;
}

Status checkPacked(const CheckArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const PackedChairs packed, PackedChairs::open(arguments.path));
    VITRINE_CHECK(packed.verify());
    std::vector<int> viewsOf(packed.styleIds().size());
    std::size_t numHeldOut = 0;
    for (const PackedView& view : packed.views()) {
        ++viewsOf[std::size_t(view.styleIndex)];
        numHeldOut += isHeldOut(view);
    }
    Json styles = Json::array();
    for (std::size_t i = 0; i < viewsOf.size(); ++i)
        styles.push_back({{"id", packed.styleIds()[i]}, {"views", viewsOf[i]}});
    const MeanView mean = meanOf(packed);
    std::error_code unknown;
    context.answer({{"kind", "packed"},
                    {"file", arguments.path},
                    {"good", true},
                    {"size", packed.size()},
                    {"views", packed.views().size()},
                    {"heldOut", numHeldOut},
                    {"dataHash", packed.dataHash()},
                    {"bytes", fs::file_size(arguments.path, unknown)},
                    {"coverage", mean.coverage},
                    {"meanColor", mean.color},
                    {"styles", std::move(styles)}},
                   fmt::format("{0}: {1} views of {2} chairs at {3} x {3}, {4} held out of training; "
                               "contents match their hash\n{5}",
                               arguments.path,
                               packed.views().size(),
                               viewsOf.size(),
                               packed.size(),
                               numHeldOut,
                               packed.dataHash()));
    return {};
}

Status check(const CheckArguments& arguments, const CliContext& context) {
    std::error_code error;
    if (PackedScenes::isOne(arguments.path)) return checkScenes(arguments.path, context);
    if (isMesh(arguments.path)) return checkMesh(arguments.path, context);
    return fs::is_regular_file(arguments.path, error) ? checkPacked(arguments, context)
                                                      : checkTree(arguments, context);
}

void addDataCheck(CLI::App& data, CliContext& context) {
    auto arguments = std::make_shared<CheckArguments>();
    CLI::App& command = *data.add_subcommand(
        "check", "Check a folder of renders or of pictures with masks, a packed set or a mesh");
    command
        .add_option("path",
                    arguments->path,
                    "Folder rendered_chairs, ours or the original; of CUB-200-2011, LFW parts or images/ and "
                    "masks/; or a .vpack, .vscenes, .obj or .glb file")
        ->required();
    command.add_flag("--reduced", arguments->reduced, "Only the 809 chairs kept of the original 1393");
    addLabelsOption(command, arguments->labels);
    setAction(command, [arguments, &context] { return check(*arguments, context); });
}

const RegisteredCommand kDataCheckCommand{CommandGroup::OfData, "check", addDataCheck};

}  // namespace

}  // namespace vitrine
