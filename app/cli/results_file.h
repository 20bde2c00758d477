// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "app/cli/commands/commands.h"
#include "app/cli/table.h"

namespace vitrine {

/// Where the figures of a results file come from.
struct Provenance {
    std::string command;    ///< as typed
    std::string weights;    ///< SHA-256 of each weight file, separated by spaces
    std::string commit;     ///< that the program was built from; its version where that is not known
    std::string processor;  ///< name of the processor, and of the GPU where networks ran there
};

/// Errors: NotFound, Io (a weight file).
Result<Provenance> provenanceOf(const CliContext& context, std::span<const std::filesystem::path> weights);
/// Adds the columns "command", "weights", "commit" and "processor" to each row. Columns, because a comment
/// line breaks most readers of CSV.
TableRows withProvenance(TableRows rows, const Provenance& provenance);
/// Writes rows with their provenance as CSV. Errors: Io, NoSpace; those of provenanceOf().
Status writeResults(const CliContext& context,
                    const std::filesystem::path& file,
                    const TableRows& rows,
                    std::span<const std::filesystem::path> weights);
/// NAME-suffix.csv beside NAME.csv, for a second table of the same results.
std::filesystem::path besideResults(const std::filesystem::path& file, const std::string& suffix);

}  // namespace vitrine
