// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace vitrine {

/// A figure measured on one chair model, or on a pair of them.
struct ChairSample {
    double value = 0;  ///< not finite: left out
    int chair = 0;
    int other = -1;     ///< the second chair of a pair; -1: none
    double weight = 1;  ///< in the mean
};

struct Interval {
    double low = 0, high = 0;
};

/// The weighted mean; NaN of no samples.
double meanOf(std::span<const ChairSample> samples);

/// The central 95 % of the mean under a bootstrap by chair model: chairs are drawn with replacement, and a
/// sample counts as often as its chair was drawn (a pair: the product of both), for samples of one chair are
/// not independent. NaN for fewer than two chairs. Seed: `seed`. Source: Efron, Tibshirani 1993, percentile
/// intervals; for pairs Snijders, Borgatti 1999.
Interval meanInterval(std::span<const ChairSample> samples, std::uint64_t seed = 0, int numReplicates = 1000);

}  // namespace vitrine
