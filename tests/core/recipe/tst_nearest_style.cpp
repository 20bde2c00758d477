// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>

#include "core/recipe/nearest_style.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

Image flat(int level, int alpha) {
    Image image(2, 2, 4, std::uint8_t(level));
    for (std::size_t i = 3; i < image.pixels.size(); i += 4) image.pixels[i] = std::uint8_t(alpha);
    return image;
}

}  // namespace

class TestNearestStyle : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalPicturesAreAtZero() { QCOMPARE(chairDistance(flat(90, 200), flat(90, 200)), 0.0); }

    void coloursCount() { QCOMPARE(chairDistance(flat(255, 255), flat(0, 255)), 1.0); }

    /// White paint on a white ground: the colours are equal, the masks are not.
    void masksCountByThemselves() { QCOMPARE(chairDistance(flat(255, 255), flat(0, 0)), 1.0); }

    void shapeTellsWhereColoursAreAlike() {
        Image seat = flat(0, 0), other = flat(0, 0);
        for (std::size_t c = 0; c < 4; ++c) seat.pixels[c] = other.pixels[12 + c] = 255;
        QVERIFY(chairDistance(seat, other) > chairDistance(seat, seat));
    }

    void picturesOfUnlikeSizeAreInfinitelyFar() {
        QVERIFY(std::isinf(chairDistance(flat(0, 0), Image(3, 3, 4))));
        QVERIFY(std::isinf(chairDistance(Image(), Image())));
    }
};

VITRINE_TEST(TestNearestStyle)
#include "tst_nearest_style.moc"
