// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/unit_recipe.h"

#include "core/explore/json_fields.h"

namespace vitrine {

// Looked up in the enum's own namespace; in the unnamed one they would not be found, and numbers be written.
NLOHMANN_JSON_SERIALIZE_ENUM(UnitFigureKind,
                             {{UnitFigureKind::Picture, "picture"},
                              {UnitFigureKind::Base, "base"},
                              {UnitFigureKind::Difference, "difference"},
                              {UnitFigureKind::CloseUp, "closeUp"},
                              {UnitFigureKind::Strip, "strip"},
                              {UnitFigureKind::Sheet, "sheet"},
                              {UnitFigureKind::Filters, "filters"},
                              {UnitFigureKind::Maps, "maps"}})
NLOHMANN_JSON_SERIALIZE_ENUM(UnitMode,
                             {{UnitMode::Replace, "replace"},
                              {UnitMode::Add, "add"},
                              {UnitMode::Window, "window"},
                              {UnitMode::Maps, "maps"}})

namespace {

using namespace json_fields;

constexpr const char* kFormat = "vitrine-unit";
constexpr int kVersion = 1;
constexpr int kMostUnits = 1 << 20;

int wholeOr(const Json& object, const char* name, int fallback, int least, int most) {
    const double value = numberOr(object, name, fallback, least, most);
    if (value != std::floor(value)) throw BadField{name};
    return int(value);
}

PictureChannel channelFrom(const Json& json) {
    const std::string name = textOr(json, "channel", "composite");
    if (name == "composite") return PictureChannel::Composite;
    if (name == "rgb") return PictureChannel::Rgb;
    if (name == "mask") return PictureChannel::Mask;
    throw BadField{"channel"};
}

const char* nameOf(PictureChannel channel) {
    return channel == PictureChannel::Rgb ? "rgb" : channel == PictureChannel::Mask ? "mask" : "composite";
}

Json toJson(const MapWindow& window) {
    return {{"top", window.top}, {"left", window.left}, {"height", window.height}, {"width", window.width}};
}

MapWindow windowFrom(const Json& json) {
    if (!json.is_object()) throw BadField{"window"};
    constexpr int kMost = 4096;
    return {wholeOr(json, "top", 0, 0, kMost),
            wholeOr(json, "left", 0, 0, kMost),
            wholeOr(json, "height", 0, 0, kMost),
            wholeOr(json, "width", 0, 0, kMost)};
}

Json toJson(const UnitRequest& request) {
    Json json{{"layer", request.layer}, {"mode", request.mode}};
    if (request.mode == UnitMode::Replace || request.mode == UnitMode::Add) {
        json["unit"] = request.unit;
        json["value"] = request.value;
        if (request.cell) json["cell"] = {{"row", request.cell->row}, {"column", request.cell->column}};
    }
    if (request.mode == UnitMode::Window) {
        json["window"] = toJson(request.window);
        json["outside"] = request.outside;
    }
    if (request.mode == UnitMode::Maps) {
        json["maps"] = request.maps;
        json["keepMaps"] = request.keepMaps;
    }
    return json;
}

UnitRequest requestFrom(const Json& json) {
    if (!json.is_object()) throw BadField{"request"};
    UnitRequest request;
    request.layer = textOr(json, "layer", request.layer);
    request.mode = enumOr(json, "mode", request.mode);
    request.unit = wholeOr(json, "unit", 0, 0, kMostUnits);
    request.value = numberOr(json, "value", 0);
    if (json.contains("cell")) {
        const Json& cell = json["cell"];
        if (!cell.is_object()) throw BadField{"cell"};
        request.cell = MapCell{wholeOr(cell, "row", 0, 0, 4096), wholeOr(cell, "column", 0, 0, 4096)};
    }
    if (json.contains("window")) request.window = windowFrom(json["window"]);
    request.outside = boolOr(json, "outside", false);
    if (json.contains("maps")) {
        const Json& maps = json["maps"];
        if (!maps.is_array() || maps.size() > 4096) throw BadField{"maps"};
        for (const Json& map : maps) request.maps.push_back(int(number(map, "maps", 0, kMostUnits)));
    }
    request.keepMaps = boolOr(json, "keepMaps", false);
    return request;
}

std::optional<EffectMeasure> measureFrom(const Json& json) {
    const std::string key = textOr(json, "measure");
    if (key.empty()) return std::nullopt;
    for (const EffectMeasureInfo& info : effectMeasures())
        if (key == info.key) return info.measure;
    throw BadField{"measure"};
}

UnitRecipe fromJson(const Json& json) {
    UnitRecipe recipe;
    recipe.kind = enumOr(json, "kind", recipe.kind);
    recipe.model = textOr(json, "model");
    recipe.modelStep = std::int64_t(numberOr(json, "modelStep", 0, 0, 1e15));
    recipe.weightsHash = textOr(json, "weightsHash");
    if (!json.contains("chair")) throw BadField{"chair"};
    auto chair = recipeFromJson(json["chair"].dump());
    if (!chair || chair->kind != RecipeKind::Picture) throw BadField{"chair"};
    recipe.chair = std::move(chair).value();
    if (!json.contains("request")) throw BadField{"request"};
    recipe.request = requestFrom(json["request"]);
    recipe.channel = channelFrom(json);
    recipe.measure = measureFrom(json);
    recipe.count = wholeOr(json, "count", 0, 0, kMostUnits);
    recipe.mask = boolOr(json, "mask", false);
    recipe.pictureHash = textOr(json, "pictureHash");
    recipe.panel = textOr(json, "panel");
    return recipe;
}

}  // namespace

std::string recipeToJson(const UnitRecipe& recipe) {
    Json json{{"format", kFormat},
              {"version", kVersion},
              {"kind", recipe.kind},
              {"model", recipe.model},
              {"modelStep", recipe.modelStep},
              {"chair", Json::parse(recipeToJson(recipe.chair))},
              {"request", toJson(recipe.request)},
              {"channel", nameOf(recipe.channel)}};
    if (recipe.measure) json["measure"] = infoOf(*recipe.measure).key;
    if (recipe.count > 0) json["count"] = recipe.count;
    if (recipe.mask) json["mask"] = true;
    if (!recipe.pictureHash.empty()) json["pictureHash"] = recipe.pictureHash;
    if (!recipe.weightsHash.empty()) json["weightsHash"] = recipe.weightsHash;
    if (!recipe.panel.empty()) json["panel"] = recipe.panel;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool isUnitRecipe(const std::string& text) {
    return hasFormat(text, kFormat);
}

Result<UnitRecipe> unitRecipeFromJson(const std::string& text) {
    return readRecipe(text, kFormat, kVersion, "it is not one of a unit's picture", fromJson);
}

Result<UnitRequest> requestOf(const UnitRecipe& recipe, std::span<const std::string> styleIds) {
    VITRINE_TRY(const auto chairs, requestsOf(recipe.chair, styleIds));
    UnitRequest request = recipe.request;
    request.chair = chairs.front();
    return request;
}

UnitRecipe recipeOf(const UnitRequest& request, const ChairModelInfo& model, UnitFigureKind kind) {
    UnitRecipe recipe;
    recipe.kind = kind;
    recipe.model = model.name;
    recipe.modelStep = model.step;
    recipe.weightsHash = model.weightsHash;
    recipe.chair = recipeOf(request.chair, model.styleIds);
    recipe.request = request;
    return recipe;
}

}  // namespace vitrine
