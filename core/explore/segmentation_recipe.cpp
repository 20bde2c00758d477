// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/segmentation_recipe.h"

#include "core/data/chair_catalogue.h"
#include "core/explore/request_json.h"
#include "core/explore/segmentation_input.h"

namespace vitrine {

// Looked up in the enum's own namespace; in the unnamed one it would not be found, and numbers be written.
NLOHMANN_JSON_SERIALIZE_ENUM(SegmentationPart,
                             {{SegmentationPart::Sheet, "sheet"},
                              {SegmentationPart::Input, "input"},
                              {SegmentationPart::Guess, "guess"},
                              {SegmentationPart::Mean, "mean"},
                              {SegmentationPart::Argmax, "argmax"},
                              {SegmentationPart::Reconstruction, "reconstruction"},
                              {SegmentationPart::NearestKnown, "nearestKnown"},
                              {SegmentationPart::Entropy, "entropy"},
                              {SegmentationPart::MutualInformation, "mutualInformation"},
                              {SegmentationPart::Sample, "sample"}})

namespace {

using namespace json_fields;

constexpr const char* kFormat = "vitrine-segmentation";
constexpr int kVersion = 1;
constexpr double kMostSamples = 10000, kMostSweeps = 1000, kMostSpread = 3, kMostParts = 64, kMostSteps = 256;

/// Shapes: [H, W, 1], of the image's size; empty where there is none.
LabelMap mapOr(const Json& json, const char* name, const Image& image) {
    const Image read = imageOr(json, name);
    if (read.empty()) return {};
    if (read.width != image.width || read.height != image.height) throw BadField{name};
    LabelMap map(read.width, read.height, 1);
    for (std::size_t i = 0; i < map.pixels.size(); ++i)
        map.pixels[i] = read.pixels[i * std::size_t(read.channels)];
    return map;
}

SegmentationRequest requestFrom(const Json& json) {
    SegmentationRequest request;
    request.image = imageOr(json, "picture");
    request.omission = mapOr(json, "omission", request.image);
    request.observed = mapOr(json, "observed", request.image);
    request.truth = mapOr(json, "truth", request.image);
    request.numSamples = int(numberOr(json, "numSamples", request.numSamples, 1, kMostSamples));
    request.seed = seedOr(json, request.seed);
    request.spread = numberOr(json, "spread", request.spread, 0, kMostSpread);
    request.numParts = int(numberOr(json, "numParts", 1, 1, kMostParts));
    request.numSteps = int(numberOr(json, "numSteps", request.numSteps, 1, kMostSteps));
    request.numSweeps = int(numberOr(json, "numSweeps", request.numSweeps, 1, kMostSweeps));
    if (json.contains("samplingSweeps")) {
        if (!json["samplingSweeps"].is_boolean()) throw BadField{"samplingSweeps"};
        request.samplingSweeps = json["samplingSweeps"].get<bool>();
    }
    request.forced = forcedOr(json);
    return request;
}

SegmentationRecipe recipeFrom(const Json& json) {
    SegmentationRecipe recipe;
    recipe.model = textOr(json, "model", recipe.model);
    recipe.weightsHash = textOr(json, "weightsHash");
    recipe.request = requestFrom(json);
    recipe.pictureName = textOr(json, "pictureName");
    recipe.part = enumOr(json, "part", recipe.part);
    recipe.sample = int(numberOr(json, "sample", 0, 0, kMostSamples - 1));
    recipe.panel = textOr(json, "panel");
    return recipe;
}

}  // namespace

SegmentationRequest squareRequest(const SegmentationRequest& request, int size) {
    SegmentationRequest square = request;
    square.image = squarePicture(request.image, size);
    if (!request.omission.empty()) square.omission = squareMap(request.omission, size, 0);
    if (!request.observed.empty()) square.observed = squareMap(request.observed, size, kUnknownLabel);
    if (!request.truth.empty()) square.truth = squareMap(request.truth, size, kUnknownLabel);
    return square;
}

std::string recipeToJson(const SegmentationRecipe& recipe) {
    const SegmentationRequest& request = recipe.request;
    Json json{{"format", kFormat},
              {"version", kVersion},
              {"model", recipe.model},
              {"numSamples", request.numSamples},
              {"seed", request.seed},
              {"spread", request.spread},
              {"numParts", request.numParts},
              {"numSteps", request.numSteps},
              {"numSweeps", request.numSweeps},
              {"samplingSweeps", request.samplingSweeps},
              {"forced", jsonOf(request.forced)},
              {"part", recipe.part}};
    if (recipe.part == SegmentationPart::Sample) json["sample"] = recipe.sample;
    if (!recipe.pictureName.empty()) json["pictureName"] = recipe.pictureName;
    if (!request.image.empty()) json["picture"] = pngOf(request.image);
    if (!request.omission.empty()) json["omission"] = pngOf(request.omission);
    if (!request.observed.empty()) json["observed"] = pngOf(request.observed);
    if (!request.truth.empty()) json["truth"] = pngOf(request.truth);
    if (!recipe.weightsHash.empty()) json["weightsHash"] = recipe.weightsHash;
    if (!recipe.panel.empty()) json["panel"] = recipe.panel;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool isSegmentationRecipe(const std::string& text) {
    return hasFormat(text, kFormat);
}

Result<SegmentationRecipe> segmentationRecipeFromJson(const std::string& text) {
    return readRecipe(text, kFormat, kVersion, "it is not one of Vitrine's segmentation recipes", recipeFrom);
}

std::string recipeOfPart(const std::string& recipe, SegmentationPart part, int sample) {
    return withPart(recipe, part, part == SegmentationPart::Sample ? std::optional(sample) : std::nullopt);
}

std::filesystem::path segmentationModelFile(const std::string& model) {
    if (model.find('/') != std::string::npos) return model;
    return modelFolder() / ("segmentation-" + model + ".safetensors");
}

}  // namespace vitrine
