// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "core/base/result.h"

namespace vitrine {

/// How far a long piece of work is. `secondsLeft` < 0 = not known yet.
struct Progress {
    double fraction = 0;
    double secondsLeft = -1;
    std::string message;
};

/// What long work reports to. Thread: `report` is called on the thread that works.
struct JobContext {
    std::function<void(const Progress&)> report = [](const Progress&) {};
    std::stop_token stop;
};

enum class JobOutcome { Done, Cancelled };  // failed = an Error

}  // namespace vitrine
