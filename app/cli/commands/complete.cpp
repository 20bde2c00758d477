// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "app/cli/commands/completion_arguments.h"
#include "app/cli/commands/latent_arguments.h"
#include "app/cli/commands/registry.h"
#include "app/cli/commands/replay.h"
#include "core/data/idx_images.h"
#include "core/io/image_file.h"
#include "core/io/png.h"
#include "core/nets/compute.h"
#include "core/recipe/completion_files.h"
#include "core/recipe/completion_recipe.h"

namespace vitrine {
namespace {

struct CompleteArguments {
    std::string image, model, out;
    std::string variant = "cvae";
    int garment = -1;  ///< none
    int numQuadrants = 1, numSamples = CompletionRequest::kDefaultSamples;
    double temperature = 1;
    LatentArguments latent;
};

/// As a recipe names it.
std::string modelOf(const CompleteArguments& arguments) {
    return arguments.model.empty() ? arguments.variant : std::filesystem::absolute(arguments.model).string();
}

struct NamedPicture {
    Image image;
    std::string name;
};

Result<NamedPicture> readGarment(int index) {
    VITRINE_TRY(const IdxImages garments, readIdxTestImages());
    if (std::size_t(index) >= garments.count())
        return invalidArgument(
            fmt::format("There is no garment {}; their numbers are 0 to {}.", index, garments.count() - 1));
    const std::string& kind = fashionMnistClassNames()[garments.labels[std::size_t(index)]];
    return NamedPicture{garments.picture(std::size_t(index)), fmt::format("garment {}, {}", index, kind)};
}

/// As the networks see it; an empty one where none is named.
Result<NamedPicture> readPicture(const CompleteArguments& arguments) {
    if (arguments.garment >= 0) return readGarment(arguments.garment);
    if (arguments.image.empty()) return NamedPicture{};
    VITRINE_TRY(const Image image, readImage(arguments.image));
    return NamedPicture{completionPicture(image), std::filesystem::path(arguments.image).filename().string()};
}

Result<CompletionRecipe> requestedRecipe(const CompleteArguments& arguments,
                                         const CliContext& context,
                                         const CompletionModelInfo& model) {
    CompletionRecipe recipe;
    recipe.numQuadrants = model.numQuadrants;
    recipe.model = modelOf(arguments);
    recipe.weightsHash = model.weightsHash;
    VITRINE_TRY(NamedPicture picture, readPicture(arguments));
    recipe.request.image = std::move(picture.image);
    recipe.pictureName = std::move(picture.name);
    recipe.request.numSamples = arguments.numSamples;
    recipe.request.seed = context.seed;
    recipe.request.temperature = arguments.temperature;
    VITRINE_TRY(recipe.request.forced, heldChannels(arguments.latent));
    return recipe;
}

/// JSON has no NaN: nlohmann writes null instead.
nlohmann::json describe(const CompletionResult& result,
                        const CompletionModelInfo& model,
                        const std::string& out) {
    nlohmann::json json = {{"model", model.file.filename().string()},
                           {"variant", model.variant},
                           {"seen", model.numQuadrants},
                           {"channels", model.numChannels},
                           {"out", out},
                           {"numSamples", result.samples.size()},
                           {"meanDeviation", result.meanDeviation},
                           {"channelNats", result.channelNats}};
    if (result.scores)
        json["scores"] = {{"guess", result.scores->guess},
                          {"monteCarlo", result.scores->monteCarlo},
                          {"importance", result.scores->importance}};
    return json;
}

std::string sentenceOf(const CompletionScores& scores) {
    std::string sentence;
    const auto add = [&sentence](const char* name, double nats) {
        if (std::isfinite(nats))
            sentence += fmt::format("{}{} {:.2f}", sentence.empty() ? "" : ", ", name, nats);
    };
    add("the first guess", scores.guess);
    add("Monte Carlo", scores.monteCarlo);
    add("importance sampling", scores.importance);
    return "-log p of the hidden pixels in nats, less is better: " + sentence;
}

std::string summaryOf(const CompletionResult& result, std::size_t numOnPath, const std::string& out) {
    std::string text =
        fmt::format("{}{}, {}answer.npz and an overview (sheet.png) written to {}",
                    result.samples.size(),
                    result.samples.size() == 1 ? " sample" : " samples, their mean and deviation",
                    numOnPath > 0 ? "the latent path between two of them, " : "",
                    out);
    if (result.scores) text += "\n" + sentenceOf(*result.scores);
    return text;
}

Status complete(const CompleteArguments& arguments, const CliContext& context) {
    VITRINE_TRY(CompletionSession session,
                openCompletionModel(arguments.numQuadrants, modelOf(arguments), context));
    VITRINE_TRY(const CompletionRecipe recipe, requestedRecipe(arguments, context, session.info()));
    VITRINE_TRY(const auto asked, latentPathOf(arguments.latent, recipe.request.numSamples));
    VITRINE_TRY(const CompletionResult result, session.complete(recipe.request));
    std::vector<Image> path;
    if (asked) {
        VITRINE_TRY(path, session.interpolate(recipe.request, asked->from, asked->to, asked->count));
    }
    VITRINE_CHECK(writeCompletion(result, recipeToJson(recipe), arguments.out));
    VITRINE_CHECK(writeLatentPath(path, arguments.out));
    context.answer(describe(result, session.info(), arguments.out),
                   summaryOf(result, path.size(), arguments.out));
    return {};
}

}  // namespace

Result<CompletionSession> openCompletionModel(int numQuadrants,
                                              const std::string& model,
                                              const CliContext& context) {
    if (context.device == "cuda")
        return Error{
            ErrorCode::Unsupported,
            "Quadrant networks answer on the CPU; leave --device cuda out. (Their training takes it.)"};
    setComputeThreads(context.threads);
    const std::filesystem::path file = completionModelFile(numQuadrants, model);
    if (std::filesystem::exists(file)) return CompletionSession::open(file);
    return Error{ErrorCode::NotFound,
                 "There is no model " + file.string() +
                     "; train one (recipe \"quadrants\") and name it with --model."};
}

namespace {

void addCompleteCommand(CLI::App& app, CliContext& context) {
    const auto arguments = std::make_shared<CompleteArguments>();
    CLI::App& command =
        *app.add_subcommand("complete", "Complete a picture whose quadrants are partly hidden");
    CLI::Option* image = command.add_option(
        "image", arguments->image, "PNG or JPEG; it is converted to 28 x 28 in grey on black");
    command
        .add_option("--garment",
                    arguments->garment,
                    "Number of a test picture of Fashion-MNIST, from 0, instead of an image")
        ->check(CLI::Range(0, 1 << 20))
        ->default_str("")
        ->excludes(image);
    command
        .add_option("--seen",
                    arguments->numQuadrants,
                    "Observed quadrants: none, bottom left, left half, all but bottom right")
        ->check(CLI::Range(0, 3));
    command.add_option("--variant", arguments->variant, "Bundled model")
        ->check(CLI::IsMember({"cvae", "gsnn"}));
    command.add_option(
        "--model", arguments->model, "Weight file instead of the bundled model; it determines --seen");
    command.add_option("--samples", arguments->numSamples, "Number of samples to draw")
        ->check(CLI::Range(1, CompletionRequest::kMaxSamples));
    command
        .add_option("--temperature,--spread",
                    arguments->temperature,
                    "Scales the standard deviation of the prior: 1 samples from the model, lower values "
                    "favour likely answers")
        ->check(CLI::Range(0.0, CompletionRequest::kMaxTemperature));
    addLatentOptions(command, arguments->latent);
    command.add_option("--out", arguments->out, "Folder for the pictures")->required();
    setAction(command, [arguments, &context] { return complete(*arguments, context); });
}

/// A grey picture as readImage() gives it, in colours.
Result<Image> inColours(const Image& grey, const std::string& name) {
    VITRINE_TRY(const auto png, encodePng(grey));
    return decodeImage(png, name);
}

Result<Replayed> completeAgain(const ReplayArguments& arguments,
                               const std::string& text,
                               const CliContext& context) {
    VITRINE_TRY(const CompletionRecipe recipe, completionRecipeFromJson(text));
    VITRINE_TRY(CompletionSession session,
                openCompletionModel(
                    recipe.numQuadrants, arguments.model.empty() ? recipe.model : arguments.model, context));
    VITRINE_TRY(const CompletionResult result, session.complete(recipe.request));
    const Image grey = partPicture(result, recipe.part, recipe.sample);
    if (grey.empty()) return lacksPicture(arguments);
    VITRINE_TRY(const Image picture, inColours(grey, arguments.file));
    return Replayed{
        picture, text, session.info().weightsHash, [result, text, recipe](const std::string& file) {
            return writePart(file, result, text, recipe.part, recipe.sample);
        }};
}

const RegisteredCommand kCompleteCommand{CommandGroup::Explore, "complete", addCompleteCommand};
const RegisteredReplay kCompletionReplay{kCompletionRecipeFormat, completeAgain};

}  // namespace

}  // namespace vitrine
