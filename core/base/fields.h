// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace vitrine {

enum class FieldKind { Number, Integer, Flag, Text, Choice, Path };

/// What a form shows of one field of a configuration. All of it is for people but `key`.
struct ConfigField {
    std::string key;  ///< in the JSON object: "learningRate"
    FieldKind kind = FieldKind::Number;
    std::string label = {};  ///< "Learning rate"
    std::string help = {};   ///< one sentence
    std::string unit = {};
    std::string group = {};                 ///< fields of one group stand together: "Data", "Optimiser"
    double minimum = 0, maximum = 0;        ///< Number, Integer: both ends allowed
    std::vector<std::string> choices = {};  ///< Choice
    bool advanced = false;                  ///< folded away at first
};

/// The first field that is at fault; the caller makes a sentence of it.
struct FieldFault {
    std::string name;  ///< with its path: "stages[1].steps"
    std::string what;  ///< "must be a whole number"
};
/// Nothing: all is well.
using FieldCheck = std::optional<FieldFault>;

/// "stages[1]" and "steps" as one name. Either may be empty.
std::string fieldPath(const std::string& outer, const std::string& inner);

/// Of a number; both ends allowed.
struct FieldRange {
    double minimum, maximum;
};
template <class T>
constexpr FieldRange fullRange() {
    return {double(std::numeric_limits<T>::lowest()), double(std::numeric_limits<T>::max())};
}

/// The spellings of an enum's values, in the enum's order; or the texts that a choice has.
class FieldNames {
public:
    FieldNames(std::initializer_list<const char*> names) : m_names(names.begin(), names.end()) {}
    template <std::ranges::input_range Names>
    FieldNames(const Names& names) {
        for (const auto& name : names) m_names.emplace_back(name);
    }
    /// Another spelling of a value: it is read, but not written.
    template <class Enum>
    FieldNames& formerly(std::string name, Enum value) {
        m_formerly.emplace_back(std::move(name), std::size_t(value));
        return *this;
    }

    const std::vector<std::string>& all() const { return m_names; }
    std::optional<std::size_t> indexOf(const nlohmann::json& name) const;
    std::string what() const;  ///< "must be one of a, b"

private:
    std::vector<std::string> m_names;
    std::vector<std::pair<std::string, std::size_t>> m_formerly;
};

/// The rule of texts, flags and paths: any will do.
struct FieldPlain {};

/// How the elements of a list are read and written, and how many there may be.
template <class Rule>
struct FieldList {
    Rule element;
    std::size_t most = std::numeric_limits<std::size_t>::max();
};
// clang finds these by itself from 17 on.
template <class Rule>
FieldList(Rule) -> FieldList<Rule>;
template <class Rule>
FieldList(Rule, std::size_t) -> FieldList<Rule>;

namespace field_traits {
template <class T>
inline constexpr bool isOptional = false;
template <class T>
inline constexpr bool isOptional<std::optional<T>> = true;
template <class Rule>
inline constexpr bool isList = false;
template <class Rule>
inline constexpr bool isList<FieldList<Rule>> = true;
}  // namespace field_traits

enum class FieldReading {
    Lenient,  ///< keys that no field has are passed over; a missing one leaves its value as it is
    Strict    ///< such keys are refused, and values that are left as they are get checked too
};

/// Binds the fields of a struct to keys of a JSON object, once, for reading, writing, checking and describing
/// them. One function does so for a struct, wherever it occurs:
///   void bindPoint(FieldSet& fields, NamedPoint& point) {
///       fields.text("name", point.name);
///       fields.number("x", point.x, {0, 4096}).required();
///   }
/// A number has to lie in its range, a choice to be known, a list not to be too long. Fields are read in the
/// order of their binding. The struct must outlive the set.
class FieldSet {
public:
    using Json = nlohmann::json;

    /// One field; each of these returns it.
    class Entry {
    public:
        Entry& required();                           ///< it may not be missing
        Entry& filled();                             ///< it may not be empty
        Entry& omitEmpty();                          ///< not written where it is empty, false or 0
        Entry& when(std::function<bool()> applies);  ///< else neither read nor written
        Entry& formerly(std::string key);            ///< read where the present key is missing

    private:
        friend class FieldSet;
        bool applies() const { return !m_applies || m_applies(); }
        const Json* find(const Json& object) const;

        ConfigField m_field;
        std::function<FieldCheck(const Json&, FieldReading)> m_read;
        std::function<Json()> m_write;
        std::function<bool()> m_applies;
        std::string m_formerKey;
        bool m_isDescribed = false, m_isRequired = false, m_isFilled = false, m_omitsEmpty = false;
    };

    template <std::floating_point T>
    Entry& number(std::string key, T& value, FieldRange range = fullRange<T>()) {
        return add(std::move(key), value, range);
    }
    template <std::integral T>
    Entry& integer(std::string key, T& value, FieldRange range = fullRange<T>()) {
        return add(std::move(key), value, range);
    }
    Entry& flag(std::string key, bool& value) { return add(std::move(key), value, FieldPlain()); }
    Entry& text(std::string key, std::string& value) { return add(std::move(key), value, FieldPlain()); }
    Entry& path(std::string key, std::filesystem::path& value) {
        return add(std::move(key), value, FieldPlain());
    }
    /// An enum's value, or one of some texts.
    template <class T>
    Entry& choice(std::string key, T& value, FieldNames names) {
        return add(std::move(key), value, std::move(names));
    }
    /// `bind`: function of (FieldSet&, T&).
    template <class T, class Bind>
    Entry& object(std::string key, T& value, Bind bind) {
        return add(std::move(key), value, std::move(bind));
    }
    /// A vector, or an array of which the first elements are given. `element`: a FieldRange of numbers,
    /// FieldNames of choices, the bind function of objects, the FieldList of lists, or a rule as for value().
    template <class List, class Rule>
    Entry& list(std::string key, List& items, Rule element, std::size_t most = FieldList<Rule>().most) {
        return add(std::move(key), items, FieldList<Rule>{std::move(element), most});
    }
    /// A value that may be missing; `rule` as for list().
    template <class T, class Rule>
    Entry& optional(std::string key, std::optional<T>& value, Rule rule) {
        return add(std::move(key), value, std::move(rule));
    }
    /// Of any type: FieldCheck rule.read(json, value), json rule.write(value). Null is not written; a rule
    /// without write() only reads.
    template <class T, class Rule>
    Entry& value(std::string key, T& value, Rule rule) {
        return add(std::move(key), value, std::move(rule));
    }

    // The same with what a form says of the field.
    template <std::floating_point T>
    Entry& number(T& value, const ConfigField& field) {
        const FieldRange range{field.minimum, field.maximum};
        return describe(add(field.key, value, range), FieldKind::Number, field);
    }
    template <std::integral T>
    Entry& integer(T& value, const ConfigField& field) {
        const FieldRange range{field.minimum, field.maximum};
        return describe(add(field.key, value, range), FieldKind::Integer, field);
    }
    Entry& flag(bool& value, const ConfigField& field);
    Entry& text(std::string& value, const ConfigField& field);
    Entry& path(std::filesystem::path& value, const ConfigField& field);
    Entry& choice(std::string& value, const ConfigField& field);
    template <class Enum>
    requires std::is_enum_v<Enum> Entry& choice(Enum& value, const ConfigField& field) {
        return describe(add(field.key, value, FieldNames(field.choices)), FieldKind::Choice, field);
    }

    /// Sets what the object names. After a fault some fields are set.
    FieldCheck read(const Json& object, FieldReading reading = FieldReading::Lenient) const;
    Json write() const;
    std::vector<ConfigField> describe() const;

private:
    template <class T, class Rule>
    friend nlohmann::json writeFields(const T& value, const Rule& rule);
    template <class T, class Rule>
    friend FieldCheck readFields(const nlohmann::json& json, T& value, const Rule& rule);

    template <class T, class Rule>
    Entry& add(std::string key, T& value, Rule rule) {
        Entry& entry = m_entries.emplace_back();
        entry.m_field.key = std::move(key);
        entry.m_read = [&value, rule](const Json& json, FieldReading reading) {
            return readValue(json, value, rule, reading);
        };
        entry.m_write = [&value, rule = std::move(rule)] { return writeValue(value, rule); };
        return entry;
    }
    static Entry& describe(Entry& entry, FieldKind kind, const ConfigField& field);
    FieldCheck checkKeys(const Json& object) const;

    template <class T, class Rule>
    static FieldCheck readValue(const Json& json, T& value, const Rule& rule, FieldReading reading);
    template <class List, class Rule>
    static FieldCheck readList(const Json& json,
                               List& items,
                               const FieldList<Rule>& rule,
                               FieldReading reading);
    template <class T, class Rule>
    static Json writeValue(const T& value, const Rule& rule);
    template <std::integral T>
    static bool readWhole(const Json& json, T& value);
    static FieldCheck checkRange(const Json& number, FieldRange range);

    template <class T, class Rule>
    static constexpr bool isBind = std::is_invocable_v<const Rule&, FieldSet&, T&>;
    template <class T, class Rule>
    static constexpr bool hasOwnRule = requires(const Rule& rule, const nlohmann::json& json, T& value) {
        rule.read(json, value);
    };

    std::vector<Entry> m_entries;
};

/// A value outside of a set. `rule`: as for FieldSet::list(); a bind function for a struct.
template <class T, class Rule>
nlohmann::json writeFields(const T& value, const Rule& rule) {
    return FieldSet::writeValue(value, rule);
}
template <class T, class Rule>
FieldCheck readFields(const nlohmann::json& json, T& value, const Rule& rule) {
    return FieldSet::readValue(json, value, rule, FieldReading::Lenient);
}

/// A text or a path as JSON. Names of files are bytes: what is no UTF-8 becomes {"percentEncoded":
/// "St%FChle"}, so that it is the same when it is read.
nlohmann::json textJson(const std::string& text);
/// Nothing: it is neither.
std::optional<std::string> textOfJson(const nlohmann::json& json);

/// A text as JSON. Discarded: it is none, or lists and objects are nested more than 64 deep, which would
/// overflow the stack of whatever copies or writes it.
nlohmann::json jsonOfText(std::string_view text, bool ignoreComments = false);
/// In one line; bytes that are no UTF-8 are replaced.
std::string compactText(const nlohmann::json& json);

template <class T, class Rule>
FieldCheck FieldSet::readValue(const Json& json, T& value, const Rule& rule, FieldReading reading) {
    if constexpr (field_traits::isOptional<T>) {
        return readValue(json, value.emplace(), rule, reading);
    } else if constexpr (hasOwnRule<T, Rule>) {
        return rule.read(json, value);
    } else if constexpr (isBind<T, Rule>) {
        FieldSet fields;
        rule(fields, value);
        return fields.read(json, reading);
    } else if constexpr (field_traits::isList<Rule>) {
        return readList(json, value, rule, reading);
    } else if constexpr (std::is_same_v<Rule, FieldNames>) {
        const auto index = rule.indexOf(json);
        if (!index) return FieldFault{{}, rule.what()};
        if constexpr (std::is_enum_v<T>)
            value = T(*index);
        else
            value = rule.all()[*index];
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!json.is_boolean()) return FieldFault{{}, "must be true or false"};
        value = json.get<bool>();
    } else if constexpr (std::is_integral_v<T>) {
        T whole{};
        if (!readWhole(json, whole))
            return FieldFault{
                {},
                std::is_unsigned_v<T> ? "must be a whole number of at least 0" : "must be a whole number"};
        if (auto fault = checkRange(json, rule)) return fault;
        value = whole;
    } else if constexpr (std::is_floating_point_v<T>) {
        if (!json.is_number()) return FieldFault{{}, "must be a number"};
        if (auto fault = checkRange(json, rule)) return fault;
        value = T(json.get<double>());
    } else {
        auto text = textOfJson(json);
        if (!text)
            return FieldFault{{},
                              std::is_same_v<T, std::filesystem::path> ? "must be a path" : "must be a text"};
        value = std::move(*text);
    }
    return {};
}

template <class List, class Rule>
FieldCheck FieldSet::readList(const Json& json,
                              List& items,
                              const FieldList<Rule>& rule,
                              FieldReading reading) {
    constexpr bool isGrowing = requires {
        items.resize(0);
    };
    const std::size_t most = isGrowing ? rule.most : std::min(rule.most, std::size_t(items.size()));
    if (!json.is_array()) return FieldFault{{}, "must be a list"};
    if (json.size() > most)
        return FieldFault{{}, "must not hold more than " + std::to_string(most) + " elements"};
    if constexpr (isGrowing) {
        items.clear();
        items.resize(json.size());
    }
    for (std::size_t i = 0; i < json.size(); ++i)
        if (auto fault = readValue(json[i], items[i], rule.element, reading)) {
            fault->name = fieldPath("[" + std::to_string(i) + "]", fault->name);
            return fault;
        }
    return {};
}

template <class T, class Rule>
nlohmann::json FieldSet::writeValue(const T& value, const Rule& rule) {
    if constexpr (field_traits::isOptional<T>) {
        return value ? writeValue(*value, rule) : Json();
    } else if constexpr (hasOwnRule<T, Rule>) {
        if constexpr (requires { rule.write(value); })
            return rule.write(value);
        else
            return {};
    } else if constexpr (isBind<T, Rule>) {
        FieldSet fields;
        rule(fields, const_cast<T&>(value));  // one bind function serves both ways; writing changes nothing
        return fields.write();
    } else if constexpr (field_traits::isList<Rule>) {
        Json list = Json::array();
        for (const auto& item : value) list.push_back(writeValue(item, rule.element));
        return list;
    } else if constexpr (std::is_enum_v<T>) {
        return rule.all().at(std::size_t(value));
    } else if constexpr (std::is_same_v<T, std::filesystem::path>) {
        return textJson(value.string());
    } else if constexpr (std::is_same_v<T, std::string>) {
        return textJson(value);
    } else {
        return value;
    }
}

template <std::integral T>
bool FieldSet::readWhole(const Json& json, T& value) {
    constexpr double kLargestExact = 9007199254740992;  // 2^53
    const auto take = [&value](auto whole) { return std::in_range<T>(whole) && (value = T(whole), true); };
    if (json.is_number_unsigned()) return take(json.get<std::uint64_t>());
    if (json.is_number_integer()) return take(json.get<std::int64_t>());
    const double number = json.is_number() ? json.get<double>() : 0.5;
    return std::trunc(number) == number && std::abs(number) <= kLargestExact && take(std::int64_t(number));
}

}  // namespace vitrine
