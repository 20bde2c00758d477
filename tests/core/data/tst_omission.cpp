// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <algorithm>

#include "core/data/omission.h"

using namespace vitrine;

namespace {

int hidden(const LabelMap& map) {
    return int(std::count(map.pixels.begin(), map.pixels.end(), 1));
}

}  // namespace

class TestOmission : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void blocksAreWholeAndAsManyAsAsked_data() {
        QTest::addColumn<int>("block");
        QTest::addColumn<double>("share");
        for (const int block : {1, 4, 8})
            for (const double share : {0.25, 0.5, 0.7})
                QTest::addRow("%d px, %.0f %%", block, 100 * share) << block << share;
    }
    void blocksAreWholeAndAsManyAsAsked() {
        QFETCH(int, block);
        QFETCH(double, share);
        const LabelMap map = omitBlocks(128, 128, block, share, 7);
        QVERIFY(std::abs(hidden(map) / (128.0 * 128) - share) < 0.12);
        for (int y = 0; y < 128; ++y)
            for (int x = 0; x < 128; ++x)
                QCOMPARE(map.at(y, x), map.at(y / block * block, x / block * block));
        QVERIFY(map == omitBlocks(128, 128, block, share, 7));
        QVERIFY(map != omitBlocks(128, 128, block, share, 8));
    }

    void theGridsLastBlocksAreCut() {
        const LabelMap map = omitBlocks(10, 6, 4, 1, 1);
        QCOMPARE(hidden(map), 60);
        QCOMPARE(hidden(omitBlocks(10, 6, 4, 0, 1)), 0);
    }

    void theNoiseBoxIsAtMostFortyPercentWide() {
        int largest = 0, smallest = 128;
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            const int side = noiseBoxSide(128, seed);
            largest = std::max(largest, side);
            smallest = std::min(smallest, side);
            QCOMPARE(hidden(omitBox(128, side, seed)), side * side);
        }
        QVERIFY(largest <= 51 && largest > 45);
        QVERIFY(smallest < 5);
    }

    void aBoxCanBeAnywhere() {
        QCOMPARE(hidden(omitBox(32, 32, 3)), 32 * 32);
        QVERIFY(omitBox(32, 8, 1) != omitBox(32, 8, 2));
    }

    void quadrantsAreSeenAsInThePaper() {
        QCOMPARE(hidden(omitAllButQuadrants(28, 0)), 28 * 28);
        const LabelMap one = omitAllButQuadrants(28, 1);
        QCOMPARE(hidden(one), 3 * 14 * 14);
        QCOMPARE(int(one.at(27, 0)), 0);
        const LabelMap two = omitAllButQuadrants(28, 2);
        QCOMPARE(int(two.at(0, 0)) + int(two.at(27, 13)), 0);
        QCOMPARE(int(two.at(0, 14)), 1);
        const LabelMap three = omitAllButQuadrants(28, 3);
        QCOMPARE(hidden(three), 14 * 14);
        QCOMPARE(int(three.at(27, 27)), 1);
    }
};

QTEST_APPLESS_MAIN(TestOmission)
#include "tst_omission.moc"
