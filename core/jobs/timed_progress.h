// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

#include "core/jobs/job.h"

namespace vitrine {

/// Reports progress with the time left, which follows from the share done since the start and the time spent
/// on it.
class TimedProgress {
public:
    /// Of all the work, `fractionBefore` was done before the start.
    explicit TimedProgress(const JobContext& job, double fractionBefore = 0)
        : m_job(&job), m_fractionBefore(fractionBefore) {}

    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }

    void report(double fraction, const std::string& message) const {
        const double done = fraction - m_fractionBefore;
        const bool isKnown = done >= kTellingShare;
        m_job->report({fraction, isKnown ? seconds() / done * (1 - fraction) : -1, message});
    }

private:
    static constexpr double kTellingShare = 0.01;  ///< before, one slow first item misleads

    const JobContext* m_job;
    double m_fractionBefore;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

}  // namespace vitrine
