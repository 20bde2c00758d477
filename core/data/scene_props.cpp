// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/scene_props.h"

#include <nlohmann/json.hpp>

#include "core/io/atomic_file.h"

namespace vitrine {
namespace {

using Json = nlohmann::json;

// What follows throws when a field is missing or of another type; load() turns that into an error.

Split readSplit(const Json& json) {
    const auto split = splitFromName(json.at("split").get<std::string>());
    if (!split) throw std::invalid_argument("split");
    return *split;
}

float readCentimetres(const Json& json) {
    const float centimetres = json.get<float>();
    if (!(centimetres > 0 && centimetres < 1000)) throw std::invalid_argument("size");
    return centimetres / 100;
}

ClutterEntry readClutter(const Json& json) {
    ClutterEntry entry;
    ChairEntry& piece = entry.piece;
    piece.name = json.at("name").get<std::string>();
    piece.creator = json.at("creator").get<std::string>();
    piece.licence = json.at("licence").get<std::string>();
    piece.archive = json.at("archive").get<std::string>();
    piece.model = json.at("model").get<std::string>();
    if (json.contains("rotation")) piece.rotation = json["rotation"].get<std::vector<float>>();
    piece.split = readSplit(json);
    const Json& size = json.at("sizeCm");
    entry.sizeM = {readCentimetres(size.at(0)), readCentimetres(size.at(2)), readCentimetres(size.at(1))};
    return entry;
}

SurfaceEntry readSurface(const Json& json) {
    SurfaceEntry entry;
    entry.creator = json.at("creator").get<std::string>();
    entry.licence = json.at("licence").get<std::string>();
    entry.archive = json.at("archive").get<std::string>();
    entry.image = json.at("image").get<std::string>();
    const auto use = json.at("use").get<std::string>();
    entry.onFloor = use != "wall";
    entry.onWall = use != "floor";
    entry.widthM = readCentimetres(json.at("widthCm"));
    entry.split = readSplit(json);
    return entry;
}

template <class Entry>
Status readList(const Json& json,
                const char* key,
                Entry (*read)(const Json&),
                std::vector<Entry>& entries,
                const std::filesystem::path& file) {
    try {
        for (const Json& item : json.at(key)) entries.push_back(read(item));
    } catch (const std::exception& failure) {
        return Error{ErrorCode::BadFormat,
                     file.string() + " is damaged: entry " + std::to_string(entries.size()) + " of \"" + key +
                         "\" has a missing or wrong field; install Vitrine again.",
                     failure.what()};
    }
    return {};
}

}  // namespace

Result<SceneProps> SceneProps::load(const std::filesystem::path& file) {
    VITRINE_TRY(const std::string text, readTextFile(file));
    const Json json = Json::parse(text, nullptr, false);
    SceneProps props;
    VITRINE_CHECK(readList(json, "clutter", readClutter, props.clutter, file));
    VITRINE_CHECK(readList(json, "surfaces", readSurface, props.surfaces, file));
    return props;
}

Result<SceneProps> SceneProps::loadDefault() {
    return load(resourceFolder() / "scene_props.json");
}

}  // namespace vitrine
