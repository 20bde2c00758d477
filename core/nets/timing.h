// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>

namespace vitrine {

/// How long a piece of work took. Units: ms.
inline double millisecondsOf(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// The least of several timings, after two runs that do not count: what the work costs when nothing disturbs it. Units: ms.
inline double fastestMs(const std::function<void()>& work, int numTimings) {
    for (int i = 0; i < 2; ++i) work();
    double best = std::numeric_limits<double>::max();
    for (int i = 0; i < numTimings; ++i) best = std::min(best, millisecondsOf(work));
    return best;
}

}  // namespace vitrine
