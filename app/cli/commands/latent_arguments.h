// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/commands/commands.h"
#include "core/sessions/segmentation_session.h"

namespace vitrine {

/// What a command is asked of the latent.
struct LatentArguments {
    std::vector<std::string> held;
    std::vector<int> path;
};

/// Pictures from one sample to another, ends included.
struct LatentPath {
    int from = 0, to = 0, count = 0;
};

void addLatentOptions(CLI::App& command, LatentArguments& arguments);
/// Errors: InvalidArgument (not CHANNEL=DEVIATIONS).
Result<std::vector<ForcedChannel>> heldChannels(const LatentArguments& arguments);
/// None where none is asked for. Errors: InvalidArgument (not A,B or A,B,COUNT; no sample of that number).
Result<std::optional<LatentPath>> latentPathOf(const LatentArguments& arguments, int numSamples);

}  // namespace vitrine
