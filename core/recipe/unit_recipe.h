// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/recipe/recipe.h"
#include "core/recipe/unit_request.h"

namespace vitrine {

inline constexpr char kUnitRecipeFormat[] = "vitrine-unit";

/// A picture that the unit explorer makes.
enum class UnitFigureKind {
    Picture,     ///< with the unit
    Base,        ///< without it: zero activations, or the chair
    Difference,  ///< of the two, blue to red
    CloseUp,     ///< of what the unit can reach
    Strip,       ///< seven steps of the value
    Sheet,       ///< all units of the layer, captioned, by number or sorted by a measure
    Filters,     ///< weights of the last layer
    Maps         ///< a chair's feature maps, the most periodic first
};

/// Everything that makes a figure again. Kept as JSON in the PNG's text chunk.
struct UnitRecipe {
    UnitFigureKind kind = UnitFigureKind::Picture;
    std::string model;  ///< name of the network, for the reader
    std::int64_t modelStep = 0;
    std::string weightsHash;  ///< SHA-256 of the weight file; empty in old recipes
    ChairRecipe chair;        ///< styles, view and transformation
    UnitRequest request;      ///< its chair is `chair`'s, see requestOf
    PictureChannel channel = PictureChannel::Composite;
    std::optional<EffectMeasure> measure;  ///< Sheet: sorted by it
    int count = 0;                         ///< Sheet: so many units at most; 0 = all
    bool mask = false;                     ///< Filters: into the mask instead of RGB
    std::string pictureHash;               ///< pictureHash() of the pixels
    std::string panel;  ///< state of the window's panel, JSON, kept verbatim; empty from the command line
    bool operator==(const UnitRecipe&) const = default;
};

/// One object; numbers in the C locale.
std::string recipeToJson(const UnitRecipe& recipe);
/// Errors: BadFormat (not JSON, another kind of recipe, newer version, a field of the wrong kind), naming the
/// field.
Result<UnitRecipe> unitRecipeFromJson(const std::string& text);
/// Whether a picture's recipe is one of these.
bool isUnitRecipe(const std::string& text);
/// The request with its chair. Errors: NotFound (a style that the network lacks).
Result<UnitRequest> requestOf(const UnitRecipe& recipe, std::span<const std::string> styleIds);
/// The recipe of a request. `styleIds`: of the network, by class index.
UnitRecipe recipeOf(const UnitRequest& request, const ChairModelInfo& model, UnitFigureKind kind);

}  // namespace vitrine
