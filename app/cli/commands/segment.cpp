// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <numeric>

#include "app/cli/commands/latent_arguments.h"
#include "app/cli/commands/registry.h"
#include "app/cli/commands/replay.h"
#include "app/cli/commands/segmentation_arguments.h"
#include "core/io/image_file.h"
#include "core/nets/segmenter_info.h"
#include "core/recipe/segmentation_files.h"
#include "core/recipe/segmentation_input.h"
#include "core/recipe/segmentation_recipe.h"

namespace vitrine {
namespace {

struct SegmentArguments {
    std::string image, mask, observed, truth, model, out;
    std::string variant = kDefaultSegmentationModel;
    int numSamples = SegmentationRequest::kDefaultSamples, numSamplingSteps = 3, numSteps = 12,
        numSweeps = 20;
    double temperature = 1;
    bool meanSweeps = false;
    LatentArguments latent;
};

/// As a recipe names it.
std::string modelOf(const SegmentArguments& arguments) {
    return arguments.model.empty() ? arguments.variant : std::filesystem::absolute(arguments.model).string();
}

Result<SegmentationRequest> readRequest(const SegmentArguments& arguments,
                                        const CliContext& context,
                                        int numClasses) {
    SegmentationRequest request;
    VITRINE_TRY(request.image, readImage(arguments.image));
    const auto covers = [&image = request.image](const LabelMap& map, const std::string& file) {
        return checkCovers(map, file, image.width, image.height);
    };
    if (!arguments.mask.empty()) {
        VITRINE_TRY(const Image mask, readImage(arguments.mask));
        request.omission = maskOfPicture(mask);
        VITRINE_CHECK(covers(request.omission, arguments.mask));
    }
    if (!arguments.observed.empty()) {
        VITRINE_TRY(request.observed, readLabels(arguments.observed, numClasses));
        VITRINE_CHECK(covers(request.observed, arguments.observed));
    }
    if (!arguments.truth.empty()) {
        VITRINE_TRY(request.truth, readLabels(arguments.truth, numClasses));
        VITRINE_CHECK(covers(request.truth, arguments.truth));
    }
    request.numSamples = arguments.numSamples;
    request.seed = context.seed;
    request.temperature = arguments.temperature;
    request.numSamplingSteps = arguments.numSamplingSteps;
    request.numSteps = arguments.numSteps;
    request.numSweeps = arguments.numSweeps;
    request.samplingSweeps = !arguments.meanSweeps;
    VITRINE_TRY(request.forced, heldChannels(arguments.latent));
    return request;
}

double meanOf(const ScalarMap& map) {
    return std::accumulate(map.pixels.begin(), map.pixels.end(), 0.0) /
           double(std::max<std::size_t>(map.pixels.size(), 1));
}

/// JSON has no NaN: a score that is no number is null.
nlohmann::json number(double value) {
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

nlohmann::json describe(const Calibration& calibration) {
    nlohmann::json bins = nlohmann::json::array();
    for (const ReliabilityBin& bin : calibration.bins)
        bins.push_back({{"confidence", bin.confidence}, {"accuracy", bin.accuracy}, {"pixels", bin.count}});
    return {{"ece", calibration.ece}, {"brier", calibration.brier}, {"nll", calibration.nll}, {"bins", bins}};
}

nlohmann::json describe(const SegmentationResult& result,
                        const SegmentationModelInfo& model,
                        double logLikelihood,
                        const std::string& out) {
    nlohmann::json json = {{"model", model.file.filename().string()},
                           {"variant", model.variant},
                           {"classes", model.classNames},
                           {"size", model.size},
                           {"out", out},
                           {"numSamples", result.samples.size()},
                           {"diversity", number(result.diversity)},
                           {"meanEntropy", meanOf(result.entropy)},
                           {"meanMutualInformation", meanOf(result.mutualInformation)},
                           {"changedShares", result.changedShares}};
    if (!result.scores) return json;
    nlohmann::json ious = nlohmann::json::array();
    for (const double iou : result.scores->sampleIous) ious.push_back(number(iou));
    json["scores"] = {{"meanIou", number(result.scores->meanIou)},
                      {"guessIou", number(result.scores->guessIou)},
                      {"bestIou", number(result.scores->bestIou)},
                      {"reconstructionIou", number(result.scores->reconstructionIou)},
                      {"nearestKnownIou", number(result.scores->nearestKnownIou)},
                      {"logLikelihood", number(logLikelihood)},
                      {"sampleIous", ious},
                      {"pixelAccuracy", number(result.scores->pixelAccuracy)},
                      {"energyDistance", number(result.scores->energyDistance)},
                      {"wholeLegs", number(result.scores->wholeLegs)},
                      {"falseLegs", number(result.scores->falseLegs)},
                      {"calibration", describe(result.scores->calibration)}};
    return json;
}

/// Of the truth; NaN where there is none, and where the user stops it.
Result<double> likelihoodOf(SegmentationSession& session,
                            const SegmentationRequest& request,
                            const CliContext& context) {
    if (request.truth.empty()) return std::nan("");
    VITRINE_TRY(const std::optional<double> nats,
                session.logLikelihood(request, [&context] { return !context.stop.stop_requested(); }));
    return nats.value_or(std::nan(""));
}

/// Of an answer that was stopped there is none: it can't be made again.
std::string recipeOf(const SegmentationRequest& request,
                     const SegmentationResult& result,
                     const SegmentationModelInfo& model,
                     const SegmentArguments& arguments) {
    if (!result.isComplete) return {};
    SegmentationRecipe recipe;
    recipe.model = modelOf(arguments);
    recipe.weightsHash = model.weightsHash;
    recipe.request = squareRequest(request, model.size);
    recipe.pictureName = std::filesystem::path(arguments.image).filename().string();
    return recipeToJson(recipe);
}

Status segment(const SegmentArguments& arguments, const CliContext& context) {
    VITRINE_TRY(SegmentationSession session, openSegmentationModel(modelOf(arguments), context));
    VITRINE_TRY(const SegmentationRequest request,
                readRequest(arguments, context, session.info().numClasses));
    VITRINE_TRY(const auto path, latentPathOf(arguments.latent, request.numSamples));
    if (path && session.info().numChannels == 0)
        return Error{
            ErrorCode::InvalidArgument,
            "The variant " + session.info().variant + " has no latent path between samples; choose cvae."};
    VITRINE_TRY(const SegmentationResult result, segmentWithProgress(session, request, context));
    VITRINE_CHECK(
        writeSegmentation(result, recipeOf(request, result, session.info(), arguments), arguments.out));
    if (path) {
        VITRINE_TRY(const auto pictures, session.interpolate(request, path->from, path->to, path->count));
        VITRINE_CHECK(writeLabelPath(pictures, arguments.out));
    }
    VITRINE_TRY(const double logLikelihood, likelihoodOf(session, request, context));
    context.answer(
        describe(result, session.info(), logLikelihood, arguments.out),
        fmt::format("{}{}, mean, argmax, uncertainty, answer.npz and an overview (sheet.png) written to {}",
                    result.samples.size(),
                    result.samples.size() == 1 ? " sample" : " samples",
                    arguments.out));
    return {};
}

void addSegmentCommand(CLI::App& app, CliContext& context) {
    const auto arguments = std::make_shared<SegmentArguments>();
    CLI::App& command = *app.add_subcommand("segment", "Possible label maps for an image");
    command.add_option("image", arguments->image, "PNG or JPEG")->required();
    command.add_option("--mask", arguments->mask, "Picture of the same size: bright pixels are hidden");
    command.add_option(
        "--observed",
        arguments->observed,
        "PNG of known labels (grey values or palette indices), 255 = unknown: the samples follow them");
    command.add_option("--truth", arguments->truth, "PNG of the true labels, to score against");
    command.add_option("--samples", arguments->numSamples, "Number of samples to draw")
        ->check(CLI::Range(1, 10000));
    command
        .add_option("--temperature,--spread",
                    arguments->temperature,
                    "Of tokens, or scale of a Gaussian prior's standard deviation: 1 samples from the model, "
                    "lower values favour likely answers")
        ->check(CLI::Range(0.0, 3.0));
    command
        .add_option("--sampling-steps,--parts",
                    arguments->numSamplingSteps,
                    "Autoregressive steps of each sample; 1 draws all at once")
        ->check(CLI::Range(1, 64));
    command.add_option("--steps", arguments->numSteps, "Steps in which the tokens of each sample are drawn")
        ->check(CLI::Range(1, 256));
    command.add_option("--sweeps", arguments->numSweeps, "Sweeps of iterative inference, with --observed")
        ->check(CLI::Range(1, 1000));
    command.add_flag("--mean-sweeps", arguments->meanSweeps, "Sweep with means instead of samples");
    addLatentOptions(command, arguments->latent);
    command.add_option("--variant", arguments->variant, "Bundled model")
        ->check(CLI::IsMember(segmenterVariantNames()));
    command.add_option("--model", arguments->model, "Weight file instead of the bundled model");
    command.add_option("--out", arguments->out, "Folder for the pictures")->required();
    setAction(command, [arguments, &context] { return segment(*arguments, context); });
}

Result<Replayed> segmentAgain(const ReplayArguments& arguments,
                              const std::string& text,
                              const CliContext& context) {
    VITRINE_TRY(const SegmentationRecipe recipe, segmentationRecipeFromJson(text));
    VITRINE_TRY(SegmentationSession session,
                openSegmentationModel(arguments.model.empty() ? recipe.model : arguments.model, context));
    VITRINE_TRY(const SegmentationResult result, segmentWithProgress(session, recipe.request, context));
    const Image picture = partPicture(result, recipe.part, recipe.sample);
    if (picture.empty()) return lacksPicture(arguments);
    return Replayed{
        picture, text, session.info().weightsHash, [result, text, recipe](const std::string& file) {
            return writePart(file, result, text, recipe.part, recipe.sample);
        }};
}

const RegisteredCommand kSegmentCommand{CommandGroup::Explore, "segment", addSegmentCommand};
const RegisteredReplay kSegmentationReplay{kSegmentationRecipeFormat, segmentAgain};

}  // namespace

}  // namespace vitrine
