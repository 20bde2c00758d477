// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "core/base/mean.h"
#include "core/base/random.h"

namespace vitrine {
namespace {

constexpr double kTail = 0.025;

/// Places of the chairs in a list of those that occur.
class ChairPlaces {
public:
    explicit ChairPlaces(std::span<const ChairSample> samples) {
        for (const ChairSample& sample : samples) {
            m_places.emplace(sample.chair, 0);
            if (sample.other >= 0) m_places.emplace(sample.other, 0);
        }
        std::size_t place = 0;
        for (auto& [chair, at] : m_places) at = place++;
    }
    std::size_t count() const { return m_places.size(); }
    std::size_t of(int chair) const { return m_places.at(chair); }

private:
    std::map<int, std::size_t> m_places;
};

std::vector<double> drawnCounts(std::size_t count, Rng& rng) {
    std::vector<double> counts(count);
    for (std::size_t i = 0; i < count; ++i) ++counts[rng.below(count)];
    return counts;
}

double quantile(const std::vector<double>& sorted, double share) {
    const double place = share * double(sorted.size() - 1);
    const auto left = std::size_t(place), right = std::min(left + 1, sorted.size() - 1);
    return std::lerp(sorted[left], sorted[right], place - double(left));
}

}  // namespace

double meanOf(std::span<const ChairSample> samples) {
    Mean mean;
    for (const ChairSample& sample : samples) mean.add(sample.value, sample.weight);
    return mean.value();
}

Interval meanInterval(std::span<const ChairSample> samples, std::uint64_t seed, int numReplicates) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const ChairPlaces places(samples);
    if (places.count() < 2) return {kNone, kNone};
    std::vector<std::size_t> first, second;
    for (const ChairSample& sample : samples) {
        first.push_back(places.of(sample.chair));
        second.push_back(sample.other < 0 ? places.count() : places.of(sample.other));
    }
    Rng rng({0xB007, seed});
    std::vector<double> means;
    for (int replicate = 0; replicate < numReplicates; ++replicate) {
        std::vector<double> counts = drawnCounts(places.count(), rng);
        counts.push_back(1);  // of no second chair
        Mean mean;
        for (std::size_t i = 0; i < samples.size(); ++i)
            mean.add(samples[i].value, samples[i].weight * counts[first[i]] * counts[second[i]]);
        if (!mean.isEmpty()) means.push_back(mean.value());
    }
    if (means.empty()) return {kNone, kNone};
    std::ranges::sort(means);
    return {quantile(means, kTail), quantile(means, 1 - kTail)};
}

}  // namespace vitrine
