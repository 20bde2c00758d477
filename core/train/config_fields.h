// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

enum class FieldKind { Number, Integer, Flag, Text, Choice, Path };

/// What a form shows of one field of a configuration. All of it is for people but `key`.
struct ConfigField {
    std::string key;  ///< in the JSON object: "learningRate"
    FieldKind kind = FieldKind::Number;
    std::string label;  ///< "Learning rate"
    std::string help;   ///< one sentence
    std::string unit = {};
    std::string group = {};                 ///< fields of one group stand together: "Data", "Optimiser"
    double minimum = 0, maximum = 0;        ///< Number, Integer: both ends allowed
    std::vector<std::string> choices = {};  ///< Choice
    bool advanced = false;                  ///< folded away at first
};

/// Binds the fields of a struct to keys of a JSON object, once, for reading, writing, checking and describing
/// them.
///   FieldSet fields; fields.number(config.momentum, {.key = "momentum", .label = "Momentum", .maximum =
///   0.9999});
/// The struct must outlive the set.
class FieldSet {
public:
    void number(double& value, ConfigField field);
    void integer(std::int64_t& value, ConfigField field);
    void integer(std::uint64_t& value, ConfigField field);
    void flag(bool& value, ConfigField field);
    void text(std::string& value, ConfigField field);
    void choice(std::string& value, ConfigField field);
    void path(std::filesystem::path& value, ConfigField field);

    /// Sets what the object names. Errors: InvalidArgument naming `prefix` + key: unknown, wrong type, out of
    /// range.
    Status read(const nlohmann::json& object, const std::string& prefix = {}) const;
    nlohmann::json write() const;
    /// The values as they are now. Errors: InvalidArgument naming `prefix` + key.
    Status check(const std::string& prefix = {}) const;
    std::vector<ConfigField> describe() const;

private:
    struct Entry {
        ConfigField field;
        std::function<bool(const nlohmann::json&)> set;  ///< false: wrong type
        std::function<nlohmann::json()> get;
        const char* kindName = "";
    };
    void add(ConfigField field,
             FieldKind kind,
             const char* kindName,
             std::function<bool(const nlohmann::json&)> set,
             std::function<nlohmann::json()> get);
    Status checkEntry(const Entry& entry, const std::string& prefix) const;
    std::vector<Entry> m_entries;
};

/// "The training configuration's "NAME" WHAT."
Error configError(const std::string& name, const std::string& what);

}  // namespace vitrine
