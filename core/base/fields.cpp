// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/fields.h"

#include <sstream>

#include "core/base/join.h"
#include "core/base/utf8.h"

namespace vitrine {
namespace {

using nlohmann::json;

constexpr auto kEncoded = "percentEncoded";
constexpr int kMaxDepth = 64;

bool isEmptyValue(const json& value) {
    return value.is_structured() ? value.empty() : value == "" || value == false || value == 0;
}

}  // namespace

std::string fieldPath(const std::string& outer, const std::string& inner) {
    return outer.empty() || inner.empty() || inner.starts_with('[') ? outer + inner : outer + "." + inner;
}

std::optional<std::size_t> FieldNames::indexOf(const json& name) const {
    for (std::size_t i = 0; i < m_names.size(); ++i)
        if (name == m_names[i]) return i;
    for (const auto& [old, index] : m_formerly)
        if (name == old) return index;
    return std::nullopt;
}

std::string FieldNames::what() const {
    return "must be one of " + joined(m_names, ", ");
}

FieldSet::Entry& FieldSet::Entry::required() {
    m_isRequired = true;
    return *this;
}

FieldSet::Entry& FieldSet::Entry::filled() {
    m_isFilled = true;
    return *this;
}

FieldSet::Entry& FieldSet::Entry::omitEmpty() {
    m_omitsEmpty = true;
    return *this;
}

FieldSet::Entry& FieldSet::Entry::when(std::function<bool()> applies) {
    m_applies = std::move(applies);
    return *this;
}

FieldSet::Entry& FieldSet::Entry::formerly(std::string key) {
    m_formerKey = std::move(key);
    return *this;
}

const json* FieldSet::Entry::find(const json& object) const {
    auto found = object.find(m_field.key);
    if (found == object.end() && !m_formerKey.empty()) found = object.find(m_formerKey);
    return found == object.end() ? nullptr : &*found;
}

FieldSet::Entry& FieldSet::describe(Entry& entry, FieldKind kind, const ConfigField& field) {
    entry.m_field = field;
    entry.m_field.kind = kind;
    entry.m_isDescribed = true;
    return entry;
}

FieldSet::Entry& FieldSet::flag(bool& value, const ConfigField& field) {
    return describe(flag(field.key, value), FieldKind::Flag, field);
}

FieldSet::Entry& FieldSet::text(std::string& value, const ConfigField& field) {
    return describe(text(field.key, value), FieldKind::Text, field);
}

FieldSet::Entry& FieldSet::path(std::filesystem::path& value, const ConfigField& field) {
    return describe(path(field.key, value), FieldKind::Path, field);
}

FieldSet::Entry& FieldSet::choice(std::string& value, const ConfigField& field) {
    return describe(choice(field.key, value, field.choices), FieldKind::Choice, field);
}

FieldCheck FieldSet::checkKeys(const json& object) const {
    for (const auto& [key, value] : object.items()) {
        const auto isNamed = [&key = key](const Entry& entry) {
            return entry.m_field.key == key || (entry.m_formerKey == key && !key.empty());
        };
        if (std::ranges::any_of(m_entries, isNamed)) continue;
        std::vector<std::string> known;
        for (const Entry& entry : m_entries) known.push_back(entry.m_field.key);
        return FieldFault{key, "is not a known field; known are " + joined(known, ", ")};
    }
    return {};
}

FieldCheck FieldSet::checkRange(const json& number, FieldRange range) {
    const double value = number.get<double>();
    if (value >= range.minimum && value <= range.maximum) return {};
    std::ostringstream what;
    what << "is " << value << ", but must lie between " << range.minimum << " and " << range.maximum;
    return FieldFault{{}, what.str()};
}

FieldCheck FieldSet::read(const json& object, FieldReading reading) const {
    if (!object.is_object()) return FieldFault{{}, "must be an object"};
    if (reading == FieldReading::Strict)
        if (auto fault = checkKeys(object)) return fault;
    for (const Entry& entry : m_entries) {
        if (!entry.applies()) continue;
        const json* given = entry.find(object);
        if (!given && entry.m_isRequired) return FieldFault{entry.m_field.key, "is missing"};
        if (given && entry.m_isFilled && isEmptyValue(*given))
            return FieldFault{entry.m_field.key, "must not be empty"};
        const json kept = given || reading == FieldReading::Lenient ? json() : entry.m_write();
        if (!given && kept.is_null()) continue;
        if (auto fault = entry.m_read(given ? *given : kept, reading)) {
            fault->name = fieldPath(entry.m_field.key, fault->name);
            return fault;
        }
    }
    return {};
}

json FieldSet::write() const {
    json object = json::object();
    for (const Entry& entry : m_entries) {
        if (!entry.applies()) continue;
        json value = entry.m_write();
        if (!value.is_null() && !(entry.m_omitsEmpty && isEmptyValue(value)))
            object[entry.m_field.key] = std::move(value);
    }
    return object;
}

std::vector<ConfigField> FieldSet::describe() const {
    std::vector<ConfigField> fields;
    for (const Entry& entry : m_entries)
        if (entry.m_isDescribed) fields.push_back(entry.m_field);
    return fields;
}

json textJson(const std::string& text) {
    return isUtf8(text) ? json(text) : json{{kEncoded, percentEncoded(text)}};
}

std::optional<std::string> textOfJson(const json& value) {
    if (value.is_string()) return value.get<std::string>();
    const bool isEncoded = value.is_object() && value.size() == 1 && value.contains(kEncoded);
    if (!isEncoded || !value[kEncoded].is_string()) return std::nullopt;
    return percentDecoded(value[kEncoded].get<std::string>());
}

json jsonOfText(std::string_view text, bool ignoreComments) {
    bool isTooDeep = false;
    const auto look = [&isTooDeep](int depth, json::parse_event_t, json&) {
        isTooDeep = isTooDeep || depth > kMaxDepth;
        return !isTooDeep;
    };
    json value = json::parse(text, look, /*allow_exceptions=*/false, ignoreComments);
    if (isTooDeep) return json(json::value_t::discarded);
    return value;
}

std::string compactText(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace vitrine
