// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/support/test_program.h"
#include "ui/bridge/image_convert.h"

using namespace vitrine;

class TestImageConvert : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void imageRoundTrip() {
        Image image(3, 2, 3);
        for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = std::uint8_t(i * 13);
        QCOMPARE(fromQImage(toQImage(image)), image);
        Image transparent(2, 2, 4, 77);
        QCOMPARE(fromQImage(toQImage(transparent)), transparent);
        QVERIFY(toQImage(Image()).isNull());
    }
};

VITRINE_TEST(TestImageConvert)
#include "tst_image_convert.moc"
