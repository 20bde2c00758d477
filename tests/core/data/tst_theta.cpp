// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>

#include "core/data/theta.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

constexpr int kPictureSize = 64;

/// An opaque square of one colour, 16 pixels a side, its top left at (left, top).
Image squareAt(int left, int top, std::array<std::uint8_t, 3> colour = {200, 100, 50}) {
    Image image(kPictureSize, kPictureSize, 4);
    for (int y = top; y < top + 16; ++y)
        for (int x = left; x < left + 16; ++x) {
            for (int c = 0; c < 3; ++c) image.at(y, x, c) = colour[c];
            image.at(y, x, 3) = 255;
        }
    return image;
}

struct Moments {
    double area = 0, x = 0, y = 0, width = 0, height = 0;
};

Moments maskMoments(const Image& image) {
    Moments m;
    int left = kPictureSize, right = -1, top = kPictureSize, bottom = -1;
    for (int y = 0; y < kPictureSize; ++y)
        for (int x = 0; x < kPictureSize; ++x) {
            const double a = image.at(y, x, 3) / 255.0;
            m.area += a, m.x += a * (x + 0.5), m.y += a * (y + 0.5);
            if (a > 0.5)
                left = std::min(left, x), right = std::max(right, x), top = std::min(top, y),
                bottom = std::max(bottom, y);
        }
    return {m.area, m.x / m.area, m.y / m.area, double(right - left + 1), double(bottom - top + 1)};
}

}  // namespace

class TestTheta : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void zeroIsIdentity() { QCOMPARE(applyTheta(squareAt(20, 24), Theta{}), squareAt(20, 24)); }

    void translationMovesRightAndDown() {
        Theta theta;
        theta.translateX = 8.0f / kPictureSize;
        theta.translateY = 4.0f / kPictureSize;
        QCOMPARE(applyTheta(squareAt(20, 24), theta), squareAt(28, 28));
    }

    void rotationTurnsClockwise() {
        Theta theta;
        theta.rotateRad = float(M_PI / 2);
        const auto moved =
            maskMoments(applyTheta(squareAt(40, 24), theta));  // right of the centre -> below it
        QVERIFY(std::abs(moved.x - 32) < 0.5);
        QVERIFY(std::abs(moved.y - 48) < 0.5);
    }

    void zoomEnlargesAboutTheCentre() {
        Theta theta;
        theta.logZoom = std::log(2.0f);
        const auto zoomed = maskMoments(applyTheta(squareAt(24, 24), theta));
        QVERIFY(std::abs(zoomed.x - 32) < 0.1 && std::abs(zoomed.y - 32) < 0.1);
        QVERIFY(std::abs(zoomed.area - 1024) < 80);
    }

    void stretchWidensAndFlattens() {
        Theta theta;
        theta.logStretch = std::log(1.5f);
        const auto stretched = maskMoments(applyTheta(squareAt(24, 24), theta));
        QCOMPARE(stretched.width, 24.0);
        QVERIFY(std::abs(stretched.height - 16 / 1.5) <= 1);
    }

    void brightnessScalesAndStaysWithinTheMask() {
        Theta theta;
        theta.logBrightness = std::log(0.5f);
        const auto darker = applyTheta(squareAt(24, 24), theta);
        QVERIFY(std::abs(darker.at(30, 30, 0) - 100) <= 1);
        QVERIFY(std::abs(darker.at(30, 30, 1) - 50) <= 1);
        theta.logBrightness = 3;
        QCOMPARE(int(applyTheta(squareAt(24, 24), theta).at(30, 30, 0)), 255);
        QCOMPARE(int(applyTheta(squareAt(24, 24), theta).at(2, 2, 0)), 0);
    }

    void noSaturationIsGreyAndHueComesBackAfterATurn() {
        Theta theta;
        theta.logSaturation = -20;
        const auto grey = applyTheta(squareAt(24, 24), theta);
        QVERIFY(std::abs(grey.at(30, 30, 0) - grey.at(30, 30, 1)) < 40);
        QVERIFY(std::abs(grey.at(30, 30, 0) - 200) > 30);
        theta = {};
        theta.hueRad = float(2 * M_PI);
        const auto turned = applyTheta(squareAt(24, 24), theta);
        for (int c = 0; c < 3; ++c)
            QVERIFY(std::abs(turned.at(30, 30, c) - squareAt(24, 24).at(30, 30, c)) <= 1);
        theta.hueRad = float(M_PI);
        QVERIFY(std::abs(applyTheta(squareAt(24, 24), theta).at(30, 30, 0) - 200) > 20);
    }

    void samplesStayInRangeAndNearTheSource() {
        for (std::uint64_t i = 0; i < 2000; ++i) {
            Rng rng({7, i});
            const auto values = sampleTheta(rng, 0.5).values();
            for (int k = 0; k < kThetaSize; ++k)
                QVERIFY(std::abs(values[k]) <= 0.5f * thetaRanges()[k].trained + 1e-6f);
        }
        Rng a({1, 2}), b({1, 2}), c({1, 3});
        QCOMPARE(sampleTheta(a, 1), sampleTheta(b, 1));
        QVERIFY(sampleTheta(a, 1) != sampleTheta(c, 1));
        Rng none({1});
        QCOMPARE(sampleTheta(none, 0), Theta{});
    }

    void valuesRoundTrip() {
        Rng rng({3});
        const Theta theta = sampleTheta(rng, 1);
        QCOMPARE(Theta::fromValues(theta.values()), theta);
    }
};

VITRINE_TEST(TestTheta)
#include "tst_theta.moc"
