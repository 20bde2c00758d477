// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <limits>
#include <vector>

#include "core/base/random.h"
#include "core/metrics/bootstrap.h"
#include "tests/support/test_program.h"

using namespace vitrine;

class TestBootstrap : public QObject {
    Q_OBJECT

    /// Values of a normal distribution, `samplesAChair` equal ones for each chair.
    static std::vector<ChairSample> normalSamples(int numChairs, int samplesAChair) {
        Rng rng({7});
        std::vector<ChairSample> samples;
        for (int chair = 0; chair < numChairs; ++chair) {
            const double value = rng.normal();
            for (int i = 0; i < samplesAChair; ++i) samples.push_back({value, chair});
        }
        return samples;
    }
    static double width(const Interval& interval) { return interval.high - interval.low; }

private Q_SLOTS:
    void theMeanIsWeightedAndLeavesOutWhatIsNoNumber() {
        const double none = std::numeric_limits<double>::quiet_NaN();
        QCOMPARE(meanOf(std::vector<ChairSample>{{1, 0, -1, 3}, {5, 1, -1, 1}, {none, 2}}), 2.0);
        QVERIFY(std::isnan(meanOf({})));
    }

    void anIntervalHasTheWidthOfTheStandardError() {
        const auto samples = normalSamples(400, 1);
        const Interval interval = meanInterval(samples);
        QVERIFY(interval.low < meanOf(samples) && meanOf(samples) < interval.high);
        const double expected = 2 * 1.96 / std::sqrt(400.0);
        QVERIFY2(std::abs(width(interval) / expected - 1) < 0.15, std::to_string(width(interval)).c_str());
    }

    /// Ten equal views of a chair tell no more of chairs than one.
    void moreViewsOfTheSameChairsDoNotNarrowIt() {
        const double one = width(meanInterval(normalSamples(50, 1))),
                     ten = width(meanInterval(normalSamples(50, 10)));
        QVERIFY(std::abs(ten / one - 1) < 0.01);
    }

    /// The value of a pair is the sum of two chairs' effects: its interval is wider than with independent
    /// pairs.
    void pairsOfSharedChairsCountAsWhatTheyAre() {
        Rng rng({3});
        std::vector<double> effects;
        for (int i = 0; i < 20; ++i) effects.push_back(rng.normal());
        std::vector<ChairSample> pairs, independent;
        for (int a = 0; a < 20; ++a)
            for (int b = 0; b < a; ++b) {
                pairs.push_back({effects[std::size_t(a)] + effects[std::size_t(b)], a, b});
                independent.push_back({pairs.back().value, int(independent.size())});
            }
        QVERIFY(width(meanInterval(pairs)) > 2 * width(meanInterval(independent)));
    }

    void aSeedGivesTheSameIntervalAgain() {
        const auto samples = normalSamples(30, 2);
        QCOMPARE(meanInterval(samples, 5).low, meanInterval(samples, 5).low);
        QVERIFY(meanInterval(samples, 5).low != meanInterval(samples, 6).low);
    }

    void oneChairHasNoInterval() {
        QVERIFY(std::isnan(meanInterval(std::vector<ChairSample>{{1, 4}, {2, 4}}).low));
        QVERIFY(std::isnan(meanInterval({}).high));
    }
};

VITRINE_TEST(TestBootstrap)
#include "tst_bootstrap.moc"
