// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/results_file.h"

#include <fstream>

#include "core/io/atomic_file.h"
#include "core/io/file_hash.h"
#include "core/nets/compute.h"
#include "source_commit.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

/// The words of this program's command line; those with spaces in quotes.
std::string commandLine() {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    std::string line = "vitrine-cli", word;
    std::getline(file, word, '\0');  // the program
    while (std::getline(file, word, '\0'))
        line += word.empty() || word.find(' ') != std::string::npos ? " \"" + word + "\"" : " " + word;
    return line;
}

/// As the kernel names it; empty where it does not.
std::string cpuName() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (const auto colon = line.find(": "); line.starts_with("model name") && colon != std::string::npos)
            return line.substr(colon + 2);
    return {};
}

std::string processorOf(const CliContext& context) {
    const auto devices = computeDevices();
    std::string text = cpuName();
    text += (text.empty() ? "" : ", ") + devices.front();
    return context.device == "cpu" || devices.size() == 1 ? text : text + ", " + devices.back();
}

std::string commitOf() {
    const std::string commit = VITRINE_COMMIT;
    return commit.empty() ? "version " VITRINE_VERSION : commit;
}

}  // namespace

Result<Provenance> provenanceOf(const CliContext& context, std::span<const fs::path> weights) {
    Provenance provenance{commandLine(), {}, commitOf(), processorOf(context)};
    for (const fs::path& file : weights) {
        VITRINE_TRY(const std::string hash, fileHash(file));
        provenance.weights += (provenance.weights.empty() ? "" : " ") + hash;
    }
    return provenance;
}

TableRows withProvenance(TableRows rows, const Provenance& provenance) {
    for (auto& row : rows) {
        row["command"] = provenance.command;
        row["weights"] = provenance.weights;
        row["commit"] = provenance.commit;
        row["processor"] = provenance.processor;
    }
    return rows;
}

Status writeResults(const CliContext& context,
                    const fs::path& file,
                    const TableRows& rows,
                    std::span<const fs::path> weights) {
    VITRINE_TRY(const Provenance provenance, provenanceOf(context, weights));
    return writeFileAtomically(file, csvOf(withProvenance(rows, provenance)));
}

fs::path besideResults(const fs::path& file, const std::string& suffix) {
    return file.parent_path() / (file.stem().string() + "-" + suffix + file.extension().string());
}

}  // namespace vitrine
