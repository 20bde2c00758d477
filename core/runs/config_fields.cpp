// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/config_fields.h"

namespace vitrine {

Error configError(const std::string& name, const std::string& what) {
    return {ErrorCode::InvalidArgument, "The training configuration's \"" + name + "\" " + what + "."};
}

Result<nlohmann::json> parseConfig(const std::string& text) {
    nlohmann::json object = jsonOfText(text, /*ignoreComments=*/true);
    if (object.is_object()) return object;
    return Error{ErrorCode::BadFormat, "The training configuration is not a JSON object."};
}

Status readConfig(const FieldSet& fields, const nlohmann::json& object, const std::string& name) {
    const FieldCheck fault = fields.read(object, FieldReading::Strict);
    return fault ? Status(configError(fieldPath(name, fault->name), fault->what)) : Status();
}

}  // namespace vitrine
