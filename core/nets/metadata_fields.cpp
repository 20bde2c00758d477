// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/metadata_fields.h"

#include <charconv>
#include <sstream>

#include "core/base/join.h"

namespace vitrine {
namespace {

/// Whether a text is a number and nothing else.
template <class Number>
bool isWholly(const std::string& text, Number& value) {
    const char* const end = text.data() + text.size();
    const auto [next, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && next == end;
}

}  // namespace

FieldCheck AsText::read(const nlohmann::json& json, std::int64_t& value) const {
    if (isWholly(json.get<std::string>(), value)) return {};
    return FieldFault{{}, "is not a number"};
}

FieldCheck AsText::read(const nlohmann::json& json, double& value) const {
    if (isWholly(json.get<std::string>(), value)) return {};
    return FieldFault{{}, "is not a number"};
}

FieldCheck AsText::read(const nlohmann::json& json, bool& value) const {
    value = json == "1";
    return value || json == "0" ? FieldCheck() : FieldFault{{}, "is neither 0 nor 1"};
}

FieldCheck AsText::read(const nlohmann::json& json, std::vector<std::int64_t>& values) const {
    std::vector<std::string> parts;
    read(json, parts);
    values.resize(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (!isWholly(parts[i], values[i])) return FieldFault{{}, "is not a list of numbers"};
    return {};
}

FieldCheck AsText::read(const nlohmann::json& json, std::vector<std::string>& values) const {
    values.clear();
    std::istringstream parts(json.get<std::string>());
    for (std::string part; std::getline(parts, part, ',');) values.push_back(part);
    return {};
}

nlohmann::json AsText::write(std::int64_t value) const {
    return std::to_string(value);
}

nlohmann::json AsText::write(double value) const {
    std::ostringstream text;
    text << value;
    return text.str();
}

nlohmann::json AsText::write(bool value) const {
    return value ? "1" : "0";
}

nlohmann::json AsText::write(const std::vector<std::int64_t>& values) const {
    return joined(values);
}

nlohmann::json AsText::write(const std::vector<std::string>& values) const {
    return joined(values);
}

Error badMetadata(const std::string& key, const std::string& what) {
    return {ErrorCode::BadFormat,
            "The weight file's metadata \"" + key + "\" " + what +
                "; it was not written by Vitrine or is damaged."};
}

Status checkArchitecture(const std::map<std::string, std::string>& metadata,
                         const std::string& architecture,
                         const std::string& wanted) {
    const auto found = metadata.find("architecture");
    if (found == metadata.end()) return badMetadata("architecture", "is missing");
    if (found->second == architecture) return {};
    return Error{ErrorCode::Unsupported,
                 "The weight file holds a \"" + found->second + "\", not " + wanted + "; choose another."};
}

}  // namespace vitrine
