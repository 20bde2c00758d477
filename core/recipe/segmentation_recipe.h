// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/recipe/answer_recipe.h"
#include "core/recipe/segmentation_request.h"

namespace vitrine {

inline constexpr char kSegmentationRecipeFormat[] = "vitrine-segmentation";

/// A picture of an answer.
enum class SegmentationPart {
    Sheet,
    Input,
    Guess,
    Mean,
    Argmax,
    Reconstruction,
    NearestKnown,
    Entropy,
    MutualInformation,
    Sample
};

/// Everything that makes the pictures of an answer again. Kept as JSON in their text chunks; in the window it
/// is what the user asked.
struct SegmentationRecipe : AnswerRecipe {
    std::string model = kDefaultSegmentationModel;  ///< a bundled variant, or a weight file
    SegmentationRequest request;                    ///< its maps are empty or of the image's size
    SegmentationPart part = SegmentationPart::Sheet;
};

/// The request as the network sees it: its image and maps squared to `size` pixels a side, which answers the
/// same and is small enough to be kept.
SegmentationRequest squareRequest(const SegmentationRequest& request, int size);

/// One object; image and maps are PNGs in base 64.
std::string recipeToJson(const SegmentationRecipe& recipe);
/// Errors: BadFormat (not JSON, another kind of recipe, newer version, a field of the wrong kind, maps of
/// another size than the image), naming the field.
Result<SegmentationRecipe> segmentationRecipeFromJson(const std::string& text);
/// Whether a picture's recipe is one of these.
bool isSegmentationRecipe(const std::string& text);
/// The same recipe, for another picture of the answer.
std::string recipeOfPart(const std::string& recipe, SegmentationPart part, int sample = 0);

/// The weight file that a recipe's model stands for: that of the bundled variant, or the file itself.
std::filesystem::path segmentationModelFile(const std::string& model);

}  // namespace vitrine
