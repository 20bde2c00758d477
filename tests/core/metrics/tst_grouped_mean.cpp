// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <limits>
#include <vector>

#include "core/metrics/grouped_mean.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

const double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

class TestGroupedMean : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesAreWeighted() {
        GroupedMean mean;
        mean.add(1, 0, 3);
        mean.add(0, 1, 1);
        mean.add(kNaN, 1);
        mean.add(5, 1, 0);
        QCOMPARE(mean.value(), 0.75);
        QVERIFY(std::isnan(GroupedMean().value()));
    }

    void theIntervalIsThatOfTheSamePictures() {
        std::vector<ChairSample> pictures;
        GroupedMean mean;
        for (int i = 0; i < 60; ++i) {
            pictures.push_back({std::sin(3.0 * i), i % 7, -1, 1.0 + i % 3});
            mean.add(pictures.back().value, pictures.back().chair, pictures.back().weight);
        }
        QVERIFY(std::abs(mean.value() - meanOf(pictures)) < 1e-12);
        QVERIFY(std::abs(mean.interval(4).low - meanInterval(pictures, 4).low) < 1e-12);
        QVERIFY(std::abs(mean.interval(4).high - meanInterval(pictures, 4).high) < 1e-12);
    }

    void picturesOfTwoChairsAreTwoObservations() {
        GroupedMean mean;
        for (int i = 0; i < 1000; ++i) mean.add(i % 2, i % 2);
        // Of two draws one in four has only the first chair, one only the second.
        QCOMPARE(mean.interval().low, 0.0);
        QCOMPARE(mean.interval().high, 1.0);
    }

    void oneChairHasNoInterval() {
        GroupedMean mean;
        mean.add(1, 7);
        mean.add(2, 7);
        QVERIFY(std::isnan(mean.interval().low) && std::isnan(mean.interval().high));
    }

    void meansArePooled() {
        GroupedMean one, other;
        one.add(1, 0);
        other.add(0, 0, 3);
        other.add(1, 1);
        one.add(other);
        QCOMPARE(one.value(), 0.4);
    }
};

VITRINE_TEST(TestGroupedMean)
#include "tst_grouped_mean.moc"
