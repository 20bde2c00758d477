// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/metrics/morph_measures.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

constexpr int kFrameSide = 128;

/// m falls from 1 to 0 over `rim` pixels about the radius.
ScalarMap disc(double radius, double rim) {
    ScalarMap mask(kFrameSide, kFrameSide, 1);
    for (int y = 0; y < kFrameSide; ++y)
        for (int x = 0; x < kFrameSide; ++x) {
            const double distance = std::hypot(x - 63.5, y - 63.5) - radius;
            mask.at(y, x) = float(std::clamp(0.5 - distance / rim, 0.0, 1.0));
        }
    return mask;
}

void fill(ScalarMap& mask, int x0, int y0, int width, int height) {
    for (int y = y0; y < y0 + height; ++y) std::fill_n(mask.row(y) + x0, width, 1.f);
}

MaskFigures figuresOfBox(int width, int height) {
    ScalarMap mask(kFrameSide, kFrameSide, 1);
    fill(mask, 4, 4, width, height);
    return measureMask(mask);
}

/// Frames of a fade from nothing to a picture of many values.
std::vector<Image> fade(int numFrames, double (*course)(double)) {
    std::vector<Image> frames;
    for (int i = 0; i < numFrames; ++i) {
        Image frame(64, 64, 4);
        for (std::size_t k = 0; k < frame.pixels.size(); ++k)
            frame.pixels[k] =
                std::uint8_t(std::lround(double(k % 256) * course(double(i) / (numFrames - 1))));
        frames.push_back(std::move(frame));
    }
    return frames;
}

bool isNear(double value, double expected, double share) {
    return std::abs(value / expected - 1) < share;
}

}  // namespace

class TestMorphMeasures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Over a straight rim of width w the sum of 4 m (1 - m) is 2/3 w a pixel of its length.
    void aSoftRimIsAmbiguousByItsWidth() {
        for (const double rim : {4.0, 8.0}) {
            const MaskFigures figures = measureMask(disc(40, rim));
            const double length = 2 * std::numbers::pi * 40;
            QVERIFY2(isNear(figures.ambiguousArea, length * rim * 2 / 3, 0.01),
                     std::to_string(figures.ambiguousArea).c_str());
        }
        QCOMPARE(measureMask(disc(40, 1e-6)).ambiguousArea, 0.0);
    }

    /// The boundary pixels of a digital circle: 4 sqrt(2) r, eight arcs of r / sqrt(2) rows or columns.
    void aDiscHasItsAreaAndItsBoundary() {
        const MaskFigures figures = measureMask(disc(40, 4));
        QVERIFY(isNear(figures.area, std::numbers::pi * 40 * 40, 0.01));
        QVERIFY2(isNear(figures.boundary, 4 * std::numbers::sqrt2 * 40, 0.03),
                 std::to_string(figures.boundary).c_str());
        QCOMPARE(figures.numComponents, 1);
        QCOMPARE(figures.outside, 0.0);
    }

    void aBoxHasTheBoundaryOfItsSides() {
        const MaskFigures figures = figuresOfBox(10, 6);
        QCOMPARE(figures.area, 60);
        QCOMPARE(figures.boundary, 2 * (10 + 6) - 4);
    }

    void anAllGreyMaskIsAllAmbiguous() {
        const MaskFigures figures = measureMask(ScalarMap(10, 10, 1, 0.5f));
        QCOMPARE(figures.ambiguousArea, 100.0);
        QCOMPARE(figures.area, 0);
    }

    void componentsTouchAtCornersAndTheLargestIsInside() {
        ScalarMap mask(kFrameSide, kFrameSide, 1);
        fill(mask, 10, 10, 10, 6);
        QCOMPARE(measureMask(mask).numComponents, 1);
        fill(mask, 20, 16, 5, 4);  // touches at a corner
        QCOMPARE(measureMask(mask).numComponents, 1);
        fill(mask, 50, 50, 4, 5);  // apart
        const MaskFigures figures = measureMask(mask);
        QCOMPARE(figures.numComponents, 2);
        QCOMPARE(figures.outside, 0.2);
    }

    void anEmptyMaskHasNothing() {
        const MaskFigures figures = measureMask(ScalarMap(8, 8, 1));
        QCOMPARE(figures.numComponents, 0);
        QCOMPARE(figures.outside, 0.0);
        QCOMPARE(figures.boundary, 0);
    }

    void theMaskIsTheAlphaOfThePicture() {
        Image picture(2, 1, 4);
        picture.at(0, 1, 3) = 255;
        QCOMPARE(maskOf(picture).pixels, (std::vector<float>{0, 1}));
    }

    void anEvenFadeStepsEvenly() {
        const double jump = largestOverMeanStep(fade(64, [](double t) { return t; }));
        QVERIFY2(jump >= 1 && jump < 1.05, std::to_string(jump).c_str());
    }

    void aSwitchAtTheMiddleIsOneJump() {
        const auto frames = fade(64, [](double t) { return t < 0.5 ? 0.0 : 1.0; });
        QCOMPARE(largestOverMeanStep(frames), 63.0);
    }

    void whatNeverChangesHasNoJump() {
        QVERIFY(std::isnan(largestOverMeanStep(fade(4, [](double) { return 1.0; }))));
        QVERIFY(std::isnan(largestOverMeanStep({})));
    }

    void changeIsTheMeanDifference() {
        Image black(4, 4, 4), half(4, 4, 4);
        std::fill_n(half.pixels.begin(), half.pixels.size() / 2, std::uint8_t(255));
        QCOMPARE(pictureChange(black, half), 0.5);
        QCOMPARE(pictureChange(half, half), 0.0);
    }

    void aMiddleLiesBetweenByAreaAndBoundary() {
        const MaskFigures small = figuresOfBox(20, 20), large = figuresOfBox(40, 40);
        QVERIFY(liesBetween(figuresOfBox(30, 30), small, large));
        QVERIFY(liesBetween(figuresOfBox(30, 30), large, small));
        QVERIFY(liesBetween(figuresOfBox(42, 40), small, large));   // 5 % more
        QVERIFY(!liesBetween(figuresOfBox(48, 40), small, large));  // 20 % more area
        QVERIFY(!liesBetween(figuresOfBox(100, 8), small, large));  // its boundary is too long
        QVERIFY(!liesBetween(figuresOfBox(15, 15), small, large));
    }

    void aPictureIsLostBelowHalfAndAboveTwice() {
        const MaskFigures end = figuresOfBox(20, 20);
        QVERIFY(!isLost(end, end));
        QVERIFY(!isLost(figuresOfBox(20, 10), end) && !isLost(figuresOfBox(20, 40), end));
        QVERIFY(isLost(figuresOfBox(20, 9), end) && isLost(figuresOfBox(20, 41), end));
        QVERIFY(isLost(MaskFigures(), end));
    }
};

VITRINE_TEST(TestMorphMeasures)
#include "tst_morph_measures.moc"
