// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/config_fields.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "core/base/join.h"

namespace vitrine {
namespace {

using nlohmann::json;

/// An integer field takes 64, not 64.5 and not "64".
template <class Integer>
bool setInteger(const json& value, Integer& target) {
    if (!value.is_number_integer() || (std::is_unsigned_v<Integer> && !value.is_number_unsigned()))
        return false;
    target = value.get<Integer>();
    return true;
}

}  // namespace

Error configError(const std::string& name, const std::string& what) {
    return {ErrorCode::InvalidArgument, "The training configuration's \"" + name + "\" " + what + "."};
}

void FieldSet::add(ConfigField field,
                   FieldKind kind,
                   const char* kindName,
                   std::function<bool(const json&)> set,
                   std::function<json()> get) {
    field.kind = kind;
    m_entries.push_back({std::move(field), std::move(set), std::move(get), kindName});
}

void FieldSet::number(double& value, ConfigField field) {
    add(
        std::move(field),
        FieldKind::Number,
        "a number",
        [&value](const json& given) { return given.is_number() && (value = given.get<double>(), true); },
        [&value] { return json(value); });
}

void FieldSet::integer(std::int64_t& value, ConfigField field) {
    add(
        std::move(field),
        FieldKind::Integer,
        "a whole number",
        [&value](const json& given) { return setInteger(given, value); },
        [&value] { return json(value); });
}

void FieldSet::integer(std::uint64_t& value, ConfigField field) {
    add(
        std::move(field),
        FieldKind::Integer,
        "a whole number of at least 0",
        [&value](const json& given) { return setInteger(given, value); },
        [&value] { return json(value); });
}

void FieldSet::flag(bool& value, ConfigField field) {
    add(
        std::move(field),
        FieldKind::Flag,
        "true or false",
        [&value](const json& given) { return given.is_boolean() && (value = given.get<bool>(), true); },
        [&value] { return json(value); });
}

void FieldSet::text(std::string& value, ConfigField field) {
    add(
        std::move(field),
        FieldKind::Text,
        "a text",
        [&value](const json& given) { return given.is_string() && (value = given.get<std::string>(), true); },
        [&value] { return json(value); });
}

void FieldSet::choice(std::string& value, ConfigField field) {
    text(value, std::move(field));
    m_entries.back().field.kind = FieldKind::Choice;
}

void FieldSet::path(std::filesystem::path& value, ConfigField field) {
    add(
        std::move(field),
        FieldKind::Path,
        "a path",
        [&value](const json& given) { return given.is_string() && (value = given.get<std::string>(), true); },
        [&value] { return json(value.string()); });
}

Status FieldSet::read(const json& object, const std::string& prefix) const {
    for (const auto& [key, value] : object.items()) {
        const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&key](const Entry& entry) {
            return entry.field.key == key;
        });
        if (found == m_entries.end()) {
            std::vector<std::string> known;
            for (const auto& entry : m_entries) known.push_back(entry.field.key);
            return configError(prefix + key, "is not a field it has; known are " + joined(known, ", "));
        }
        if (!found->set(value)) return configError(prefix + key, std::string("must be ") + found->kindName);
    }
    return check(prefix);
}

json FieldSet::write() const {
    json object = json::object();
    for (const auto& entry : m_entries) object[entry.field.key] = entry.get();
    return object;
}

Status FieldSet::checkEntry(const Entry& entry, const std::string& prefix) const {
    const ConfigField& field = entry.field;
    const json value = entry.get();
    if (field.kind == FieldKind::Choice &&
        std::find(field.choices.begin(), field.choices.end(), value) == field.choices.end())
        return configError(prefix + field.key, "must be one of " + joined(field.choices, ", "));
    if (field.kind != FieldKind::Number && field.kind != FieldKind::Integer) return {};
    const double number = value.get<double>();
    if (number >= field.minimum && number <= field.maximum) return {};
    std::ostringstream range;
    range << "is " << number << ", but must lie between " << field.minimum << " and " << field.maximum;
    return configError(prefix + field.key, range.str());
}

Status FieldSet::check(const std::string& prefix) const {
    for (const auto& entry : m_entries) VITRINE_CHECK(checkEntry(entry, prefix));
    return {};
}

std::vector<ConfigField> FieldSet::describe() const {
    std::vector<ConfigField> fields;
    for (const auto& entry : m_entries) fields.push_back(entry.field);
    return fields;
}

}  // namespace vitrine
