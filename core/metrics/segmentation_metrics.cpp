// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/segmentation_metrics.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "core/base/mean.h"
#include "core/metrics/assignment.h"
#include "core/metrics/class_bits.h"

namespace vitrine {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

std::vector<ClassBits> bitsOf(std::span<const LabelMap> maps, const IouRule& rule) {
    std::vector<ClassBits> all;
    for (const LabelMap& map : maps) all.emplace_back(map, rule.numClasses);
    return all;
}

/// Means of 1 - IoU over pairs, by both rules.
class Distances {
public:
    explicit Distances(const IouRule& rule)
        : m_skip{rule.numClasses, rule.firstClass, EmptyClass::Skip},
          m_perfect{rule.numClasses, rule.firstClass, EmptyClass::Perfect} {}
    void add(const ClassBits& a, const ClassBits& b, double weight = 1) {
        const auto classes = a.overlaps(b);
        m_bySkip.add(1 - meanIou(classes, m_skip), weight);
        m_byPerfect.add(1 - meanIou(classes, m_perfect), weight);
    }
    /// All pairs of a set, also of one with itself.
    Distances& addPairs(const std::vector<ClassBits>& set) {
        for (std::size_t i = 0; i < set.size(); ++i) {
            add(set[i], set[i]);
            for (std::size_t j = 0; j < i; ++j) add(set[i], set[j], 2);
        }
        return *this;
    }
    double by(EmptyClass empty) const { return (empty == EmptyClass::Skip ? m_bySkip : m_byPerfect).value(); }

private:
    IouRule m_skip, m_perfect;
    Mean m_bySkip, m_byPerfect;
};

/// -sum_k weight_k log p_k at one pixel.
double crossEntropy(const float* weights, const float* probabilities, int numClasses) {
    constexpr float kMin = 1e-7f;
    double sum = 0;
    for (int k = 0; k < numClasses; ++k) sum -= weights[k] * std::log(std::max(probabilities[k], kMin));
    return sum;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    const double count = double(a.size());
    double meanA = 0, meanB = 0;
    for (std::size_t i = 0; i < a.size(); ++i) meanA += a[i] / count, meanB += b[i] / count;
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - meanA) * (b[i] - meanB);
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : kNoNumber;
}

ProbabilityMap meanOf(std::span<const ProbabilityMap> maps) {
    ProbabilityMap mean(maps.front().width, maps.front().height, maps.front().channels);
    for (const auto& map : maps)
        for (std::size_t i = 0; i < mean.pixels.size(); ++i)
            mean.pixels[i] += map.pixels[i] / float(maps.size());
    return mean;
}

/// E over the samples of CE(weights of the pixel, sample), for the pixels that `known` names.
std::vector<double> expectedCrossEntropy(std::span<const ProbabilityMap> samples,
                                         const std::vector<std::size_t>& known,
                                         const std::function<const float*(std::size_t)>& weightsAt) {
    const int numClasses = samples.front().channels;
    std::vector<double> map;
    for (const std::size_t pixel : known) {
        double sum = 0;
        for (const auto& sample : samples)
            sum += crossEntropy(weightsAt(pixel), sample.pixels.data() + pixel * numClasses, numClasses);
        map.push_back(sum / double(samples.size()));
    }
    return map;
}

}  // namespace

double pixelAccuracy(const LabelMap& prediction, const LabelMap& truth) {
    std::size_t known = 0, right = 0;
    for (std::size_t i = 0; i < truth.pixels.size(); ++i) {
        if (truth.pixels[i] == kUnknownLabel) continue;
        ++known;
        right += prediction.pixels[i] == truth.pixels[i];
    }
    return known > 0 ? double(right) / double(known) : kNoNumber;
}

std::vector<double> classIous(const LabelMap& a, const LabelMap& b, const IouRule& rule) {
    std::vector<ClassOverlap> classes(std::size_t(rule.numClasses));
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        const auto left = a.pixels[i], right = b.pixels[i];
        if (left == kUnknownLabel || right == kUnknownLabel) continue;
        if (left < rule.numClasses) ++classes[left].either;
        if (left == right && left < rule.numClasses) ++classes[left].both;
        if (left != right && right < rule.numClasses) ++classes[right].either;
    }
    std::vector<double> ious;
    for (auto k = std::size_t(rule.firstClass); k < classes.size(); ++k)
        ious.push_back(iouOf(classes[k], rule.empty));
    return ious;
}

double meanIou(const LabelMap& a, const LabelMap& b, const IouRule& rule) {
    Mean mean;
    for (const double iou : classIous(a, b, rule)) mean.add(iou);
    return mean.value();
}

EnergyDistances energyDistances(std::span<const LabelMap> samples,
                                std::span<const LabelMap> truths,
                                const IouRule& rule) {
    const auto drawn = bitsOf(samples, rule), given = bitsOf(truths, rule);
    Distances across(rule);
    for (const ClassBits& sample : drawn)
        for (const ClassBits& truth : given) across.add(sample, truth);
    const Distances among = Distances(rule).addPairs(drawn), between = Distances(rule).addPairs(given);
    const auto by = [&](EmptyClass empty) {
        const double toTruth = across.by(empty), ofSamples = among.by(empty), ofTruths = between.by(empty);
        return EnergyDistance{2 * toTruth - ofSamples - ofTruths, toTruth, ofSamples, ofTruths};
    };
    return {by(EmptyClass::Skip), by(EmptyClass::Perfect)};
}

EnergyDistance energyDistance(std::span<const LabelMap> samples,
                              std::span<const LabelMap> truths,
                              const IouRule& rule) {
    const EnergyDistances both = energyDistances(samples, truths, rule);
    return rule.empty == EmptyClass::Skip ? both.skip : both.perfect;
}

double sampleDiversity(std::span<const LabelMap> samples, const IouRule& rule) {
    return Distances(rule).addPairs(bitsOf(samples, rule)).by(rule.empty);
}

double bestIou(std::span<const LabelMap> samples, const LabelMap& truth, const IouRule& rule) {
    double best = kNoNumber;
    for (const LabelMap& sample : samples) best = std::fmax(best, meanIou(sample, truth, rule));
    return best;
}

double matchedIou(std::span<const LabelMap> samples, std::span<const LabelMap> truths, const IouRule& rule) {
    const std::size_t count = std::max(samples.size(), truths.size());
    std::vector<std::vector<double>> cost(count, std::vector<double>(count));
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j < count; ++j) {
            const double iou = meanIou(samples[i % samples.size()], truths[j % truths.size()], rule);
            cost[i][j] = std::isfinite(iou) ? 1 - iou : 0;
        }
    const auto partner = cheapestAssignment(cost);
    double total = 0;
    for (std::size_t i = 0; i < count; ++i) total += 1 - cost[i][partner[i]];
    return total / double(count);
}

double uncertaintyCorrelation(std::span<const ProbabilityMap> samples, std::span<const LabelMap> truths) {
    const ProbabilityMap mean = meanOf(samples);
    const int numClasses = mean.channels;
    std::vector<float> oneHot(std::size_t(numClasses) * std::size_t(numClasses));
    for (int k = 0; k < numClasses; ++k) oneHot[std::size_t(k * numClasses + k)] = 1;
    Mean all;
    for (const LabelMap& truth : truths) {
        std::vector<std::size_t> known;
        for (std::size_t i = 0; i < truth.pixels.size(); ++i)
            if (truth.pixels[i] < numClasses) known.push_back(i);
        const auto spread = expectedCrossEntropy(samples, known, [&](std::size_t pixel) {
            return mean.pixels.data() + pixel * std::size_t(numClasses);
        });
        const auto error = expectedCrossEntropy(samples, known, [&](std::size_t pixel) {
            return oneHot.data() + truth.pixels[pixel] * numClasses;
        });
        all.add(correlation(spread, error));
    }
    return all.value();
}

}  // namespace vitrine
