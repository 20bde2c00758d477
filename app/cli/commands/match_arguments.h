// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/cli/commands/commands.h"
#include "core/recipe/correspondence.h"

namespace vitrine {

/// How to match, for match, eval match and bench match.
struct MatchOptions {
    int numFrames = 64, stride = CorrespondenceRequest().stride;
    std::string weights = "linear", method = "dis";
    bool isDirect = false, isGuided = CorrespondenceRequest().isGuided;
};

void addMatchOptions(CLI::App& command, MatchOptions& options);
/// No chairs yet.
CorrespondenceRequest requestOf(const MatchOptions& options);

}  // namespace vitrine
