// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <optional>

namespace vitrine {

/// How values were distributed at one step: counts of equal buckets from `low` to `high`.
struct HistogramColumn {
    double step = 0;
    double low = 0;
    double high = 1;
    QList<double> counts;
};

/// One quantity over time, by rising step.
struct HistogramSeries {
    QString id;
    QString label;
    int colorIndex = 0;  ///< see seriesColor()
    QList<HistogramColumn> columns;
};

struct HistogramBucket {
    double low = 0;
    double high = 0;
    double count = 0;
    double share = 0;    ///< of all values of its step
    double density = 0;  ///< share a unit of value
};

/// The bucket that holds `value`; nothing outside the columns' range or without values.
std::optional<HistogramBucket> bucketAt(const HistogramColumn& column, double value);
/// The value below which that share of the values lies, evenly spread within a bucket; nothing without
/// values.
std::optional<double> quantile(const HistogramColumn& column, double share);

}  // namespace vitrine
