// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/registry.h"

#include <map>
#include <utility>

namespace vitrine {
namespace {

using RegisteredCommands = std::map<std::pair<CommandGroup, std::string>, RegisteredCommand::Add>;

/// Made at its first use: nothing is known of the order in which files are initialised.
RegisteredCommands& registeredCommands() {
    static RegisteredCommands commands;
    return commands;
}

}  // namespace

RegisteredCommand::RegisteredCommand(CommandGroup group, std::string name, Add add) {
    registeredCommands().emplace(std::pair(group, std::move(name)), add);
}

void addCommands(CLI::App& parent, CommandGroup group, CliContext& context) {
    for (const auto& [key, add] : registeredCommands())
        if (key.first == group) add(parent, context);
}

}  // namespace vitrine
