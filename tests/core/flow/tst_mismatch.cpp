// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>

#include "core/base/random.h"
#include "core/flow/mismatch.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

constexpr int kPatternSize = 48, kShift = 6;

/// A speckled square. Shapes: [48, 48, 4], all of it premultiplied.
Image squareAt(int left) {
    Image object(kPatternSize, kPatternSize, 4);
    Rng random({3});
    for (int y = 14; y < 34; ++y)
        for (int x = left; x < left + 20; ++x) {
            for (int c = 0; c < 3; ++c) object.at(y, x, c) = std::uint8_t(random.below(256));
            object.at(y, x, 3) = 255;
        }
    return object;
}

PictureFeatures featuresOf(const Image& object) {
    Image grey(kPatternSize, kPatternSize, 1);
    for (std::size_t i = 0; i < grey.pixels.size(); ++i) grey.pixels[i] = object.pixels[4 * i + 1];
    return PictureFeatures::of(grey, object);
}

FlowField constant(float dx) {
    FlowField flow(kPatternSize, kPatternSize);
    for (std::size_t i = 0; i < flow.pixels.size(); i += 2) flow.pixels[i] = dx;
    return flow;
}

}  // namespace

class TestMismatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatMovesMatchesItselfThere() {
        const auto a = featuresOf(squareAt(8)), b = featuresOf(squareAt(8 + kShift));
        const std::size_t pixel = 24 * kPatternSize + 18;
        QCOMPARE(a.mismatch(pixel, b, {18 + kShift, 24}), 0.f);
        QVERIFY(a.mismatch(pixel, b, {18, 24}) > 100);
        QCOMPARE(a.mismatch(pixel, b, {18 + kShift + 0.4f, 23.6f}), 0.f);  // the nearest pixel
    }

    void besideTheObjectIsWorse() {
        auto a = featuresOf(squareAt(8));
        auto bare = a;
        std::ranges::fill(bare.coverage, 0.f);
        const std::size_t pixel = 24 * kPatternSize + 18;
        QVERIFY(a.mismatch(pixel, bare, {18, 24}) > a.mismatch(pixel, a, {18, 24}) + 100);
        QCOMPARE(bare.mismatch(pixel, a, {18, 24}), 0.f);
        QVERIFY(std::isfinite(a.mismatch(pixel, a, {-100, 1e6f})));
    }

    void halvesAreMeans() {
        const auto whole = featuresOf(squareAt(9));
        const auto half = whole.halved();
        QCOMPARE(half.width, kPatternSize / 2);
        QCOMPARE(half.coverage[12 * 24 + 4], 0.5f);  // columns 8 and 9
        QVERIFY(std::abs(half.descriptors[(12 * 24 + 9) * 128 + 5] -
                         (whole.descriptors[(24 * kPatternSize + 18) * 128 + 5] +
                          whole.descriptors[(24 * kPatternSize + 19) * 128 + 5] +
                          whole.descriptors[(25 * kPatternSize + 18) * 128 + 5] +
                          whole.descriptors[(25 * kPatternSize + 19) * 128 + 5]) /
                             4) < 1e-3f);
    }

    void theFlowThatFitsBetterWins() {
        const auto a = featuresOf(squareAt(8)), b = featuresOf(squareAt(8 + kShift));
        for (const bool isFirst : {true, false}) {
            const FlowField right = constant(kShift), wrong = constant(-3);
            const FlowField blend = isFirst ? blended(right, wrong, a, b) : blended(wrong, right, a, b);
            QVERIFY(std::abs(blend.at(24, 18, 0) - kShift) < 0.1f);
        }
    }

    void flowsThatFitAlikeMeetInTheMiddle() {
        const auto empty = featuresOf(Image(kPatternSize, kPatternSize, 4));
        const FlowField blend = blended(constant(2), constant(4), empty, empty);
        QVERIFY(std::abs(blend.at(20, 20, 0) - 3) < 1e-4f);
        QCOMPARE(blended(constant(2), constant(2), empty, empty).at(5, 5, 0), 2.f);
    }
};

VITRINE_TEST(TestMismatch)
#include "tst_mismatch.moc"
