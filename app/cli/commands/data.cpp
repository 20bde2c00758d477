// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/commands.h"

namespace vitrine {

void addDataCommand(CLI::App&, CliContext&) {}

}  // namespace vitrine
