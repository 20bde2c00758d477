// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine {

/// How values are distributed. Bucket i holds the values in (bucketLimits[i - 1], bucketLimits[i]]; the first
/// begins at `min`.
struct HistogramData {
    double min = 0;
    double max = 0;
    double num = 0;  ///< how many values
    double sum = 0;
    double sumSquares = 0;
    std::vector<double> bucketLimits;  ///< right edges, rising
    std::vector<double> buckets;       ///< counts, one a limit

    /// In equal buckets from the smallest value to the largest; equal values share one. Non-finite values
    /// make `sum` non-finite, which EventFile refuses.
    static HistogramData of(std::span<const float> values, int numBuckets = 30);
};

/// An encoded picture as it is in a Summary. `colorspace` is the number of channels.
struct EventImage {
    int width = 0;
    int height = 0;
    int colorspace = 3;
    std::string_view encoded;
};

/// The Event messages of TensorBoard as protocol buffer bytes, without the library.
/// Units: wallTime in seconds since 1970. Source: tensorflow/core/util/event.proto, framework/summary.proto.
namespace event_message {
std::string fileVersion(double wallTime);
/// A start at `step`: readers forget what earlier files say of this step and later ones.
std::string sessionStart(double wallTime, std::int64_t step);
std::string scalars(double wallTime, std::int64_t step, const std::map<std::string, double>& values);
std::string image(double wallTime, std::int64_t step, const std::string& tag, const EventImage& image);
std::string histogram(double wallTime, std::int64_t step, const std::string& tag, const HistogramData& data);
}  // namespace event_message

}  // namespace vitrine
