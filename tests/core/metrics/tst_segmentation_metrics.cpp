// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>

#include "core/base/mean.h"
#include "core/base/random.h"
#include "core/metrics/assignment.h"
#include "core/metrics/calibration.h"
#include "core/metrics/segmentation_metrics.h"
#include "tests/core/metrics/label_row.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using vitrine::test::rowOf;

namespace {

ProbabilityMap probabilities(std::initializer_list<float> foreground) {
    ProbabilityMap map(int(foreground.size()), 1, 2);
    int x = 0;
    for (const float p : foreground) map.at(0, x, 0) = 1 - p, map.at(0, x++, 1) = p;
    return map;
}

const IouRule kTwoClasses{2, 0, EmptyClass::Skip};

}  // namespace

class TestSegmentationMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void accuracyCountsKnownPixels() {
        QCOMPARE(pixelAccuracy(rowOf({0, 1, 1, 0}), rowOf({0, 1, 0, 255})), 2.0 / 3);
        QVERIFY(std::isnan(pixelAccuracy(rowOf({0}), rowOf({255}))));
    }

    void identicalMapsHaveIouOne() {
        QCOMPARE(meanIou(rowOf({0, 1, 1}), rowOf({0, 1, 1}), kTwoClasses), 1.0);
    }

    void allOneAgainstAllZeroIsAsFarAsCanBe() {
        QCOMPARE(meanIou(rowOf({1, 1, 1}), rowOf({0, 0, 0}), kTwoClasses), 0.0);
    }

    void halfOverlapIsOneHalf() {
        const auto ious = classIous(rowOf({1, 1, 0, 0}), rowOf({1, 0, 0, 0}), kTwoClasses);
        QCOMPARE(ious[1], 0.5);
        QCOMPARE(ious[0], 2.0 / 3);
    }

    void emptyClassesFollowTheRule() {
        const auto a = rowOf({0, 0}), b = rowOf({0, 1});
        IouRule rule{3, 1, EmptyClass::Skip};
        QVERIFY(std::isnan(classIous(a, a, rule)[0]));
        QVERIFY(std::isnan(meanIou(a, a, rule)));
        QCOMPARE(meanIou(a, b, rule), 0.0);  // one of them empty: 0 under both rules
        rule.empty = EmptyClass::Perfect;
        QCOMPARE(meanIou(a, a, rule), 1.0);
        QCOMPARE(meanIou(a, b, rule), 0.5);  // class 1 is missed, class 2 is rightly absent
    }

    void unknownPixelsDoNotCount() {
        QCOMPARE(meanIou(rowOf({1, 0}), rowOf({1, 255}), IouRule{2, 1, EmptyClass::Skip}), 1.0);
    }

    void energyDistanceOfTheSameSetIsZero() {
        const std::vector<LabelMap> set = {rowOf({0, 1}), rowOf({1, 0})};
        const auto distance = energyDistance(set, set, kTwoClasses);
        QCOMPARE(distance.squared, 0.0);
        QCOMPARE(distance.sampleDiversity, 0.5);  // pairs with itself count: two of four are 1 apart
    }

    void bothRulesComeFromOneGoOverThePairs() {
        // More than 64 pixels, unknown ones, and a class (3) that no map has.
        Rng random({5});
        const auto draw = [&random](int numMaps) {
            std::vector<LabelMap> maps(std::size_t(numMaps), LabelMap(9, 17));
            for (LabelMap& map : maps)
                for (auto& label : map.pixels) {
                    label = std::uint8_t(random.below(4));
                    if (label == 3) label = kUnknownLabel;
                }
            return maps;
        };
        const auto samples = draw(5), truths = draw(3);
        const auto both = energyDistances(samples, truths, {4, 1, EmptyClass::Skip});
        for (const EmptyClass empty : {EmptyClass::Skip, EmptyClass::Perfect}) {
            const IouRule rule{4, 1, empty};
            const auto meanDistance = [&rule](const auto& left, const auto& right) {
                double sum = 0;
                for (const LabelMap& a : left)
                    for (const LabelMap& b : right) sum += 1 - meanIou(a, b, rule);
                return sum / double(left.size() * right.size());
            };
            const EnergyDistance& one = empty == EmptyClass::Skip ? both.skip : both.perfect;
            QVERIFY(std::abs(one.sampleToTruth - meanDistance(samples, truths)) < 1e-12);
            QVERIFY(std::abs(one.sampleDiversity - meanDistance(samples, samples)) < 1e-12);
            QVERIFY(std::abs(one.truthDiversity - meanDistance(truths, truths)) < 1e-12);
            QCOMPARE(energyDistance(samples, truths, rule).squared, one.squared);
            QCOMPARE(sampleDiversity(samples, rule), one.sampleDiversity);
        }
        QVERIFY(both.perfect.sampleDiversity < both.skip.sampleDiversity);
    }

    void energyDistanceOfOppositesIsTwo() {
        const std::vector<LabelMap> ones = {rowOf({1, 1})}, zeros = {rowOf({0, 0})};
        const auto distance = energyDistance(ones, zeros, kTwoClasses);
        QCOMPARE(distance.sampleToTruth, 1.0);
        QCOMPARE(distance.squared, 2.0);
        QCOMPARE(distance.truthDiversity, 0.0);
    }

    void theBestSampleIsFound() {
        const std::vector<LabelMap> samples = {rowOf({1, 1, 0, 0}), rowOf({1, 0, 0, 0})};
        QCOMPARE(bestIou(samples, rowOf({1, 0, 0, 0}), kTwoClasses), 1.0);
        QVERIFY(sampleDiversity(samples, kTwoClasses) > 0);
    }

    void matchingPairsEachSampleWithItsOwnTruth() {
        const std::vector<LabelMap> samples = {rowOf({1, 0}), rowOf({0, 1})},
                                    truths = {rowOf({0, 1}), rowOf({1, 0})};
        QCOMPARE(matchedIou(samples, truths, kTwoClasses), 1.0);
        const std::vector<LabelMap> collapsed = {rowOf({1, 0}), rowOf({1, 0})};
        QCOMPARE(matchedIou(collapsed, truths, kTwoClasses), 0.5);  // one mode is not covered
    }

    void matchingToASingleTruthIsTheSamplesMean() {
        const std::vector<LabelMap> samples = {rowOf({1, 1, 0, 0}), rowOf({1, 0, 0, 0}), rowOf({0, 0, 1, 1})};
        const std::vector<LabelMap> truth = {rowOf({1, 1, 1, 0})};
        Mean mean;
        for (const LabelMap& sample : samples) mean.add(meanIou(sample, truth[0], kTwoClasses));
        QVERIFY(mean.value() > 0 && mean.value() < 1);
        QVERIFY(std::abs(matchedIou(samples, truth, kTwoClasses) - mean.value()) < 1e-12);
    }

    void theAssignmentIsTheCheapest() {
        const std::vector<std::vector<double>> cost = {{4, 1, 3}, {2, 0, 5}, {3, 2, 2}};
        QVERIFY(cheapestAssignment(cost) == std::vector<std::size_t>({1, 0, 2}));  // 1 + 2 + 2
    }

    void uncertaintyWhereTheTruthDiffersCorrelates() {
        const std::vector<ProbabilityMap> samples = {probabilities({0.01f, 0.01f, 0.9f}),
                                                     probabilities({0.01f, 0.01f, 0.1f})};
        const std::vector<LabelMap> fitting = {rowOf({0, 0, 1})}, surprising = {rowOf({1, 0, 0})};
        QVERIFY(uncertaintyCorrelation(samples, fitting) > 0.99);
        QVERIFY(uncertaintyCorrelation(samples, surprising) < 0.5);
    }

    void calibratedProbabilitiesHaveNoError() {
        CalibrationMeter meter(10);
        meter.add(probabilities({0.75f, 0.75f, 0.75f, 0.75f}), rowOf({1, 1, 1, 0}));
        const auto result = meter.result();
        QVERIFY(result.ece < 1e-6);
        QVERIFY(std::abs(result.brier - 2 * (3 * 0.0625 + 0.5625) / 4) < 1e-6);
        QVERIFY(std::abs(result.nll + (3 * std::log(0.75) + std::log(0.25)) / 4) < 1e-6);
        QCOMPARE(result.bins[7].count, std::size_t(4));
        QCOMPARE(result.bins[7].accuracy, 0.75);
    }

    void overconfidenceIsAnErrorAndTemperatureMendsIt() {
        Raster<float> logits(4, 1, 2);
        for (int x = 0; x < 4; ++x) logits.at(0, x, 1) = 4;  // 98% sure, right three times in four
        const std::vector<LabelMap> truths = {rowOf({1, 1, 1, 0})};
        CalibrationMeter before(10), after(10);
        before.add(softmaxAt(logits, 1), truths[0]);
        QVERIFY(before.result().ece > 0.2);
        const double temperature = fitTemperature(std::span(&logits, 1), truths);
        QVERIFY2(std::abs(temperature - 4 / std::log(3.0)) < 0.01, std::to_string(temperature).c_str());
        after.add(softmaxAt(logits, temperature), truths[0]);
        QVERIFY(after.result().ece < 0.01);
    }
};

VITRINE_TEST(TestSegmentationMetrics)
#include "tst_segmentation_metrics.moc"
