// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a weight file's metadata, whose values are all texts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/fields.h"
#include "core/base/result.h"

namespace vitrine {

/// The rule of a value that is written as a text: a number, a flag as "0" or "1", a list joined by commas.
struct AsText {
    FieldCheck read(const nlohmann::json& json, std::int64_t& value) const;
    FieldCheck read(const nlohmann::json& json, double& value) const;
    FieldCheck read(const nlohmann::json& json, bool& value) const;
    FieldCheck read(const nlohmann::json& json, std::vector<std::int64_t>& values) const;
    FieldCheck read(const nlohmann::json& json, std::vector<std::string>& values) const;
    nlohmann::json write(std::int64_t value) const;
    nlohmann::json write(double value) const;
    nlohmann::json write(bool value) const;
    nlohmann::json write(const std::vector<std::int64_t>& values) const;
    nlohmann::json write(const std::vector<std::string>& values) const;
};

/// "The weight file's metadata "KEY" WHAT; ...".
Error badMetadata(const std::string& key, const std::string& what);
/// `wanted`: for people, "a chair generator". Errors: BadFormat (it names none), Unsupported.
Status checkArchitecture(const std::map<std::string, std::string>& metadata,
                         const std::string& architecture,
                         const std::string& wanted);

/// `bind`: function of (FieldSet&, T&). Errors: BadFormat naming the key.
template <class T, class Bind>
Status readMetadata(const std::map<std::string, std::string>& metadata, T& value, const Bind& bind) {
    const FieldCheck fault = readFields(nlohmann::json(metadata), value, bind);
    return fault ? Status(badMetadata(fault->name, fault->what)) : Status();
}

template <class T, class Bind>
std::map<std::string, std::string> writeMetadata(const T& value, const char* architecture, const Bind& bind) {
    auto metadata = writeFields(value, bind).template get<std::map<std::string, std::string>>();
    metadata["architecture"] = architecture;
    return metadata;
}

}  // namespace vitrine
