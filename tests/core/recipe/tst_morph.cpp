// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>
#include <numeric>

#include "core/recipe/animation.h"
#include "core/recipe/morph.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

double sumOf(const StyleMix& mix) {
    return std::accumulate(
        mix.begin(), mix.end(), 0.0, [](double sum, const StyleWeight& part) { return sum + part.weight; });
}

}  // namespace

class TestMorph : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void paperPresetWithSevenFrames() {
        const std::vector<double> wanted{0, 0.35, 0.43, 0.5, 0.57, 0.65, 1};
        const std::vector<double> got = morphPositions(7, MorphSchedule::Paper);
        QCOMPARE(got.size(), wanted.size());
        for (std::size_t i = 0; i < wanted.size(); ++i) QVERIFY(std::abs(got[i] - wanted[i]) < 1e-12);
    }

    void morphsStartAtAAndEndAtB() {
        for (auto schedule : {MorphSchedule::Linear, MorphSchedule::Paper}) {
            const auto positions = morphPositions(64, schedule);
            QCOMPARE(positions.size(), std::size_t(64));
            QCOMPARE(positions.front(), 0.0);
            QCOMPARE(positions.back(), 1.0);
            QVERIFY(std::is_sorted(positions.begin(), positions.end()));
        }
        QCOMPARE(morphPositions(1), std::vector<double>{0});
    }

    void padCorners() {
        QCOMPARE(bilinearWeights(0, 0), (std::array<double, 4>{1, 0, 0, 0}));
        QCOMPARE(bilinearWeights(1, 0), (std::array<double, 4>{0, 1, 0, 0}));
        QCOMPARE(bilinearWeights(0, 1), (std::array<double, 4>{0, 0, 1, 0}));
        QCOMPARE(bilinearWeights(1, 1), (std::array<double, 4>{0, 0, 0, 1}));
        QCOMPARE(bilinearWeights(0.5, 0.5), (std::array<double, 4>{0.25, 0.25, 0.25, 0.25}));
    }

    void extrapolationGoesBeyondTheEnds() {
        const StyleMix mix = mixAt(std::array{pureStyle(2), pureStyle(5)}, 1.5, 0);
        QCOMPARE(mix, (StyleMix{{2, -0.5f}, {5, 1.5f}}));
    }

    void endsArePure() {
        const std::array ends{pureStyle(2), pureStyle(5)};
        QCOMPARE(mixAt(ends, 0, 0), pureStyle(2));
        QCOMPARE(mixAt(ends, 1, 0), pureStyle(5));
    }

    void arithmeticCancels() {
        QCOMPARE(arithmetic(pureStyle(1), pureStyle(2), pureStyle(3)), (StyleMix{{1, 1}, {2, -1}, {3, 1}}));
        QCOMPARE(arithmetic(pureStyle(1), pureStyle(2), pureStyle(2)), pureStyle(1));
    }

    void averageSharesEvenly() { QCOMPARE(average(std::array{4, 1}), (StyleMix{{1, 0.5f}, {4, 0.5f}})); }

    void randomMixIsReproducibleAndConvex() {
        Rng first({7});
        Rng again({7});
        Rng other({8});
        const StyleMix mix = randomMix(first, 50, 3);
        QCOMPARE(mix.size(), std::size_t(3));
        QVERIFY(std::abs(sumOf(mix) - 1) < 1e-5);
        QCOMPARE(mix, randomMix(again, 50, 3));
        QVERIFY(mix != randomMix(other, 50, 3));
        QCOMPARE(randomMix(first, 2, 5).size(), std::size_t(2));
    }

    void animationRunsThereAndBack() {
        AnimationTiming timing{AnimationLoop::PingPong, AnimationEasing::Linear, 2};
        QCOMPARE(animationPosition(timing, 0), 0.0);
        QCOMPARE(animationPosition(timing, 1), 0.5);
        QCOMPARE(animationPosition(timing, 3), 0.5);
        QCOMPARE(animationPosition(timing, 3.5), 0.25);
        timing.loop = AnimationLoop::Loop;
        QCOMPARE(animationPosition(timing, 3), 0.5);
        QCOMPARE(animationPosition(timing, 3.5), 0.75);
        timing.loop = AnimationLoop::Once;
        QCOMPARE(animationPosition(timing, 9), 1.0);
        QVERIFY(animationEnded(timing, 2));
        QVERIFY(!animationEnded(timing, 1.9));
    }

    void animationStartsWhereTheSliderStands() {
        for (auto easing : {AnimationEasing::Linear,
                            AnimationEasing::Smooth,
                            AnimationEasing::SlowStart,
                            AnimationEasing::SlowEnd}) {
            const AnimationTiming timing{AnimationLoop::Loop, easing, 5};
            QVERIFY(std::abs(animationPosition(timing, animationTimeOf(timing, 0.3)) - 0.3) < 1e-6);
        }
    }
};

VITRINE_TEST(TestMorph)
#include "tst_morph.moc"
