// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>
#include <numbers>

#include "core/recipe/map_spectrum.h"
#include "core/recipe/unit_effect.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

struct Pose {
    double shiftX = 0, shiftY = 0, zoom = 1, turnDeg = 0;
    std::array<double, 3> colour{0.5, 0.4, 0.3};
};

/// An L of 128 x 128 pixels, moved by a known similarity about the picture's centre. Edges are 2 px soft.
ChairOutput drawn(const Pose& pose) {
    constexpr int kSize = 128;
    ChairOutput output(kSize, kSize, 4);
    const double turn = pose.turnDeg * std::numbers::pi / 180;
    const auto inside = [](double value, double from, double to) {
        return std::clamp(std::min(value - from, to - value) / 2 + 0.5, 0.0, 1.0);
    };
    for (int y = 0; y < kSize; ++y) {
        for (int x = 0; x < kSize; ++x) {
            const double dx = (x - 64 - pose.shiftX) / pose.zoom, dy = (y - 64 - pose.shiftY) / pose.zoom;
            const double u = std::cos(turn) * dx + std::sin(turn) * dy,
                         v = -std::sin(turn) * dx + std::cos(turn) * dy;
            const double back = inside(u, -24, -8) * inside(v, -36, 20),
                         seat = inside(u, -24, 24) * inside(v, 4, 20);
            const double mask = std::max(back, seat);
            for (int c = 0; c < 3; ++c) output.at(y, x, c) = float(mask * pose.colour[std::size_t(c)]);
            output.at(y, x, 3) = float(mask);
        }
    }
    return output;
}

void compareNear(double actual, double expected, double tolerance) {
    QVERIFY2(std::abs(actual - expected) <= tolerance,
             qPrintable(QStringLiteral("%1, expected %2").arg(actual).arg(expected)));
}

ScalarMap wave(int size, double periodX, double periodY) {
    ScalarMap map(size, size, 1);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const double phase = (periodX > 0 ? x / periodX : 0) + (periodY > 0 ? y / periodY : 0);
            map.at(y, x) = float(3 + std::cos(2 * std::numbers::pi * phase));
        }
    return map;
}

}  // namespace

class TestUnitEffect : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalPicturesHaveNoEffect() {
        const ChairOutput output = drawn({});
        QCOMPARE(measureEffect(output, output), UnitEffect());
        for (const EffectMeasureInfo& info : effectMeasures()) QCOMPARE(scoreOf({}, info.measure), 0.0);
    }

    void findsTheSimilarity_data() {
        QTest::addColumn<double>("shiftX");
        QTest::addColumn<double>("shiftY");
        QTest::addColumn<double>("zoom");
        QTest::addColumn<double>("turnDeg");
        QTest::newRow("shift") << 5.0 << -3.0 << 1.0 << 0.0;
        QTest::newRow("zoom in") << 0.0 << 0.0 << 1.2 << 0.0;
        QTest::newRow("zoom out") << 0.0 << 0.0 << 0.85 << 0.0;
        QTest::newRow("turn") << 0.0 << 0.0 << 1.0 << 8.0;
        QTest::newRow("all") << 3.0 << 2.0 << 1.1 << -5.0;
    }
    void findsTheSimilarity() {
        QFETCH(double, shiftX);
        QFETCH(double, shiftY);
        QFETCH(double, zoom);
        QFETCH(double, turnDeg);
        const ChairOutput before = drawn({});
        const UnitEffect effect = measureEffect(before, drawn({shiftX, shiftY, zoom, turnDeg}));
        compareNear(effect.zoomFactor, zoom, 0.01);
        compareNear(effect.rotationDeg, turnDeg, 0.5);
        compareNear(effect.areaFactor, zoom * zoom, 0.02);
        // The blur does not zoom with the outline, so a little is left.
        QVERIFY2(effect.outlineChange < 0.08, qPrintable(QString::number(effect.outlineChange)));
        // The outline's centroid is not the picture's centre, about which it was turned and zoomed.
        if (zoom == 1 && turnDeg == 0) {
            compareNear(effect.shiftXPx, shiftX, 0.1);
            compareNear(effect.shiftYPx, shiftY, 0.1);
            compareNear(effect.centroidShiftPx, std::hypot(shiftX, shiftY), 0.1);
        }
    }

    void eachEffectScoresHighestInItsOwnMeasure() {
        const ChairOutput before = drawn({});
        const UnitEffect zoom = measureEffect(before, drawn({1.2, 0.9, 1.15}));
        const UnitEffect shift = measureEffect(before, drawn({6, 4}));
        const UnitEffect turn = measureEffect(before, drawn({0, 0, 1, 6}));
        const UnitEffect recoloured = measureEffect(before, drawn({0, 0, 1, 0, {0.2, 0.4, 0.6}}));
        const UnitEffect darker = measureEffect(before, drawn({0, 0, 1, 0, {0.25, 0.2, 0.15}}));
        const auto strength = [](const UnitEffect& effect, EffectMeasure measure) {
            return std::abs(scoreOf(effect, measure));
        };
        for (const UnitEffect& other : {shift, turn, recoloured, darker})
            QVERIFY(strength(zoom, EffectMeasure::Zoom) > 3 * strength(other, EffectMeasure::Zoom));
        for (const UnitEffect& other : {zoom, turn, recoloured, darker})
            QVERIFY(strength(shift, EffectMeasure::Shift) > 2 * strength(other, EffectMeasure::Shift));
        for (const UnitEffect& other : {zoom, shift, recoloured, darker})
            QVERIFY(strength(turn, EffectMeasure::Rotation) > 3 * strength(other, EffectMeasure::Rotation));
        for (const UnitEffect& other : {zoom, shift, turn, darker})
            QVERIFY(strength(recoloured, EffectMeasure::Hue) > 2 * strength(other, EffectMeasure::Hue));
        QVERIFY(scoreOf(darker, EffectMeasure::Brightness) < -15);
        QVERIFY(strength(zoom, EffectMeasure::Brightness) < 2);
    }

    void zoomCountsLessTheFartherTheCentroidMoves() {
        UnitEffect still, moving;
        still.zoomFactor = moving.zoomFactor = 1.1;
        still.areaFactor = moving.areaFactor = 1.21;
        moving.centroidShiftPx = 2;
        compareNear(scoreOf(still, EffectMeasure::Zoom), 10, 1e-9);
        compareNear(scoreOf(moving, EffectMeasure::Zoom), 10 / std::numbers::e, 1e-9);
    }

    void thickerIsNoZoom() {
        UnitEffect thicker;  // twice the area, the outline as large as before
        thicker.areaFactor = 2;
        thicker.zoomFactor = 0.99;
        QCOMPARE(scoreOf(thicker, EffectMeasure::Zoom), 0.0);
    }

    void anotherShapeIsAChangeOfStyle() {
        ChairOutput other = drawn({});
        for (int y = 100; y < 120; ++y)
            for (int x = 80; x < 110; ++x) other.at(y, x, 3) = 1;
        const UnitEffect effect = measureEffect(drawn({}), other);
        QVERIFY(scoreOf(effect, EffectMeasure::Style) >
                3 * scoreOf(measureEffect(drawn({}), drawn({5, 0})), EffectMeasure::Style));
    }

    void noOutlineNoSimilarity() {
        const ChairOutput nothing(128, 128, 4);
        const UnitEffect effect = measureEffect(nothing, drawn({}));
        QCOMPARE(effect.zoomFactor, 1.0);
        QCOMPARE(effect.areaFactor, 1.0);
        QVERIFY(effect.difference > 0.02);
    }

    void waveIsFound_data() {
        QTest::addColumn<double>("periodX");
        QTest::addColumn<double>("periodY");
        QTest::addColumn<double>("period");
        QTest::addColumn<double>("directionDeg");
        QTest::newRow("across") << 4.0 << 0.0 << 4.0 << 0.0;
        QTest::newRow("down") << 0.0 << 8.0 << 8.0 << 90.0;
        QTest::newRow("checkerboard") << 2.0 << 2.0 << std::numbers::sqrt2 << 45.0;
        QTest::newRow("diagonal") << 8.0 << 8.0 << 8 / std::numbers::sqrt2 << 45.0;
    }
    void waveIsFound() {
        QFETCH(double, periodX);
        QFETCH(double, periodY);
        QFETCH(double, period);
        QFETCH(double, directionDeg);
        const MapSpectrum spectrum = spectrumOf(wave(64, periodX, periodY));
        compareNear(spectrum.periodPx, period, 1e-6);
        compareNear(spectrum.directionDeg, directionDeg, 1e-6);
        QVERIFY2(spectrum.share > 0.9, qPrintable(QString::number(spectrum.share)));
    }

    void blobIsNoWave() {
        ScalarMap blob(64, 64, 1);
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x)
                blob.at(y, x) = float(std::exp(-(std::pow(x - 30, 2) + std::pow(y - 34, 2)) / 200));
        QVERIFY(spectrumOf(blob).share < 0.1);
        QCOMPARE(spectrumOf(ScalarMap(16, 16, 1, 2.5f)).share, 0.0);
    }
};

VITRINE_TEST(TestUnitEffect)
#include "tst_unit_effect.moc"
