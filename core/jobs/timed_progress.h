// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

#include "core/jobs/job.h"

namespace vitrine {

/// Reports progress with the time left, which follows from the share that is done and the time since the
/// start.
class TimedProgress {
public:
    explicit TimedProgress(const JobContext& job) : m_job(job) {}

    void report(double fraction, const std::string& message) const {
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - m_start;
        m_job.report({fraction, fraction > 0 ? spent.count() / fraction * (1 - fraction) : -1, message});
    }

private:
    const JobContext& m_job;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

}  // namespace vitrine
