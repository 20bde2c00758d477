// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "core/recipe/answer_recipe.h"
#include "core/recipe/completion_request.h"

namespace vitrine {

inline constexpr char kCompletionRecipeFormat[] = "vitrine-completion";

/// A picture of an answer.
enum class CompletionPart { Sheet, Input, Guess, PriorMean, Reconstruction, Mean, Deviation, Sample };

/// Everything that makes the pictures of an answer again. Kept as JSON in their text chunks.
struct CompletionRecipe : AnswerRecipe {
    int numQuadrants = 1;
    std::string model = "cvae";  ///< a bundled variant (of these quadrants), or a weight file
    CompletionRequest request;   ///< its image is empty or [28, 28, 1]
    CompletionPart part = CompletionPart::Sheet;
};

/// A picture as the quadrant networks see it: grey, the smallest square around it, its surroundings black.
/// Where its border is brighter than half it is turned into its negative, for the networks know bright things
/// on black. One of 28 x 28 and one channel is taken as it is. Shapes: [H, W, 1, 3 or 4] -> [28, 28, 1].
Image completionPicture(const Image& image);

/// One object; the image is a PNG in base 64.
std::string recipeToJson(const CompletionRecipe& recipe);
/// Errors: BadFormat (not JSON, another kind of recipe, newer version, a field of the wrong kind, an image of
/// another size), naming the field.
Result<CompletionRecipe> completionRecipeFromJson(const std::string& text);
/// Whether a picture's recipe is one of these.
bool isCompletionRecipe(const std::string& text);
/// The same recipe, for another picture of the answer.
std::string completionRecipeOfPart(const std::string& recipe, CompletionPart part, int sample = 0);

/// The weight file that a recipe's model stands for: the bundled one, or the file itself.
std::filesystem::path completionModelFile(int numQuadrants, const std::string& model);

}  // namespace vitrine
