// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// One scalar of a run. `time` in seconds since 1970.
struct MetricPoint {
    std::int64_t step = 0;
    double time = 0;
    std::string metric;
    double value = 0;
};

/// Reads a growing metrics.csv (step,time,metric,value) piece by piece. A line that is not whole yet waits
/// for the next call.
class MetricsTail {
public:
    explicit MetricsTail(std::filesystem::path run) : m_file(std::move(run) / "metrics.csv") {}
    struct News {
        bool fromStart =
            false;  ///< the file was cut back (a run resumed from an earlier step): forget what came before
        std::vector<MetricPoint> points;
    };
    /// Errors: Io. A file that does not exist yet is no news.
    Result<News> readNew();

private:
    std::filesystem::path m_file;
    std::uint64_t m_offset = 0;
    std::uint64_t m_identity = 0;
};

/// One plot: a quantity on training and on held-out data, e.g. {"PSNR", "dB", "...", "trainPsnr",
/// "heldOutPsnr"}. Either name may be empty. A `train` that ends in "/" stands for all metrics that begin so.
struct MetricPlot {
    std::string title, unit, help, train, heldOut;
};

/// Distribution of one parameter and of its gradient: histograms/step-NNNNNNN.json.
struct LayerHistogram {
    std::string layer;  ///< parameter name: "rgb_stream.uconv_1.weight"
    struct Bins {
        double low = 0, high = 0;  ///< ends of the equal bins
        std::vector<std::int64_t> counts;
    } weights, gradients;
};
/// Steps with histograms, ascending.
std::vector<std::int64_t> histogramSteps(const std::filesystem::path& run);
Result<std::vector<LayerHistogram>> readHistograms(const std::filesystem::path& run, std::int64_t step);
Status writeHistograms(const std::filesystem::path& run,
                       std::int64_t step,
                       const std::vector<LayerHistogram>& layers);

}  // namespace vitrine
