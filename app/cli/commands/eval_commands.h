// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"

namespace vitrine {

/// The subcommands of `eval`, one file each.
void addEvalChairs(CLI::App& eval, CliContext& context);
void addEvalSegmentation(CLI::App& eval, CliContext& context);
void addEvalPartial(CLI::App& eval, CliContext& context);
void addEvalQuadrants(CLI::App& eval, CliContext& context);
void addEvalMatch(CLI::App& eval, CliContext& context);

/// Answers with rows: Markdown, or with --json {"rows": ...} and `more`; with a `csv` file also that. Errors:
/// Io, NoSpace.
Status answerTable(const CliContext& context,
                   const TableRows& rows,
                   const std::string& csv,
                   const std::string& text,
                   nlohmann::json more = {});

}  // namespace vitrine
