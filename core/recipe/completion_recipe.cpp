// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/completion_recipe.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/folders.h"
#include "core/base/mean.h"
#include "core/data/chair_catalogue.h"
#include "core/nets/completion_net_options.h"
#include "core/recipe/recipe_fields.h"
#include "core/recipe/segmentation_input.h"

namespace vitrine {

namespace {

constexpr RecipeHeader kCompletionHeader{
    kCompletionRecipeFormat, 1, "it is not one of Vitrine's completion recipes"};
constexpr std::array kCompletionParts{
    "sheet", "input", "guess", "priorMean", "reconstruction", "mean", "deviation", "sample"};
constexpr int kSide = int(kCompletionSide);
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

/// A picture as a PNG. Shapes: [28, 28, 1]; an empty one is not written.
struct GreyField {
    FieldCheck read(const nlohmann::json& json, Image& image) const {
        Image png;
        if (auto fault = PngField().read(json, png)) return fault;
        image = png.empty() ? Image() : Image(kSide, kSide, 1);
        if (png.empty()) return {};
        if (png.width != kSide || png.height != kSide) return FieldFault{{}, "must have 28 x 28 pixels"};
        for (std::size_t i = 0; i < image.pixels.size(); ++i)
            image.pixels[i] = png.pixels[i * std::size_t(png.channels)];
        return {};
    }
    nlohmann::json write(const Image& image) const { return PngField().write(image); }
};

void bindCompletionRequest(FieldSet& fields, CompletionRequest& request) {
    fields.value("picture", request.image, GreyField());
    bindSamples(fields, request);
}

void bindCompletionRecipe(FieldSet& fields, CompletionRecipe& recipe) {
    fields.integer("numQuadrants", recipe.numQuadrants, {0, 3});
    bindCompletionRequest(fields, recipe.request);
    bindAnswer(fields, recipe, kCompletionParts);
}

}  // namespace

Image completionPicture(const Image& image) {
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
    return writeRecipe(recipe, kCompletionHeader, bindCompletionRecipe);
}

Result<CompletionRecipe> completionRecipeFromJson(const std::string& text) {
    return readRecipe<CompletionRecipe>(text, kCompletionHeader, bindCompletionRecipe);
}

bool isCompletionRecipe(const std::string& text) {
    return hasFormat(text, kCompletionHeader);
}

std::string completionRecipeOfPart(const std::string& recipe, CompletionPart part, int sample) {
    return withPart(recipe, kCompletionParts, part, sample);
}

std::filesystem::path completionModelFile(int numQuadrants, const std::string& model) {
    if (model.find('/') != std::string::npos) return model;
    return modelFolder() / fmt::format("quadrants-{}-{}.safetensors", numQuadrants, model);
}

}  // namespace vitrine
