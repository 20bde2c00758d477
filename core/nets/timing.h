// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <vector>

namespace vitrine {

/// Runs from its making on.
class Stopwatch {
public:
    /// Units: ms.
    double milliseconds() const {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// How long a piece of work took. Units: ms.
inline double millisecondsOf(const std::function<void()>& work) {
    const Stopwatch watch;
    work();
    return watch.milliseconds();
}

/// The one in the middle; of an even number the upper. At least one value.
inline double median(std::vector<double> values) {
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// The least of several timings, after two runs that do not count: what the work costs when nothing disturbs
/// it. Units: ms.
inline double fastestMs(const std::function<void()>& work, int numTimings) {
    for (int i = 0; i < 2; ++i) work();
    double best = std::numeric_limits<double>::max();
    for (int i = 0; i < numTimings; ++i) best = std::min(best, millisecondsOf(work));
    return best;
}

}  // namespace vitrine
