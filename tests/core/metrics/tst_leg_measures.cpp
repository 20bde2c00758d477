// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>

#include "core/metrics/leg_measures.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

constexpr int kMapSide = 100;  // the tolerance of the floor is 8 pixels
constexpr std::uint8_t kSeat = 1, kLegs = 4;

/// Left, top, right, bottom; the last two are not inside.
void paint(LabelMap& map, std::uint8_t label, int left, int top, int right, int bottom) {
    for (int y = top; y < bottom; ++y) std::fill(map.row(y) + left, map.row(y) + right, label);
}

/// A seat from row 40 to 50, columns 20 to 80.
LabelMap seat() {
    LabelMap map(kMapSide, kMapSide);
    paint(map, kSeat, 20, 40, 80, 50);
    return map;
}

/// Four pixels wide, from the seat down to `bottom`.
void paintLeg(LabelMap& map, int left, int bottom) {
    paint(map, kLegs, left, 50, left + 4, bottom);
}

/// Front legs down to row 89; the rear ones, which the camera sees from above, to row 74.
LabelMap fourLegs() {
    LabelMap map = seat();
    for (const int left : {20, 76}) paintLeg(map, left, 90);
    for (const int left : {35, 61}) paintLeg(map, left, 75);
    return map;
}

/// All below row 45.
LabelMap lowerHalf() {
    LabelMap hidden(kMapSide, kMapSide);
    paint(hidden, 1, 0, 45, kMapSide, kMapSide);
    return hidden;
}

LegMeasures measures() {
    return {fourLegs(), lowerHalf()};
}

}  // namespace

class TestLegMeasures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fourLegsOfAChairSeenFromAboveAreWhole() {
        QVERIFY(measures().counts());
        QVERIFY(measures().hasWholeLegs(fourLegs()));
        QCOMPARE(measures().falseLegShare(fourLegs()), 0.0);
    }

    void otherLegsThatStandOnTheFloorAreWhole() {
        LabelMap sample = seat();
        for (const int left : {28, 70}) paintLeg(sample, left, 86);
        QVERIFY(measures().hasWholeLegs(sample));
    }

    void aStumpIsNotWhole() {
        LabelMap sample = fourLegs();
        paintLeg(sample, 48, 60);
        QVERIFY(!measures().hasWholeLegs(sample));
    }

    void stumpsDoNotDefineAFloorOfTheirOwn() {
        LabelMap sample = seat();
        for (const int left : {20, 35, 61, 76}) paintLeg(sample, left, 60);
        QVERIFY(!measures().hasWholeLegs(sample));
    }

    void rearLegsEndOnlyAsHighAsTheTruths() {
        LabelMap truth = seat();  // seen from the front: all feet are level
        for (const int left : {20, 76}) paintLeg(truth, left, 90);
        const LegMeasures level(truth, lowerHalf());
        LabelMap sample = truth;
        paintLeg(sample, 48, 83);
        QVERIFY(level.hasWholeLegs(sample));  // within the tolerance
        LabelMap higher = truth;
        paintLeg(higher, 48, 78);
        QVERIFY(!level.hasWholeLegs(higher));
        QVERIFY(measures().hasWholeLegs(higher));
    }

    void feetOfOneConnectedPartShowThePerspectiveToo() {
        LabelMap truth = fourLegs();
        paint(truth, kLegs, 20, 60, 80, 62);  // a stretcher joins all legs
        LabelMap sample = seat();
        for (const int left : {20, 76}) paintLeg(sample, left, 90);
        paintLeg(sample, 48, 76);
        QVERIFY(LegMeasures(truth, lowerHalf()).hasWholeLegs(sample));
    }

    void aFloatingBlobIsDetached() {
        LabelMap sample = fourLegs();
        paint(sample, kLegs, 45, 80, 55, 90);
        QVERIFY(!measures().hasWholeLegs(sample));
    }

    void specksNeedNotBeWhole() {
        LabelMap sample = fourLegs();
        paint(sample, kLegs, 45, 80, 48, 83);  // 9 pixels
        QVERIFY(measures().hasWholeLegs(sample));
        paint(sample, kLegs, 45, 83, 46, 84);
        QVERIFY(!measures().hasWholeLegs(sample));
        LabelMap alone = seat();
        paint(alone, kLegs, 45, 87, 48, 90);
        QVERIFY(!measures().hasWholeLegs(alone));
    }

    void aGapOfTwoPixelsConnects() {
        LabelMap sample = fourLegs();
        paint(sample, 0, 20, 70, 24, 72);
        QVERIFY(measures().hasWholeLegs(sample));
        paint(sample, 0, 20, 70, 24, 73);
        QVERIFY(!measures().hasWholeLegs(sample));
    }

    void noLegsAreNotWhole() {
        QVERIFY(!measures().hasWholeLegs(seat()));
        QVERIFY(std::isnan(measures().falseLegShare(seat())));
    }

    void aBootStandsFarFromTheTrueLegs() {
        LabelMap truth = seat();
        for (const int left : {20, 76}) paintLeg(truth, left, 90);
        LabelMap boot = seat();
        paint(boot, kLegs, 38, 50, 62, 90);  // 14 pixels and more from either leg
        const LegMeasures legs(truth, lowerHalf());
        QVERIFY(!legs.hasWholeLegs(boot));  // attached and standing, but six times as thick
        QVERIFY(LegMeasures(boot, lowerHalf()).hasWholeLegs(boot));
        QCOMPARE(legs.falseLegShare(boot), 1.0);
    }

    void legsMayBeTwiceAsThick() {
        LabelMap sample = seat();
        for (const int left : {20, 70}) paint(sample, kLegs, left, 50, left + 8, 90);
        QVERIFY(measures().hasWholeLegs(sample));
        paint(sample, kLegs, 40, 50, 54, 90);
        QVERIFY(!measures().hasWholeLegs(sample));
    }

    void falseLegsBeginBeyondSixPixels() {
        LabelMap truth = seat();
        paintLeg(truth, 20, 90);  // columns 20 to 23
        LabelMap sample = seat();
        paint(sample, kLegs, 29, 50, 31, 90);  // 6 and 7 pixels away
        QCOMPARE(LegMeasures(truth, lowerHalf()).falseLegShare(sample), 0.5);
    }

    void aSledBaseIsWhole() {
        LabelMap truth = fourLegs();
        LabelMap sled = seat();
        for (const int left : {20, 76}) paintLeg(sled, left, 90);
        paint(sled, kLegs, 20, 88, 80, 90);
        QVERIFY(LegMeasures(truth, lowerHalf()).hasWholeLegs(sled));
        QVERIFY(LegMeasures(sled, lowerHalf()).hasWholeLegs(sled));
    }

    void aPlinthAndAStarBaseAreWhole() {
        LabelMap plinth = seat();
        paint(plinth, kLegs, 30, 50, 70, 60);
        QVERIFY(LegMeasures(plinth, lowerHalf()).hasWholeLegs(plinth));
        LabelMap star = seat();
        paintLeg(star, 48, 85);
        paint(star, kLegs, 30, 80, 70, 83);
        QVERIFY(LegMeasures(star, lowerHalf()).hasWholeLegs(star));
    }

    void aLegThatIsPartlyVisibleIsJudgedAsAWhole() {
        LabelMap hidden(kMapSide, kMapSide);
        paint(hidden, 1, 0, 70, kMapSide, kMapSide);
        const LegMeasures legs(fourLegs(), hidden);
        QVERIFY(legs.hasWholeLegs(fourLegs()));
        LabelMap sample = fourLegs();
        paint(sample, 0, 20, 74, 24, 90);  // ends inside the hidden area
        paint(sample, 0, 76, 74, 80, 90);
        QVERIFY(!legs.hasWholeLegs(sample));
    }

    void whatIsVisibleAloneDoesNotCount() {
        LabelMap hidden(kMapSide, kMapSide);
        paint(hidden, 1, 50, 0, kMapSide, kMapSide);  // the right half
        LabelMap sample = fourLegs();
        paint(sample, 0, 20, 60, 24, 90);    // a stump on the left
        paint(sample, kLegs, 5, 20, 8, 23);  // a floating blob on the left
        QVERIFY(LegMeasures(fourLegs(), hidden).hasWholeLegs(sample));
    }

    void legsThatThePictureCutsAreNotStumps() {
        LabelMap truth(kMapSide, kMapSide);
        paint(truth, kSeat, 0, 70, 60, 80);
        paint(truth, kLegs, 40, 80, 44, kMapSide);  // runs out below
        paint(truth, kLegs, 0, 80, 3, 88);          // runs out on the left
        QVERIFY(LegMeasures(truth, lowerHalf()).hasWholeLegs(truth));
        LabelMap outside(kMapSide, kMapSide);
        paint(outside, kSeat, 0, 70, 60, 80);
        paint(outside, kLegs, 40, 80, 44, kMapSide);
        paint(outside, kLegs, kMapSide - 4, 60, kMapSide, 64);  // its seat lies outside the picture
        QVERIFY(LegMeasures(truth, lowerHalf()).hasWholeLegs(outside));
    }

    void aPictureWithoutHiddenLegsDoesNotCount() {
        LabelMap hidden(kMapSide, kMapSide);
        paint(hidden, 1, 0, 0, kMapSide, 45);
        QVERIFY(!LegMeasures(fourLegs(), hidden).counts());
        QVERIFY(!LegMeasures(seat(), lowerHalf()).counts());
    }
};

VITRINE_TEST(TestLegMeasures)
#include "tst_leg_measures.moc"
