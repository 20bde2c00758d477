// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/jobs/job.h"

namespace vitrine {

/// The options that every command takes, and how a command answers.
struct CliContext {
    bool json = false;
    bool progressJson = false;  ///< progress for programs: one JSON object a line on standard error
    std::string device = "auto";
    std::string precision = "auto";  ///< auto | fp32 | bf16
    int threads = 0;                 ///< 0 = all cores
    std::uint64_t seed = 0;
    std::stop_source stop;  ///< requested by SIGINT and SIGTERM

    /// Prints the result: one JSON object with --json, else `text`.
    void answer(const nlohmann::json& result, const std::string& text) const;
    /// A job context that draws progress on standard error and listens to Ctrl+C.
    JobContext jobContext() const;
};

/// Makes `action` what the command does: its Error becomes a sentence on standard error and exit code 1.
void setAction(CLI::App& command, std::function<Status()> action);

}  // namespace vitrine
