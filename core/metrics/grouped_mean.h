// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>

#include "core/metrics/bootstrap.h"

namespace vitrine {

/// A weighted mean over pictures of several chair models that is gathered picture by picture; it keeps sums
/// for each chair, not the pictures.
class GroupedMean {
public:
    /// Values that are not finite do not count.
    void add(double value, int chair, double weight = 1);
    /// Pools the values of another mean.
    void add(const GroupedMean& other);
    /// NaN while there are no values.
    double value() const;
    /// See meanInterval().
    Interval interval(std::uint64_t seed = 0) const;

private:
    struct Sums {
        double value = 0, weight = 0;
    };
    std::map<int, Sums> m_chairs;
};

}  // namespace vitrine
