// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the fields of a recipe, for the files that do so; a bad one ends the reading.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace vitrine::json_fields {

using Json = nlohmann::json;

/// Carries the name of the field at fault out of the readers; caught where a recipe's reading begins.
struct BadField {
    std::string name;
};

inline double number(const Json& value, const char* name, double least = -1e6, double most = 1e6) {
    if (!value.is_number()) throw BadField{name};
    const double number = value.get<double>();
    if (!std::isfinite(number) || number < least || number > most) throw BadField{name};
    return number;
}

inline double numberOr(
    const Json& object, const char* name, double fallback, double least = -1e6, double most = 1e6) {
    return object.contains(name) ? number(object[name], name, least, most) : fallback;
}

inline std::string textOr(const Json& object, const char* name, std::string fallback = {}) {
    if (!object.contains(name)) return fallback;
    if (!object[name].is_string()) throw BadField{name};
    return object[name].get<std::string>();
}

inline bool boolOr(const Json& object, const char* name, bool fallback) {
    if (!object.contains(name)) return fallback;
    if (!object[name].is_boolean()) throw BadField{name};
    return object[name].get<bool>();
}

/// nlohmann's enums read anything unknown as the first value; a recipe must not.
template <class Enum>
Enum enumOr(const Json& object, const char* name, Enum fallback) {
    if (!object.contains(name)) return fallback;
    const Enum value = object[name].template get<Enum>();
    if (Json(value) != object[name]) throw BadField{name};
    return value;
}

inline Error badRecipe(const std::string& why) {
    return {ErrorCode::BadFormat,
            "The recipe cannot be used: " + why + ". Take a picture that Vitrine exported."};
}

/// What `read` makes of the object; its BadField as an error.
template <class Read>
auto readWhole(const Json& json, const Read& read) -> Result<decltype(read(json))> {
    try {
        return read(json);
    } catch (const BadField& bad) {
        return badRecipe("its field \"" + bad.name + "\" is missing or has a value that makes no sense");
    } catch (const Json::exception& error) {
        return Error{ErrorCode::BadFormat,
                     "The recipe is damaged. Take a picture that Vitrine exported.",
                     error.what()};
    }
}

/// Whether a text is a recipe of a format.
inline bool hasFormat(const std::string& text, const char* format) {
    const Json json = Json::parse(text, nullptr, false);
    return json.is_object() && json.value("format", Json()) == Json(format);
}

/// The recipe of a format, up to a version, as `read` makes it. `otherwise`: what is wrong with a text that
/// is none.
template <class Read>
auto readRecipe(
    const std::string& text, const char* format, int newestVersion, const char* otherwise, const Read& read)
    -> decltype(readWhole(Json(), read)) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || json.value("format", Json()) != Json(format)) return badRecipe(otherwise);
    const Json version = json.value("version", Json());
    if (!version.is_number_integer() || version.get<int>() > newestVersion)
        return badRecipe("it was written by a newer version of Vitrine");
    return readWhole(json, read);
}

/// The same recipe for another picture of its answer; `sample`: only of one, by number.
template <class Part>
std::string withPart(const std::string& recipe, Part part, std::optional<int> sample) {
    Json json = Json::parse(recipe, nullptr, false);
    if (!json.is_object()) return recipe;
    json["part"] = part;
    if (sample)
        json["sample"] = *sample;
    else
        json.erase("sample");
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace vitrine::json_fields
