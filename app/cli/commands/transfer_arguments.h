// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/commands/commands.h"
#include "core/sessions/transfer_models.h"

namespace vitrine {

/// The folder of networks that an option names; empty: the bundled one.
std::filesystem::path transferFolder(const std::string& models);
/// Its networks, on the device that the user asked for. Errors: those of openTransferModels().
Result<std::vector<TransferModel>> openTransferNetworks(const std::filesystem::path& folder,
                                                        const CliContext& context);

}  // namespace vitrine
