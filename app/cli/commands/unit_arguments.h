// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands/commands.h"
#include "core/sessions/unit_figure.h"

namespace vitrine {

/// Opens a weight file (empty: the bundled one) to look at its units.
Result<UnitSession> openUnitSession(const std::string& model, const CliContext& context);

}  // namespace vitrine
