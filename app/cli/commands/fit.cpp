// SPDX-License-Identifier: GPL-3.0-or-later
// fit: the style of a chair in a picture.
#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/registry.h"
#include "core/io/image_file.h"
#include "core/nets/compute.h"
#include "core/recipe/chair_cutout.h"
#include "core/recipe/segmentation_input.h"
#include "core/recipe/style_file.h"
#include "core/sessions/chair_fit.h"

namespace vitrine {
namespace {

struct FitArguments {
    std::string image, mask, model, out, picture;
};

Result<ChairCutout> cutOut(const FitArguments& arguments, int size) {
    VITRINE_TRY(const Image image, readImage(arguments.image));
    if (arguments.mask.empty()) return cutOutChair(image, {}, size);
    VITRINE_TRY(const Image mask, readImage(arguments.mask));
    return cutOutChair(image, maskOfPicture(mask), size);
}

/// On white, with its recipe.
Status writeFitPicture(const std::string& file, const ChairFit& fit, const ChairModelInfo& model) {
    ChairRecipe recipe = recipeOf(fit.request, model.styleIds);
    recipe.model = model.name, recipe.modelStep = model.step, recipe.weightsHash = model.weightsHash;
    const ChairPicture picture{fit.picture};
    const auto shown = finishPictures(recipe, {}, std::span(&picture, 1));
    VITRINE_TRY([[maybe_unused]] const std::string hash, writeWithRecipe(file, shown.front(), recipe));
    return {};
}

/// What the user should know of a fit; mostly empty.
std::string noticeOf(const ChairFit& fit, const ChairCutout& cutout, bool isCancelled) {
    std::string notice = cutout.notice;
    const auto add = [&](const std::string& sentence) { notice += (notice.empty() ? "" : " ") + sentence; };
    if (isCancelled)
        add("The fit was stopped; the best so far is kept.");
    else if (!fit.converged)
        add(fmt::format(
            "The fit did not converge: the masks of picture and generated chair overlap by {:.0f}% "
            "only. The best so far is kept; try another --seed, or a picture from the front.",
            100 * fit.maskIou));
    return notice;
}

Status fitPicture(const FitArguments& arguments, const CliContext& context) {
    setComputeThreads(context.threads);
    if (!arguments.picture.empty()) VITRINE_CHECK(checkPngName(arguments.picture));
    VITRINE_TRY(const std::filesystem::path file, modelFile(arguments.model));
    VITRINE_TRY(ChairFitSession session, ChairFitSession::open(file));
    const ChairModelInfo& model = session.info();
    VITRINE_TRY(const ChairCutout cutout, cutOut(arguments, model.size));
    VITRINE_TRY(const ChairFit fit,
                session.fit(cutout.premultiplied, context.seed, {.job = context.jobContext()}));
    VITRINE_CHECK(writeStyleFile(arguments.out, fit.request, model));
    if (!arguments.picture.empty()) VITRINE_CHECK(writeFitPicture(arguments.picture, fit, model));

    const std::string notice = noticeOf(fit, cutout, context.stop.stop_requested());
    nlohmann::json result = describeModel(model);
    result["out"] = arguments.out;
    result["azimuth"] = fit.request.view.azimuthDeg;
    result["elevation"] = fit.request.view.elevationDeg;
    result["loss"] = fit.loss;
    result["maskIou"] = fit.maskIou;
    result["converged"] = fit.converged;
    result["seconds"] = fit.seconds;
    result["notice"] = notice;
    context.answer(
        result,
        fmt::format("{} written: azimuth {:.0f}, elevation {:.0f} degrees, loss {:.4f}, {:.1f} s{}{}",
                    arguments.out,
                    fit.request.view.azimuthDeg,
                    fit.request.view.elevationDeg,
                    fit.loss,
                    fit.seconds,
                    notice.empty() ? "" : "\n",
                    notice));
    return {};
}

void addFitCommand(CLI::App& app, CliContext& context) {
    const auto arguments = std::make_shared<FitArguments>();
    CLI::App& command =
        *app.add_subcommand("fit", "Find the style of a chair in a picture, to turn and morph it");
    command
        .add_option("image",  // "picture" is the option's name
                    arguments->image,
                    "Picture of one chair: transparent around it, on a plain background, or with --mask")
        ->required();
    command.add_option("--mask", arguments->mask, "Picture of the same size, white on the chair");
    addModelOption(command, arguments->model);
    command
        .add_option("--out",
                    arguments->out,
                    "File of the style (.json), for --style, --from and --to of the other commands")
        ->required();
    command.add_option("--picture", arguments->picture, "PNG file: the generated chair, as in the picture");
    setAction(command, [arguments, &context]() -> Status {
        if (!namesStyleFile(arguments->out))
            return invalidArgument(arguments->out + " cannot be written: give a name that ends in .json.");
        return fitPicture(*arguments, context);
    });
}

const RegisteredCommand kFitCommand{CommandGroup::Explore, "fit", addFitCommand};

}  // namespace

}  // namespace vitrine
