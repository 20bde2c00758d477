// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipe_fields.h"

#include <algorithm>

#include "core/base/base64.h"
#include "core/flow/optical_flow.h"
#include "core/io/image_file.h"
#include "core/io/png.h"

namespace vitrine {
namespace {

using nlohmann::json;

constexpr int kLargestSide = 1024;
constexpr std::size_t kMaxForced = 4096;

Error unusableRecipe(const std::string& why) {
    return {ErrorCode::BadFormat,
            "The recipe cannot be used: " + why + ". Take a picture that Vitrine exported."};
}

void bindForced(FieldSet& fields, ForcedChannel& forced) {
    fields.integer("channel", forced.channel, {0, 4095});
    fields.number("deviations", forced.deviations, {-100, 100});
}

}  // namespace

bool hasFormat(const std::string& text, const RecipeHeader& header) {
    const json recipe = jsonOfText(text);
    return recipe.is_object() && recipe.value("format", json()) == header.name;
}

Result<json> parseRecipe(const std::string& text, const RecipeHeader& header) {
    json recipe = jsonOfText(text);
    if (!recipe.is_object() || recipe.value("format", json()) != header.name)
        return unusableRecipe(header.otherwise);
    const json version = recipe.value("version", json());
    if (!version.is_number_integer() || version > header.version)
        return unusableRecipe("it was written by a newer version of Vitrine");
    return recipe;
}

Error badRecipe(const FieldFault& fault) {
    Error error = unusableRecipe("its field \"" + fault.name + "\" is missing or invalid");
    error.detail = fault.what;
    return error;
}

std::string withPart(const std::string& recipe, const char* part, std::optional<int> sample) {
    json changed = jsonOfText(recipe);
    if (!changed.is_object()) return recipe;
    changed["part"] = part;
    if (sample)
        changed["sample"] = *sample;
    else
        changed.erase("sample");
    return compactText(changed);
}

FieldCheck PngField::read(const json& value, Image& image) const {
    image = {};
    if (!value.is_string()) return FieldFault{{}, "must be a text"};
    if (value == "") return {};
    const auto bytes = fromBase64(value.get<std::string>());
    if (!bytes) return FieldFault{{}, "must be in base 64"};
    auto decoded = decodeImage(*bytes, "It");
    if (!decoded) return FieldFault{{}, "must be a picture: " + decoded.error().message};
    if (std::max(decoded->width, decoded->height) > kLargestSide)
        return FieldFault{{}, "is too large a picture"};
    image = std::move(decoded).value();
    return {};
}

json PngField::write(const Image& image) const {
    if (image.empty()) return {};
    const auto bytes = encodePng(image);
    return bytes ? json(toBase64(*bytes)) : json();
}

void bindView(FieldSet& fields, ChairView& view, FieldRange azimuth, FieldRange elevation) {
    fields.number("azimuth", view.azimuthDeg, azimuth);
    fields.number("elevation", view.elevationDeg, elevation);
}

void bindTheta(FieldSet& fields, Theta& theta, FieldRange range) {
    const std::array<float*, kThetaSize> values{&theta.translateX,
                                                &theta.translateY,
                                                &theta.rotateRad,
                                                &theta.logZoom,
                                                &theta.logStretch,
                                                &theta.logSaturation,
                                                &theta.logBrightness,
                                                &theta.hueRad};
    for (std::size_t i = 0; i < values.size(); ++i) fields.number(thetaRanges()[i].key, *values[i], range);
}

void bindBoost(FieldSet& fields, UnitBoost& boost) {
    fields.text("layer", boost.layer);
    fields.integer("unit", boost.unit, {0, 1e6}).required();
    fields.number("value", boost.value, kRecipeRange);
}

void bindStyle(FieldSet& fields, RecipeStyle& style) {
    fields.text("id", style.id);
    fields.integer("index", style.index, kRecipeRange);
    fields.number("weight", style.weight, kRecipeRange);
}

void bindPoint(FieldSet& fields, NamedPoint& point, FieldRange range) {
    fields.text("name", point.name);
    fields.number("x", point.place.x, range).required();
    fields.number("y", point.place.y, range).required();
}

void bindSampling(FieldSet& fields, std::uint64_t& seed, std::vector<ForcedChannel>& forced) {
    fields.integer("seed", seed);
    fields.list("forced", forced, bindForced, kMaxForced);
}

FieldNames backgroundNames() {
    return {"white", "black", "checkerboard", "picture", "transparent"};
}

FieldNames channelNames() {
    return {"composite", "rgb", "mask"};
}

FieldNames correspondenceRouteNames() {
    return {"morph", "direct"};
}

FieldNames flowMethodNames() {
    std::vector<std::string_view> keys;
    for (const FlowMethod method : flowMethods()) keys.push_back(keyOf(method));
    return keys;
}

FieldNames morphScheduleNames() {
    return {"linear", "paper"};
}

}  // namespace vitrine
