// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/cli/commands/commands.h"
#include "core/sessions/completion_session.h"

namespace vitrine {

/// Opens a bundled variant that sees so many quadrants, or a weight file. Errors: NotFound saying how to get
/// one; those of CompletionSession::open.
Result<CompletionSession> openCompletionModel(int numQuadrants,
                                              const std::string& model,
                                              const CliContext& context);

}  // namespace vitrine
