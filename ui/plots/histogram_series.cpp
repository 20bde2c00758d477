// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/histogram_series.h"

#include <algorithm>
#include <numeric>

namespace vitrine {
namespace {

double totalOf(const HistogramColumn& column) {
    return std::accumulate(column.counts.begin(), column.counts.end(), 0.0);
}

}  // namespace

std::optional<HistogramBucket> bucketAt(const HistogramColumn& column, double value) {
    const double total = totalOf(column);
    const double width = (column.high - column.low) / double(std::max<qsizetype>(1, column.counts.size()));
    if (!(total > 0) || !(width > 0) || !(value >= column.low && value <= column.high)) return std::nullopt;
    const auto index = std::min(column.counts.size() - 1, qsizetype((value - column.low) / width));
    const double share = column.counts[index] / total;
    return HistogramBucket{column.low + width * double(index),
                           column.low + width * double(index + 1),
                           column.counts[index],
                           share,
                           share / width};
}

std::optional<double> quantile(const HistogramColumn& column, double share) {
    const double total = totalOf(column);
    if (!(total > 0)) return std::nullopt;
    const double width = (column.high - column.low) / double(column.counts.size());
    double wanted = share * total;
    for (qsizetype i = 0; i < column.counts.size(); ++i) {
        const double count = column.counts[i];
        if (count > 0 && wanted <= count) return column.low + width * (double(i) + wanted / count);
        wanted -= count;
    }
    return column.high;
}

}  // namespace vitrine
