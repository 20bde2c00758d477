// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "core/base/result.h"

namespace vitrine {

/// Runs `work` in a process of its own and returns what it returns: foreign files can crash or hang their
/// reader, and take no more than that process with them. Of its memory only the text comes back. `subject`:
/// what was read, for the sentence. Thread: before others are started. Stops: SIGINT and SIGTERM end the
/// other process, too. Errors: the work's own; BadFormat if it crashed or took longer than `limit`;
/// Internal if it was interrupted.
Result<std::string> runInChild(const std::function<Result<std::string>()>& work,
                               const std::string& subject,
                               std::chrono::seconds limit);

}  // namespace vitrine
