// SPDX-License-Identifier: GPL-3.0-or-later
// data unpack: scenes of a packed set as pictures that the Segmentation panel and other programs open.
#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/data_commands.h"
#include "app/cli/commands/registry.h"
#include "core/base/label_colours.h"
#include "core/data/packed_scenes.h"
#include "core/io/png.h"
#include "core/render/scene_changes.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

struct UnpackArguments {
    std::string file;
    std::string out;
    std::string split = "test";
    bool studio = false;
    std::vector<std::size_t> places;
};

std::string nameOf(const PackedScenes& scenes, std::size_t scene, std::size_t place) {
    return fmt::format("{}-{:04}", scenes.groups()[std::size_t(scenes.info(scene).group)], place);
}

Status unpack(const UnpackArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const PackedScenes scenes, PackedScenes::open(arguments.file));
    const Split split = *splitFromName(arguments.split);
    const auto indices = scenes.indicesOf(split);
    auto places = arguments.places;
    for (std::size_t i = 0; arguments.places.empty() && i < indices.size(); ++i) places.push_back(i);
    for (const std::size_t place : places)
        if (place >= indices.size())
            return Error{ErrorCode::InvalidArgument,
                         fmt::format("There is no scene {} in the split {} of {}, which holds {}.",
                                     place,
                                     arguments.split,
                                     arguments.file,
                                     indices.size())};
    std::error_code error;
    fs::create_directories(arguments.out, error);
    const JobContext job = context.jobContext();
    std::vector<std::string> names;
    for (const std::size_t place : places) {
        if (job.stop.stop_requested()) return cancelledError("Cancelled; files already written are kept.");
        const std::size_t scene = indices[place];
        names.push_back(nameOf(scenes, scene, place));
        const fs::path base = fs::path(arguments.out) / names.back();
        Image picture = scenes.imageCopy(scene);
        if (arguments.studio) {
            Rng random({context.seed, scene});
            putInStudio(picture.pixels.data(), scenes.labels(scene), scenes.size(), random);
        }
        VITRINE_CHECK(writePng(base.string() + ".png", picture));
        VITRINE_CHECK(
            writePalettePng(base.string() + "-labels.png", scenes.labelsCopy(scene), labelPalette()));
    }
    context.answer({{"folder", arguments.out}, {"scenes", names}},
                   fmt::format("{} scenes with their labels in {}\n", names.size(), arguments.out));
    return {};
}

void addDataUnpack(CLI::App& data, CliContext& context) {
    auto arguments = std::make_shared<UnpackArguments>();
    CLI::App& command = *data.add_subcommand(
        "unpack",
        "Write scenes of a packed set as NAME.png and NAME-labels.png, as the Segmentation panel opens them");
    command.add_option("file", arguments->file, "The packed set of scenes")->required();
    command.add_option("--out", arguments->out, "Folder of the pictures")->required();
    command.add_option("--split", arguments->split, "Of the scenes")
        ->check(CLI::IsMember({"train", "validation", "test"}));
    command
        .add_option(
            "--scenes", arguments->places, "Only these, counted from 0 within the split; default: all")
        ->delimiter(',');
    command.add_flag("--studio", arguments->studio, "Plain walls and floors in place of the rooms");
    setAction(command, [arguments, &context] { return unpack(*arguments, context); });
}

const RegisteredCommand kDataUnpackCommand{CommandGroup::OfData, "unpack", addDataUnpack};

}  // namespace

}  // namespace vitrine
