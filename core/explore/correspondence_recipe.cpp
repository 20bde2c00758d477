// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/correspondence_recipe.h"

#include "core/explore/json_fields.h"

namespace vitrine {

// Looked up in the enum's own namespace; in the unnamed one they would not be found, and numbers be written.
NLOHMANN_JSON_SERIALIZE_ENUM(CorrespondencePart,
                             {{CorrespondencePart::Sheet, "sheet"},
                              {CorrespondencePart::Forward, "forward"},
                              {CorrespondencePart::Backward, "backward"},
                              {CorrespondencePart::Warped, "warped"}})
NLOHMANN_JSON_SERIALIZE_ENUM(MatchWay, {{MatchWay::Morph, "morph"}, {MatchWay::Direct, "direct"}})
NLOHMANN_JSON_SERIALIZE_ENUM(MorphSchedule,
                             {{MorphSchedule::Linear, "linear"}, {MorphSchedule::Paper, "paper"}})

namespace {

using namespace json_fields;

constexpr const char* kFormat = "vitrine-correspondence-match";
constexpr int kVersion = 1;
constexpr std::size_t kMostStyles = 65536, kMostPoints = 10'000;

Json toJson(const RecipeMix& mix) {
    Json array = Json::array();
    for (const RecipeStyle& style : mix)
        array.push_back({{"id", style.id}, {"index", style.index}, {"weight", style.weight}});
    return array;
}

RecipeMix mixFrom(const Json& json, const char* name) {
    if (!json.contains(name) || !json[name].is_array() || json[name].size() > kMostStyles)
        throw BadField{name};
    RecipeMix mix;
    for (const Json& item : json[name]) {
        if (!item.is_object()) throw BadField{name};
        mix.push_back(
            {textOr(item, "id"), int(numberOr(item, "index", -1)), float(numberOr(item, "weight", 1))});
    }
    return mix;
}

std::vector<NamedPoint> pointsFrom(const Json& json) {
    std::vector<NamedPoint> points;
    if (!json.contains("points")) return points;
    if (!json["points"].is_array() || json["points"].size() > kMostPoints) throw BadField{"points"};
    for (const Json& item : json["points"]) {
        if (!item.is_object() || !item.contains("x") || !item.contains("y")) throw BadField{"points"};
        points.push_back(
            {textOr(item, "name"), {float(number(item["x"], "points")), float(number(item["y"], "points"))}});
    }
    return points;
}

FlowMethod methodFrom(const Json& json) {
    const auto method = flowMethodOf(textOr(json, "method", "dis"));
    if (!method) throw BadField{"method"};
    return *method;
}

CorrespondenceRecipe recipeFrom(const Json& json) {
    CorrespondenceRecipe recipe;
    recipe.model = textOr(json, "model");
    recipe.weightsHash = textOr(json, "weightsHash");
    recipe.from = mixFrom(json, "from");
    recipe.to = mixFrom(json, "to");
    CorrespondenceRequest& request = recipe.request;
    request.view = {float(numberOr(json, "azimuth", 0, -360, 360)),
                    float(numberOr(json, "elevation", 20, -90, 90))};
    request.way = enumOr(json, "way", request.way);
    request.numFrames =
        int(numberOr(json, "frames", request.numFrames, 2, CorrespondenceRequest::kMostFrames));
    request.stride = int(numberOr(json, "stride", request.stride, 1, CorrespondenceRequest::kMostFrames));
    request.isGuided = boolOr(json, "guided", false);  // as before there was a choice
    request.schedule = enumOr(json, "schedule", request.schedule);
    request.method = methodFrom(json);
    recipe.points = pointsFrom(json);
    recipe.part = enumOr(json, "part", recipe.part);
    recipe.panel = textOr(json, "panel");
    return recipe;
}

}  // namespace

bool isCorrespondenceRecipe(const std::string& text) {
    return hasFormat(text, kFormat);
}

std::string recipeToJson(const CorrespondenceRecipe& recipe) {
    const CorrespondenceRequest& request = recipe.request;
    Json points = Json::array();
    for (const NamedPoint& point : recipe.points)
        points.push_back({{"name", point.name}, {"x", point.place.x}, {"y", point.place.y}});
    Json json{{"format", kFormat},
              {"version", kVersion},
              {"model", recipe.model},
              {"from", toJson(recipe.from)},
              {"to", toJson(recipe.to)},
              {"azimuth", request.view.azimuthDeg},
              {"elevation", request.view.elevationDeg},
              {"way", request.way},
              {"frames", request.numFrames},
              {"stride", request.stride},
              {"guided", request.isGuided},
              {"schedule", request.schedule},
              {"method", std::string(keyOf(request.method))},
              {"points", points},
              {"part", recipe.part}};
    if (!recipe.weightsHash.empty()) json["weightsHash"] = recipe.weightsHash;
    if (!recipe.panel.empty()) json["panel"] = recipe.panel;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<CorrespondenceRecipe> correspondenceRecipeFromJson(const std::string& text) {
    return readRecipe(text, kFormat, kVersion, "it is not one of Vitrine's matches", recipeFrom);
}

Result<CorrespondenceRequest> requestOf(const CorrespondenceRecipe& recipe,
                                        std::span<const std::string> styleIds) {
    CorrespondenceRequest request = recipe.request;
    for (const auto& [mix, styles] :
         {std::pair(&recipe.from, &request.from), std::pair(&recipe.to, &request.to)}) {
        ChairRecipe chair;
        chair.corners = {*mix};
        VITRINE_TRY(const auto requests, requestsOf(chair, styleIds));
        *styles = requests.front().styleWeights;
    }
    return request;
}

RecipeMix recipeMixOf(const StyleMix& mix, std::span<const std::string> styleIds) {
    return recipeOf({mix, {}, {}}, styleIds).corners.front();
}

}  // namespace vitrine
