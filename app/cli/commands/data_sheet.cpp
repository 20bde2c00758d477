// SPDX-License-Identifier: GPL-3.0-or-later
// data sheet: the catalogue on one picture, to be looked at chair by chair.
#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/data_commands.h"
#include "app/cli/commands/registry.h"
#include "core/io/png.h"
#include "core/render/contact_sheet.h"
#include "core/render/scene_sheet.h"

namespace vitrine {
namespace {

struct SheetArguments {
    std::string out;
    std::vector<std::string> models;
    ChairView view{0, 20};
    ChairRenderOptions render;
    bool parts = false;
    std::string scenes;
    std::string split = "train";
    int count = 48;
};

Status makeScenesSheet(const SheetArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const PackedScenes scenes, PackedScenes::open(arguments.scenes));
    const Split split = *splitFromName(arguments.split);
    constexpr int kColumns = 6;
    const Image sheet = makeSceneSheet(scenes, split, arguments.count, kColumns);
    if (sheet.empty())
        return Error{
            ErrorCode::InvalidArgument,
            arguments.scenes + " has no scenes in the split " + arguments.split + "; choose another one."};
    VITRINE_CHECK(writePng(arguments.out, sheet));
    context.answer({{"file", arguments.out}, {"width", sheet.width}, {"height", sheet.height}},
                   "Scenes with their labels on " + arguments.out);
    return {};
}

Status makeSheet(const SheetArguments& arguments, const CliContext& context) {
    VITRINE_CHECK(checkPngName(arguments.out));
    if (!arguments.scenes.empty()) return makeScenesSheet(arguments, context);
    VITRINE_TRY(const ChairCatalogue catalogue, ChairCatalogue::loadDefault());
    std::vector<ChairEntry> chairs;
    if (arguments.models.empty()) chairs = catalogue.entries();
    for (const std::string& wanted : arguments.models) {
        VITRINE_TRY(const ChairEntry* entry, catalogue.find(wanted));
        chairs.push_back(*entry);
    }
    VITRINE_TRY(
        const Image sheet,
        renderContactSheet(chairs, arguments.view, arguments.parts, arguments.render, context.jobContext()));
    if (sheet.empty()) return cancelledError("The contact sheet was cancelled.");
    VITRINE_CHECK(writePng(arguments.out, sheet));
    context.answer({{"file", arguments.out},
                    {"chairs", chairs.size()},
                    {"width", sheet.width},
                    {"height", sheet.height}},
                   fmt::format("{} chairs on {}", chairs.size(), arguments.out));
    return {};
}

void addDataSheet(CLI::App& data, CliContext& context) {
    auto arguments = std::make_shared<SheetArguments>();
    CLI::App& command = *data.add_subcommand("sheet", "All chairs in one picture, with their ids");
    command.add_option("--out", arguments->out, "The picture to write (PNG)")->required();
    command.add_option("--models", arguments->models, "Only these chairs (ids or class indices)")
        ->delimiter(',')
        ->default_str("");
    command.add_option("--azimuth", arguments->view.azimuthDeg, "Degrees")->check(CLI::Range(-360.0, 360.0));
    command.add_option("--elevation", arguments->view.elevationDeg, "Degrees")
        ->check(CLI::Range(-90.0, 90.0));
    command.add_option("--size", arguments->render.size, "Side of one chair in pixels")
        ->check(CLI::Range(32, 512));
    command.add_flag("--parts",
                     arguments->parts,
                     "Part labels instead of colours: seat orange, back blue, arms green, legs red");
    command.add_option(
        "--scenes", arguments->scenes, "A packed set of scenes to show instead, beside their labels");
    command.add_option("--split", arguments->split, "Of the scenes")
        ->check(CLI::IsMember({"train", "validation", "test"}));
    command.add_option("--count", arguments->count, "Scenes to show")->check(CLI::Range(1, 1000));
    setAction(command, [arguments, &context] { return makeSheet(*arguments, context); });
}

const RegisteredCommand kDataSheetCommand{CommandGroup::OfData, "sheet", addDataSheet};

}  // namespace

}  // namespace vitrine
