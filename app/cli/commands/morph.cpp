// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/morph.h"

#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/registry.h"
#include "core/recipe/answer_files.h"
#include "core/recipe/recipe_file.h"

namespace vitrine {
namespace {

struct MorphArguments : ChairArguments {
    std::string from, to;
    std::string weights = "linear";
    int frames = 64;
    int framesPerSecond = 16;
};

Result<ChairRecipe> morphRecipe(const MorphArguments& arguments, const ChairModelInfo& model) {
    VITRINE_TRY(ChairRecipe recipe, startRecipe(arguments, model));
    recipe.kind = RecipeKind::Morph;
    for (const std::string& end : {arguments.from, arguments.to}) {
        VITRINE_TRY(RecipeMix mix, parseMix(end, model));
        recipe.corners.push_back(std::move(mix));
    }
    const MorphSchedule schedule =
        arguments.weights == "paper" ? MorphSchedule::Paper : MorphSchedule::Linear;
    recipe.frames = {"style", morphPositions(arguments.frames, schedule)};
    recipe.framesPerSecond = arguments.framesPerSecond;
    return recipe;
}

/// One PNG a frame, each with the recipe of that picture alone.
Status writeFrames(const std::filesystem::path& folder,
                   const std::vector<Image>& pictures,
                   const ChairRecipe& recipe,
                   std::stop_token stop) {
    VITRINE_CHECK(makeFolder(folder));
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        if (stop.stop_requested())
            return Error{ErrorCode::Busy, fmt::format("Cancelled after {} frames.", i)};
        ChairRecipe frame = recipe;
        frame.kind = RecipeKind::Picture;
        frame.u = recipe.frames.values[i];
        VITRINE_TRY(
            [[maybe_unused]] const std::string hash,
            writeWithRecipe((folder / fmt::format("frame-{:04}.png", i)).string(), pictures[i], frame));
    }
    return {};
}

Status writeMorph(const MorphArguments& arguments,
                  const std::vector<Image>& pictures,
                  const ChairRecipe& recipe,
                  std::stop_token stop) {
    const std::filesystem::path out = arguments.out;
    if (out.extension() == ".png") {
        VITRINE_TRY([[maybe_unused]] const std::string hash,
                    writeWithRecipe(arguments.out, contactSheet(pictures, int(pictures.size())), recipe));
        return {};
    }
    if (out.extension() == ".webp")
        return writeWebPWithRecipe(out, pictures, arguments.framesPerSecond, recipeToJson(recipe));
    if (out.extension() != ".gif") return writeFrames(out, pictures, recipe, stop);
    if (recipe.background == BackgroundKind::Transparent) {
        return Error{
            ErrorCode::InvalidArgument,
            "A GIF cannot be half transparent; choose another background, a WebP, or a folder of PNG files."};
    }
    return writeGifWithRecipe(out, pictures, arguments.framesPerSecond, recipeToJson(recipe));
}

Status morph(const MorphArguments& arguments, const CliContext& context) {
    VITRINE_TRY(ChairSession session, openChairSession(arguments.model, context));
    VITRINE_TRY(const ChairRecipe recipe, morphRecipe(arguments, session.info()));
    VITRINE_TRY(const auto pictures, renderRecipe(session, recipe, arguments.size));
    VITRINE_CHECK(writeMorph(arguments, pictures, recipe, context.stop.get_token()));

    nlohmann::json result = describeModel(session.info());
    result["out"] = arguments.out;
    result["frames"] = pictures.size();
    result["framesPerSecond"] = arguments.framesPerSecond;
    result["width"] = pictures.front().width;
    result["height"] = pictures.front().height;
    context.answer(result, fmt::format("{} written, {} frames", arguments.out, pictures.size()));
    return {};
}

void addMorphCommand(CLI::App& app, CliContext& context) {
    const auto arguments = std::make_shared<MorphArguments>();
    CLI::App& command = *app.add_subcommand("morph", "Turn one chair into another");
    command.add_option("--from", arguments->from, "ID[:weight],...")->required();
    command.add_option("--to", arguments->to, "ID[:weight],...")->required();
    command.add_option("--frames", arguments->frames, "Number of pictures")->check(CLI::Range(1, 4096));
    command.add_option("--weights", arguments->weights, "linear, or the paper's, dense in the middle")
        ->check(CLI::IsMember({"linear", "paper"}));
    command.add_option("--fps", arguments->framesPerSecond, "Frames per second of a GIF or a WebP")
        ->check(CLI::Range(1, 50));
    addChairOptions(command, *arguments);
    command
        .add_option(
            "--out", arguments->out, "A .gif, a .webp, a .png strip, or a folder for one PNG per frame")
        ->required();
    setAction(command, [arguments, &context] { return morph(*arguments, context); });
}

const RegisteredCommand kMorphCommand{CommandGroup::Explore, "morph", addMorphCommand};

}  // namespace

}  // namespace vitrine
