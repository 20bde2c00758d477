// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/result.h"

namespace vitrine {

/// "The training configuration's "NAME" WHAT."
Error configError(const std::string& name, const std::string& what);

/// The object that is a configuration's text; it may hold comments. Errors: BadFormat.
Result<nlohmann::json> parseConfig(const std::string& text);

/// Reads all of an object strictly. `name`: of the object, for messages; empty for the configuration itself.
/// Errors: InvalidArgument naming the field: unknown, of a wrong type, out of its range.
Status readConfig(const FieldSet& fields, const nlohmann::json& object, const std::string& name = {});

}  // namespace vitrine
