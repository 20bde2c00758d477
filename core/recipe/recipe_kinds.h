// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/result.h"

namespace vitrine {

/// A recipe of any kind, read and written again as this version writes it. Errors: BadFormat.
Result<std::string> normalisedRecipe(const std::string& recipe);

}  // namespace vitrine
