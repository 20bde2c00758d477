// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"

namespace vitrine {

/// The subcommands of `eval`, one file each.
void addEvalChairs(CLI::App& eval, CliContext& context);
void addEvalSegmentation(CLI::App& eval, CliContext& context);
void addEvalPartial(CLI::App& eval, CliContext& context);
void addEvalQuadrants(CLI::App& eval, CliContext& context);
void addEvalMatch(CLI::App& eval, CliContext& context);

/// Answers with rows: Markdown, or with --json {"rows": ...} and `more`; with a `csv` file also that, beside the
/// provenance of the rows: `weights` are the files of the networks. Errors: Io, NoSpace.
Status answerTable(const CliContext& context,
                   const TableRows& rows,
                   const std::string& csv,
                   const std::string& text,
                   nlohmann::json more = {},
                   const std::vector<std::filesystem::path>& weights = {});

}  // namespace vitrine
