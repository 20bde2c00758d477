// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/grouped_mean.h"

#include <cmath>
#include <limits>
#include <vector>

namespace vitrine {

void GroupedMean::add(double value, int chair, double weight) {
    if (!std::isfinite(value) || !(weight > 0)) return;
    Sums& sums = m_chairs[chair];
    sums.value += weight * value;
    sums.weight += weight;
}

void GroupedMean::add(const GroupedMean& other) {
    for (const auto& [chair, sums] : other.m_chairs) add(sums.value / sums.weight, chair, sums.weight);
}

double GroupedMean::value() const {
    Sums all;
    for (const auto& [chair, sums] : m_chairs) {
        all.value += sums.value;
        all.weight += sums.weight;
    }
    return m_chairs.empty() ? std::numeric_limits<double>::quiet_NaN() : all.value / all.weight;
}

Interval GroupedMean::interval(std::uint64_t seed) const {
    std::vector<ChairSample> samples;
    for (const auto& [chair, sums] : m_chairs)
        samples.push_back({sums.value / sums.weight, chair, -1, sums.weight});
    return meanInterval(samples, seed);
}

}  // namespace vitrine
