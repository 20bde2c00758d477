// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/data/omission.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

double shareOf(const LabelMap& mask) {
    return double(std::count(mask.pixels.begin(), mask.pixels.end(), 1)) / double(mask.pixels.size());
}

}  // namespace

class TestOmission : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blocksAreWholeAndAsManyAsAsked() {
        for (const int block : {1, 4, 8})
            for (const double probability : {0.25, 0.5, 0.7}) {
                double sum = 0;
                for (std::uint64_t seed = 0; seed < 20; ++seed) {
                    Rng random({seed});
                    const LabelMap mask = omitBlocks(128, 128, block, probability, random).value();
                    for (int y = 0; y < 128; ++y)
                        for (int x = 0; x < 128; ++x)
                            QCOMPARE(mask.at(y, x), mask.at(y / block * block, x / block * block));
                    sum += shareOf(mask) / 20;
                }
                // Five standard deviations of the mean of 20 x (128 / block)^2 independent blocks.
                const double deviation = std::sqrt(probability * (1 - probability) / 20) * block / 128;
                QVERIFY(std::abs(sum - probability) < 5 * deviation);
            }
    }

    void blocksOfOtherSizesAreCut() {
        Rng random({3});
        const LabelMap all = omitBlocks(10, 7, 4, 1, random).value();
        QCOMPARE(shareOf(all), 1.0);
        QCOMPARE(shareOf(omitBlocks(10, 7, 4, 0, random).value()), 0.0);
    }

    void rectanglesKeepTheirBounds() {
        double least = 1, most = 0;
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            Rng random({seed});
            const double share = shareOf(omitRectangle(100, 50, 0.2, 0.6, random).value());
            least = std::min(least, share), most = std::max(most, share);
        }
        QVERIFY(least >= 0.04 && least < 0.1);
        QVERIFY(most <= 0.36 && most > 0.25);
    }

    void quadrantsAreThoseOfThePyroTutorial() {
        const auto seen = [](int numSeen, int y, int x) {
            return omitQuadrants(numSeen).value().at(y, x) == 0;
        };
        QCOMPARE(shareOf(omitQuadrants(0).value()), 1.0);
        QCOMPARE(shareOf(omitQuadrants(1).value()), 0.75);
        QVERIFY(seen(1, 27, 0) && !seen(1, 0, 0) && !seen(1, 27, 27));
        QCOMPARE(shareOf(omitQuadrants(2).value()), 0.5);
        QVERIFY(seen(2, 0, 0) && seen(2, 27, 13) && !seen(2, 0, 14));
        QCOMPARE(shareOf(omitQuadrants(3).value()), 0.25);
        QVERIFY(seen(3, 13, 27) && !seen(3, 14, 14));
    }

    void sameSeedSameMask() {
        Rng first({7, 1}), second({7, 1}), other({7, 2});
        const LabelMap mask = omitBlocks(64, 64, 4, 0.5, first).value();
        QVERIFY(mask == omitBlocks(64, 64, 4, 0.5, second).value());
        QVERIFY(mask != omitBlocks(64, 64, 4, 0.5, other).value());
    }

    void nonsenseIsRefused() {
        Rng random({1});
        QVERIFY(!omitBlocks(8, 8, 0, 0.5, random) && !omitBlocks(8, 8, 1, 1.5, random) &&
                !omitBlocks(0, 8, 1, 0.5, random));
        QVERIFY(!omitBlocks(8, 8, 1, std::nan(""), random));
        QVERIFY(!omitRectangle(8, 8, 0.5, 0.2, random) && !omitRectangle(8, 8, 0, 0.2, random));
        QVERIFY(!omitQuadrants(4) && !omitQuadrants(-1) && !omitQuadrants(1, 27));
        QCOMPARE(omitQuadrants(4).error().code, ErrorCode::InvalidArgument);
    }
};

VITRINE_TEST(TestOmission)
#include "tst_omission.moc"
