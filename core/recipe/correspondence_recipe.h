// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "core/recipe/correspondence_points.h"
#include "core/recipe/recipe.h"

namespace vitrine {

inline constexpr char kCorrespondenceRecipeFormat[] = "vitrine-correspondence-match";

/// A picture of an answer.
enum class CorrespondencePart { Sheet, Forward, Backward, Warped };

/// Everything that makes the pictures of a match again. Kept as JSON in their text chunks.
struct CorrespondenceRecipe {
    std::string model;        ///< name of the network, for the reader
    std::string weightsHash;  ///< SHA-256 of its weight file; empty in old recipes
    RecipeMix from, to;
    CorrespondenceRequest request;  ///< but for its styles, which are above
    std::vector<NamedPoint> points;
    CorrespondencePart part = CorrespondencePart::Sheet;
    std::string panel;  ///< how the window's panel shows it, JSON, kept verbatim; empty from the command line
};

bool isCorrespondenceRecipe(const std::string& text);
std::string recipeToJson(const CorrespondenceRecipe& recipe);
/// Errors: BadFormat, naming the field.
Result<CorrespondenceRecipe> correspondenceRecipeFromJson(const std::string& text);
/// The request with its styles as the network numbers them. Errors: NotFound (a style that it lacks).
Result<CorrespondenceRequest> requestOf(const CorrespondenceRecipe& recipe,
                                        std::span<const std::string> styleIds);
/// The other way: ids for class indices.
RecipeMix recipeMixOf(const StyleMix& mix, std::span<const std::string> styleIds);

}  // namespace vitrine
