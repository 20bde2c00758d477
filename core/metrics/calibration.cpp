// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/calibration.h"

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

constexpr double kProbabilityFloor = 1e-12;

/// -log softmax at one pixel; from the logits, so that it has no floor and a single valley over 1 / T.
double pixelNll(const float* logits, int numClasses, int label, double inverse) {
    const double most = *std::max_element(logits, logits + numClasses);
    double sum = 0;
    for (int k = 0; k < numClasses; ++k) sum += std::exp((logits[k] - most) * inverse);
    return std::log(sum) - (logits[label] - most) * inverse;
}

double totalNll(std::span<const Raster<float>> logits, std::span<const LabelMap> truths, double inverse) {
    double total = 0;
    for (std::size_t image = 0; image < logits.size(); ++image) {
        const int numClasses = logits[image].channels;
        for (std::size_t i = 0; i < truths[image].pixels.size(); ++i) {
            const int label = truths[image].pixels[i];
            if (label >= numClasses) continue;
            total += pixelNll(
                logits[image].pixels.data() + i * std::size_t(numClasses), numClasses, label, inverse);
        }
    }
    return total;
}

}  // namespace

void CalibrationMeter::add(const ProbabilityMap& probabilities, const LabelMap& truth) {
    const int numClasses = probabilities.channels;
    for (std::size_t i = 0; i < truth.pixels.size(); ++i) {
        const int label = truth.pixels[i];
        if (label >= numClasses) continue;
        const float* p = probabilities.pixels.data() + i * std::size_t(numClasses);
        const float* most = std::max_element(p, p + numClasses);
        const auto bin = std::size_t(std::clamp(double(*most), 0.0, 1.0) * double(m_bins.size()));
        auto& sums = m_bins[std::min(bin, m_bins.size() - 1)];
        ++sums.count;
        sums.confidence += *most;
        sums.accuracy += most - p == label;
        for (int k = 0; k < numClasses; ++k) m_brier += (p[k] - (k == label)) * (p[k] - (k == label));
        m_nll -= std::log(std::max(double(p[label]), kProbabilityFloor));
    }
}

Calibration CalibrationMeter::result() const {
    Calibration result{0, 0, 0, m_bins};
    std::size_t total = 0;
    for (auto& bin : result.bins) {
        total += bin.count;
        result.ece += std::abs(bin.accuracy - bin.confidence);
        if (bin.count == 0) continue;
        bin.accuracy /= double(bin.count);
        bin.confidence /= double(bin.count);
    }
    const double count = double(std::max<std::size_t>(total, 1));
    result.ece /= count;
    result.brier = m_brier / count;
    result.nll = m_nll / count;
    return result;
}

ProbabilityMap softmaxAt(const Raster<float>& logits, double temperature) {
    ProbabilityMap probabilities = logits;
    const auto numClasses = std::size_t(logits.channels);
    for (std::size_t i = 0; i < probabilities.pixels.size(); i += numClasses) {
        float* p = probabilities.pixels.data() + i;
        const float most = *std::max_element(p, p + numClasses);
        double sum = 0;
        for (std::size_t k = 0; k < numClasses; ++k)
            sum += p[k] = float(std::exp((p[k] - most) / temperature));
        for (std::size_t k = 0; k < numClasses; ++k) p[k] = float(p[k] / sum);
    }
    return probabilities;
}

double fitTemperature(std::span<const Raster<float>> logits, std::span<const LabelMap> truths) {
    // Golden section.
    constexpr double kGolden = 0.6180339887498949;
    double low = 1.0 / 20, high = 1.0 / 0.05;
    const auto nllAt = [&](double inverse) { return totalNll(logits, truths, inverse); };
    double left = high - kGolden * (high - low), right = low + kGolden * (high - low);
    double nllLeft = nllAt(left), nllRight = nllAt(right);
    while (high - low > 1e-3 * low) {
        if (nllLeft < nllRight) {
            high = right, right = left, nllRight = nllLeft;
            left = high - kGolden * (high - low), nllLeft = nllAt(left);
        } else {
            low = left, left = right, nllLeft = nllRight;
            right = low + kGolden * (high - low), nllRight = nllAt(right);
        }
    }
    return 2 / (low + high);
}

}  // namespace vitrine
