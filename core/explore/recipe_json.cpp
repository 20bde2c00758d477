// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/explore/json_fields.h"
#include "core/explore/recipe.h"

namespace vitrine {

// Looked up in the enum's own namespace; in the unnamed one they would not be found, and numbers be written.
NLOHMANN_JSON_SERIALIZE_ENUM(
    RecipeKind, {{RecipeKind::Picture, "picture"}, {RecipeKind::Grid, "grid"}, {RecipeKind::Morph, "morph"}})
NLOHMANN_JSON_SERIALIZE_ENUM(BackgroundKind,
                             {{BackgroundKind::White, "white"},
                              {BackgroundKind::Black, "black"},
                              {BackgroundKind::Checkerboard, "checkerboard"},
                              {BackgroundKind::Picture, "picture"},
                              {BackgroundKind::Transparent, "transparent"}})
NLOHMANN_JSON_SERIALIZE_ENUM(PictureChannel,
                             {{PictureChannel::Composite, "composite"},
                              {PictureChannel::Rgb, "rgb"},
                              {PictureChannel::Mask, "mask"}})

namespace {

using namespace json_fields;

constexpr const char* kFormat = "vitrine-chair";
constexpr int kVersion = 1;
constexpr std::size_t kMaxPictures = 16384;
constexpr std::size_t kMaxStyles = 65536;
constexpr std::size_t kMaxBoosts = 1024;

const Json& field(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end()) throw BadField{name};
    return *found;
}

Json toJson(const RecipeMix& mix) {
    Json array = Json::array();
    for (const RecipeStyle& style : mix) {
        Json item{{"index", style.index}, {"weight", style.weight}};
        if (!style.id.empty()) item["id"] = style.id;
        array.push_back(std::move(item));
    }
    return array;
}

RecipeMix mixFrom(const Json& array) {
    if (!array.is_array() || array.size() > kMaxStyles) throw BadField{"styles"};
    RecipeMix mix;
    for (const Json& item : array) {
        if (!item.is_object()) throw BadField{"styles"};
        mix.push_back(
            {textOr(item, "id"), int(numberOr(item, "index", -1)), float(numberOr(item, "weight", 1))});
    }
    return mix;
}

Json toJson(const RecipeAxis& axis) {
    return {{"parameter", axis.parameter}, {"values", axis.values}};
}

RecipeAxis axisFrom(const Json& object, const char* name) {
    const Json& axis = field(object, name);
    if (!axis.is_object()) throw BadField{name};
    RecipeAxis out{textOr(axis, "parameter"), {}};
    if (std::ranges::find(axisParameters(), out.parameter) == axisParameters().end()) throw BadField{name};
    const Json& values = field(axis, "values");
    if (!values.is_array() || values.empty() || values.size() > kMaxPictures) throw BadField{name};
    for (const Json& value : values) out.values.push_back(number(value, name));
    return out;
}

Json thetaToJson(const Theta& theta) {
    Json object = Json::object();
    const auto values = theta.values();
    for (int i = 0; i < kThetaSize; ++i) object[thetaRanges()[std::size_t(i)].key] = values[std::size_t(i)];
    return object;
}

Theta thetaFrom(const Json& object) {
    if (!object.is_object()) throw BadField{"theta"};
    std::array<float, kThetaSize> values{};
    for (std::size_t i = 0; i < kThetaSize; ++i) values[i] = float(numberOr(object, thetaRanges()[i].key, 0));
    return Theta::fromValues(values);
}

Json toJson(const std::vector<UnitBoost>& boosts) {
    Json array = Json::array();
    for (const UnitBoost& boost : boosts)
        array.push_back({{"layer", boost.layer}, {"unit", boost.unit}, {"value", boost.value}});
    return array;
}

std::vector<UnitBoost> boostsFrom(const Json& array) {
    if (!array.is_array() || array.size() > kMaxBoosts) throw BadField{"boosts"};
    std::vector<UnitBoost> boosts;
    for (const Json& item : array) {
        if (!item.is_object()) throw BadField{"boosts"};
        boosts.push_back(
            {textOr(item, "layer"), int(numberOr(item, "unit", -1)), float(numberOr(item, "value", 0))});
    }
    return boosts;
}

void readCorners(const Json& json, ChairRecipe& recipe) {
    const Json& corners = field(json, "styles");
    if (!corners.is_array() || (corners.size() != 1 && corners.size() != 2 && corners.size() != 4))
        throw BadField{"styles"};
    for (const Json& corner : corners) recipe.corners.push_back(mixFrom(corner));
    recipe.u = numberOr(json, "u", 0);
    recipe.v = numberOr(json, "v", 0);
}

void readAxes(const Json& json, ChairRecipe& recipe) {
    if (recipe.kind == RecipeKind::Grid) {
        recipe.columns = axisFrom(json, "columns");
        recipe.rows = axisFrom(json, "rows");
        if (recipe.columns.values.size() * recipe.rows.values.size() > kMaxPictures) throw BadField{"rows"};
    }
    if (recipe.kind == RecipeKind::Morph) {
        recipe.frames = axisFrom(json, "frames");
        recipe.framesPerSecond = std::clamp(int(numberOr(json, "framesPerSecond", 16)), 1, 100);
    }
}

ChairRecipe fromJson(const Json& json) {
    ChairRecipe recipe;
    recipe.kind = enumOr(json, "kind", RecipeKind::Picture);
    recipe.model = textOr(json, "model");
    recipe.modelStep = json.contains("modelStep") && json["modelStep"].is_number_integer()
                           ? json["modelStep"].get<std::int64_t>()
                           : 0;
    recipe.weightsHash = textOr(json, "weightsHash");
    readCorners(json, recipe);
    recipe.view.azimuthDeg = float(numberOr(json, "azimuth", 0));
    recipe.view.elevationDeg = float(numberOr(json, "elevation", 20));
    if (json.contains("theta")) recipe.theta = thetaFrom(json["theta"]);
    if (json.contains("boosts")) recipe.boosts = boostsFrom(json["boosts"]);
    recipe.background = enumOr(json, "background", BackgroundKind::White);
    recipe.backgroundFile = textOr(json, "backgroundFile");
    recipe.channel = enumOr(json, "channel", PictureChannel::Composite);
    readAxes(json, recipe);
    recipe.pictureHash = textOr(json, "pictureHash");
    recipe.panel = textOr(json, "panel");
    return recipe;
}

}  // namespace

std::string recipeToJson(const ChairRecipe& recipe) {
    Json corners = Json::array();
    for (const RecipeMix& corner : recipe.corners) corners.push_back(toJson(corner));
    Json json{{"format", kFormat},
              {"version", kVersion},
              {"kind", recipe.kind},
              {"model", recipe.model},
              {"modelStep", recipe.modelStep},
              {"styles", corners},
              {"u", recipe.u},
              {"v", recipe.v},
              {"azimuth", recipe.view.azimuthDeg},
              {"elevation", recipe.view.elevationDeg},
              {"theta", thetaToJson(recipe.theta)},
              {"background", recipe.background},
              {"channel", recipe.channel}};
    if (!recipe.boosts.empty()) json["boosts"] = toJson(recipe.boosts);
    if (!recipe.backgroundFile.empty()) json["backgroundFile"] = recipe.backgroundFile;
    if (recipe.kind == RecipeKind::Grid) {
        json["columns"] = toJson(recipe.columns);
        json["rows"] = toJson(recipe.rows);
    }
    if (recipe.kind == RecipeKind::Morph) {
        json["frames"] = toJson(recipe.frames);
        json["framesPerSecond"] = recipe.framesPerSecond;
    }
    if (!recipe.pictureHash.empty()) json["pictureHash"] = recipe.pictureHash;
    if (!recipe.weightsHash.empty()) json["weightsHash"] = recipe.weightsHash;
    if (!recipe.panel.empty()) json["panel"] = recipe.panel;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<ChairRecipe> recipeFromJson(const std::string& text) {
    return readRecipe(text, kFormat, kVersion, "it is not one of Vitrine's chair recipes", fromJson);
}

}  // namespace vitrine
