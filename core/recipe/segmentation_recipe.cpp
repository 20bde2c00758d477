// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/segmentation_recipe.h"

#include <array>

#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "core/recipe/recipe_fields.h"
#include "core/recipe/segmentation_input.h"

namespace vitrine {

namespace {

constexpr RecipeHeader kSegmentationHeader{
    kSegmentationRecipeFormat, 1, "it is not one of Vitrine's segmentation recipes"};
constexpr std::array kSegmentationParts{"sheet",
                                        "input",
                                        "guess",
                                        "mean",
                                        "argmax",
                                        "reconstruction",
                                        "nearestKnown",
                                        "entropy",
                                        "mutualInformation",
                                        "sample"};

/// Labels as a PNG. Shapes: [H, W, 1], of the image's size; an empty map is not written.
struct MapField {
    const Image& image;

    FieldCheck read(const nlohmann::json& json, LabelMap& map) const {
        Image png;
        if (auto fault = PngField().read(json, png)) return fault;
        map = {};
        if (png.empty()) return {};
        if (png.width != image.width || png.height != image.height)
            return FieldFault{{}, "must be as large as the picture"};
        map = LabelMap(png.width, png.height);
        for (std::size_t i = 0; i < map.pixels.size(); ++i)
            map.pixels[i] = png.pixels[i * std::size_t(png.channels)];
        return {};
    }
    nlohmann::json write(const LabelMap& map) const { return PngField().write(greyLevels(map)); }
};

void bindSegmentationRequest(FieldSet& fields, SegmentationRequest& request) {
    const MapField map{request.image};
    fields.value("picture", request.image, PngField());
    fields.value("omission", request.omission, map);
    fields.value("observed", request.observed, map);
    fields.value("truth", request.truth, map);
    bindSamples(fields, request);
    fields.integer("samplingSteps", request.numSamplingSteps, {1, SegmentationRequest::kMaxSamplingSteps})
        .formerly("numParts");
    fields.integer("numSteps", request.numSteps, {1, SegmentationRequest::kMaxSteps});
    fields.integer("numSweeps", request.numSweeps, {1, SegmentationRequest::kMaxSweeps});
    fields.flag("samplingSweeps", request.samplingSweeps);
}

void bindSegmentationRecipe(FieldSet& fields, SegmentationRecipe& recipe) {
    bindSegmentationRequest(fields, recipe.request);
    bindAnswer(fields, recipe, kSegmentationParts);
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
    return writeRecipe(recipe, kSegmentationHeader, bindSegmentationRecipe);
}

bool isSegmentationRecipe(const std::string& text) {
    return hasFormat(text, kSegmentationHeader);
}

Result<SegmentationRecipe> segmentationRecipeFromJson(const std::string& text) {
    return readRecipe<SegmentationRecipe>(text, kSegmentationHeader, bindSegmentationRecipe);
}

std::string recipeOfPart(const std::string& recipe, SegmentationPart part, int sample) {
    return withPart(recipe, kSegmentationParts, part, sample);
}

std::filesystem::path segmentationModelFile(const std::string& model) {
    if (model.find('/') != std::string::npos) return model;
    return modelFolder() / ("segmentation-" + model + ".safetensors");
}

}  // namespace vitrine
