// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "app/cli/commands/commands.h"
#include "core/runs/run_folder.h"

namespace vitrine {

/// Trains a run and answers how far it came. `stopAfter`: as of TrainOptions.
Status trainAndAnswer(const RunFolder& run, std::int64_t stopAfter, const CliContext& context);

}  // namespace vitrine
