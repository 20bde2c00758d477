// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/metrics/segmentation_metrics.h"

namespace vitrine {

/// One bin of a reliability diagram.
struct ReliabilityBin {
    double confidence = 0;  ///< mean probability of the most probable class
    double accuracy = 0;    ///< how often it was right
    std::size_t count = 0;  ///< pixels
};

/// Whether probabilities mean what they say.
struct Calibration {
    double ece = 0;    ///< expected calibration error: mean |accuracy - confidence|, in [0, 1]
    double brier = 0;  ///< mean squared error of the probabilities, summed over the classes, in [0, 2]
    double nll = 0;    ///< mean -log probability of the truth. Units: nats a pixel
    std::vector<ReliabilityBin> bins;
};

/// Gathers pixels of any number of images; unknown ones are left out. Source: Guo et al. 2017; papers.md D2.
class CalibrationMeter {
public:
    explicit CalibrationMeter(int numBins = 15) : m_bins(std::size_t(numBins)) {}
    void add(const ProbabilityMap& probabilities, const LabelMap& truth);
    Calibration result() const;

private:
    std::vector<ReliabilityBin> m_bins;  ///< sums
    double m_brier = 0, m_nll = 0;
};

/// Softmax over the classes at a temperature. Shapes: logits [H, W, K].
ProbabilityMap softmaxAt(const Raster<float>& logits, double temperature);
/// The temperature in [0.05, 20] at which the truths are most probable. Shapes: logits [H, W, K], one for
/// each truth. Source: Guo et al. 2017, section 4.2.
double fitTemperature(std::span<const Raster<float>> logits, std::span<const LabelMap> truths);

}  // namespace vitrine
