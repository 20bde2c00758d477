// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/commands.h"

namespace vitrine {

void addEvalCommand(CLI::App&, CliContext&) {}

}  // namespace vitrine
