// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands/commands.h"

namespace vitrine {

/// The subcommands of `data`, one file each or two.
void addDataCheck(CLI::App& data, CliContext& context);
void addDataSheet(CLI::App& data, CliContext& context);
void addDataLandmarks(CLI::App& data, CliContext& context);
void addDataScenes(CLI::App& data, CliContext& context);
void addDataUnpack(CLI::App& data, CliContext& context);
void addDataImport(CLI::App& data, CliContext& context);

/// `data check` of a packed set of scenes.
Status checkScenes(const std::string& file, const CliContext& context);

/// What a command that was stopped answers.
inline Error cancelledError(const char* what) {
    return {ErrorCode::Internal, what};
}

}  // namespace vitrine
