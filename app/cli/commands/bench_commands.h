// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands/commands.h"

namespace vitrine {

// The parts of `bench` that have a file of their own.
void addBenchSegment(CLI::App& bench, CliContext& context);

}  // namespace vitrine
