// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/completion_recipe.h"

#include <algorithm>

#include "core/base/mean.h"
#include "core/data/chair_catalogue.h"
#include "core/explore/request_json.h"
#include "core/explore/segmentation_input.h"
#include "core/nets/quadrant_options.h"

namespace vitrine {

// Looked up in the enum's own namespace; in the unnamed one it would not be found, and numbers be written.
NLOHMANN_JSON_SERIALIZE_ENUM(CompletionPart,
                             {{CompletionPart::Sheet, "sheet"},
                              {CompletionPart::Input, "input"},
                              {CompletionPart::Guess, "guess"},
                              {CompletionPart::PriorMean, "priorMean"},
                              {CompletionPart::Reconstruction, "reconstruction"},
                              {CompletionPart::Mean, "mean"},
                              {CompletionPart::Deviation, "deviation"},
                              {CompletionPart::Sample, "sample"}})

namespace {

using namespace json_fields;

constexpr const char* kFormat = "vitrine-completion";
constexpr int kVersion = 1;
constexpr int kSide = int(kQuadrantSide);
constexpr double kBright = 127.5;

/// Of what lies in the first channels; alpha is left aside.
int brightnessAt(const Image& image, int y, int x) {
    if (image.channels == 1) return image.at(y, x);
    return (299 * image.at(y, x, 0) + 587 * image.at(y, x, 1) + 114 * image.at(y, x, 2) + 500) / 1000;
}

/// What is transparent counts as black.
bool hasBrightBorder(const Image& image) {
    Mean brightness;
    for (int y = 0; y < image.height; ++y) {
        const bool isEdge = y == 0 || y + 1 == image.height;
        for (int x = 0; x < image.width; x += isEdge ? 1 : std::max(1, image.width - 1)) {
            const double opacity = image.channels == 4 ? image.at(y, x, 3) / 255.0 : 1;
            brightness.add(opacity * brightnessAt(image, y, x));
        }
    }
    return brightness.value() > kBright;
}

/// Shapes: [28, 28, 1]; empty where there is none.
Image pictureFrom(const Json& json) {
    const Image read = imageOr(json, "picture");
    if (read.empty()) return {};
    if (read.width != kSide || read.height != kSide) throw BadField{"picture"};
    Image grey(kSide, kSide, 1);
    for (std::size_t i = 0; i < grey.pixels.size(); ++i)
        grey.pixels[i] = read.pixels[i * std::size_t(read.channels)];
    return grey;
}

CompletionRequest requestFrom(const Json& json) {
    CompletionRequest request;
    request.image = pictureFrom(json);
    request.numSamples =
        int(numberOr(json, "numSamples", request.numSamples, 1, CompletionRequest::kMostSamples));
    request.seed = seedOr(json, request.seed);
    request.spread = numberOr(json, "spread", request.spread, 0, CompletionRequest::kMostSpread);
    request.forced = forcedOr(json);
    return request;
}

CompletionRecipe recipeFrom(const Json& json) {
    CompletionRecipe recipe;
    recipe.numQuadrants = int(numberOr(json, "numQuadrants", recipe.numQuadrants, 0, 3));
    recipe.model = textOr(json, "model", recipe.model);
    recipe.weightsHash = textOr(json, "weightsHash");
    recipe.request = requestFrom(json);
    recipe.pictureName = textOr(json, "pictureName");
    recipe.part = enumOr(json, "part", recipe.part);
    recipe.sample = int(numberOr(json, "sample", 0, 0, CompletionRequest::kMostSamples - 1));
    recipe.panel = textOr(json, "panel");
    return recipe;
}

}  // namespace

Image quadrantPicture(const Image& image) {
    if (image.empty() || (image.width == kSide && image.height == kSide && image.channels == 1)) return image;
    const bool isNegative = hasBrightBorder(image);
    const Image cut = squareCut(image, kSide);
    Image out(kSide, kSide, 1);
    for (int y = 0; y < kSide; ++y)
        for (int x = 0; x < kSide; ++x) {
            const int brightness = brightnessAt(cut, y, x);
            out.at(y, x) = std::uint8_t(isNegative ? std::max(0, cut.at(y, x, 3) - brightness) : brightness);
        }
    return out;
}

std::string recipeToJson(const CompletionRecipe& recipe) {
    const CompletionRequest& request = recipe.request;
    Json json{{"format", kFormat},
              {"version", kVersion},
              {"numQuadrants", recipe.numQuadrants},
              {"model", recipe.model},
              {"numSamples", request.numSamples},
              {"seed", request.seed},
              {"spread", request.spread},
              {"forced", jsonOf(request.forced)},
              {"part", recipe.part}};
    if (recipe.part == CompletionPart::Sample) json["sample"] = recipe.sample;
    if (!recipe.pictureName.empty()) json["pictureName"] = recipe.pictureName;
    if (!request.image.empty()) json["picture"] = pngOf(request.image);
    if (!recipe.weightsHash.empty()) json["weightsHash"] = recipe.weightsHash;
    if (!recipe.panel.empty()) json["panel"] = recipe.panel;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<CompletionRecipe> completionRecipeFromJson(const std::string& text) {
    return readRecipe(text, kFormat, kVersion, "it is not one of Vitrine's completion recipes", recipeFrom);
}

bool isCompletionRecipe(const std::string& text) {
    return hasFormat(text, kFormat);
}

std::string completionRecipeOfPart(const std::string& recipe, CompletionPart part, int sample) {
    return withPart(recipe, part, part == CompletionPart::Sample ? std::optional(sample) : std::nullopt);
}

std::filesystem::path completionModelFile(int numQuadrants, const std::string& model) {
    if (model.find('/') != std::string::npos) return model;
    return modelFolder() / ("quadrants-" + std::to_string(numQuadrants) + "-" + model + ".safetensors");
}

}  // namespace vitrine
