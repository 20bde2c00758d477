// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"

namespace vitrine {

/// The option --data of evaluations of a chair generator, and the file that it names; empty: in the cache.
void addPackedChairsOption(CLI::App& command, std::string& data);
std::filesystem::path packedChairsFile(const std::string& data);

/// Answers with rows: Markdown, or with --json {"rows": ...} and `more`; with a `csv` file also that, beside
/// the provenance of the rows: `weights` are the files of the networks. Errors: Io, NoSpace.
Status answerTable(const CliContext& context,
                   const TableRows& rows,
                   const std::string& csv,
                   const std::string& text,
                   nlohmann::json more = {},
                   const std::vector<std::filesystem::path>& weights = {});

}  // namespace vitrine
