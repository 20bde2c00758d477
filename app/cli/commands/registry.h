// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/cli/commands/commands.h"

namespace vitrine {

/// What a command belongs to, in the order of --help: the program, or `data`, `eval` or `bench`.
enum class CommandGroup { Inspect, Data, Train, Explore, Measure, OfData, OfEval, OfBench };

/// A command that registers itself in the file that adds it, as a constant of namespace scope. The program
/// links the object files of all commands directly, so that none is dropped; in a static library they would
/// be.
class RegisteredCommand {
public:
    using Add = void (*)(CLI::App& parent, CliContext& context);
    RegisteredCommand(CommandGroup group, std::string name, Add add);
};

/// Adds the commands of a group, ordered by name.
void addCommands(CLI::App& parent, CommandGroup group, CliContext& context);

}  // namespace vitrine
