// SPDX-License-Identifier: GPL-3.0-or-later
// What recipes have in common: how they are read and written, and fields that several of them have.
#pragma once

#include <optional>
#include <string>

#include "core/base/fields.h"
#include "core/base/image.h"
#include "core/base/result.h"
#include "core/nets/segmenter_info.h"
#include "core/recipe/correspondence_points.h"
#include "core/recipe/recipe.h"
#include "core/recipe/segmentation_request.h"

namespace vitrine {

/// Of most numbers in a recipe, so that none is absurd.
inline constexpr FieldRange kRecipeRange{-1e6, 1e6};

/// What a recipe's "format" and "version" say.
struct RecipeHeader {
    const char* name;       ///< "vitrine-chair"
    int version;            ///< the newest that can be read
    const char* otherwise;  ///< what is wrong with a text that is none: "it is not one of ..."
};

/// Whether a text is a recipe of this format.
bool hasFormat(const std::string& text, const RecipeHeader& header);
/// Errors: BadFormat (another format, a newer version).
Result<nlohmann::json> parseRecipe(const std::string& text, const RecipeHeader& header);
/// "The recipe cannot be used: ..."
Error badRecipe(const FieldFault& fault);

/// `bind`: function of (FieldSet&, Recipe&).
template <class Recipe, class Bind>
std::string writeRecipe(const Recipe& recipe, const RecipeHeader& header, const Bind& bind) {
    nlohmann::json json = writeFields(recipe, bind);
    json["format"] = header.name;
    json["version"] = header.version;
    return compactText(json);
}

/// `recipe`: what fields that are missing say. Errors: BadFormat, naming the field.
template <class Recipe, class Bind>
Result<Recipe> readRecipe(const std::string& text,
                          const RecipeHeader& header,
                          const Bind& bind,
                          Recipe recipe = {}) {
    VITRINE_TRY(const nlohmann::json json, parseRecipe(text, header));
    if (const FieldCheck fault = readFields(json, recipe, bind)) return badRecipe(*fault);
    return recipe;
}

/// The same recipe for another picture of its answer; `sample`: only of one, by number.
std::string withPart(const std::string& recipe, const char* part, std::optional<int> sample);

/// A picture as a PNG in base 64, at most 1024 pixels a side. Shapes: [H, W, 3 or 4] when read; an empty one
/// is not written.
struct PngField {
    FieldCheck read(const nlohmann::json& json, Image& image) const;
    nlohmann::json write(const Image& image) const;
};

void bindView(FieldSet& fields,
              ChairView& view,
              FieldRange azimuth = kRecipeRange,
              FieldRange elevation = kRecipeRange);
void bindTheta(FieldSet& fields, Theta& theta, FieldRange range = kRecipeRange);
void bindBoost(FieldSet& fields, UnitBoost& boost);
void bindStyle(FieldSet& fields, RecipeStyle& style);
/// A point that must be within `range`.
void bindPoint(FieldSet& fields, NamedPoint& point, FieldRange range = kRecipeRange);
/// The fields "seed" and "forced" of a question about a picture.
void bindSampling(FieldSet& fields, std::uint64_t& seed, std::vector<ForcedChannel>& forced);
/// Of one that has samples for an answer: these, "numSamples" and "temperature".
template <class Request>
void bindSamples(FieldSet& fields, Request& request) {
    fields.integer("numSamples", request.numSamples, {1, SegmentationRequest::kMaxSamples});
    bindSampling(fields, request.seed, request.forced);
    fields.number("temperature", request.temperature, {0, SegmentationRequest::kMaxTemperature})
        .formerly("spread");
}
/// The fields of a recipe of such an answer but its request's. `parts`: names of its pictures.
template <class Recipe>
void bindAnswer(FieldSet& fields, Recipe& recipe, const FieldNames& parts) {
    fields.text("model", recipe.model);
    fields.text("weightsHash", recipe.weightsHash).omitEmpty();
    fields.text("pictureName", recipe.pictureName).omitEmpty();
    fields.choice("part", recipe.part, parts);
    fields.integer("sample", recipe.sample, {0, SegmentationRequest::kMaxSamples - 1}).when([&recipe] {
        return recipe.part == decltype(recipe.part)::Sample;
    });
    fields.text("panel", recipe.panel).omitEmpty();
}
/// Such a recipe for another picture of its answer.
template <class Part>
std::string withPart(const std::string& recipe, const auto& names, Part part, int sample) {
    return withPart(
        recipe, names[std::size_t(part)], part == Part::Sample ? std::optional(sample) : std::nullopt);
}

FieldNames backgroundNames();
FieldNames channelNames();
FieldNames correspondenceRouteNames();
FieldNames flowMethodNames();
FieldNames morphScheduleNames();

}  // namespace vitrine
