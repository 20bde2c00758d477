// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/data/resize.h"
#include "core/recipe/chair_cutout.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

constexpr int kPhotoSize = 64;
using Colour = std::array<std::uint8_t, 3>;
constexpr Colour kRed{200, 40, 30}, kPlain{230, 232, 228};

Image plain(int width, int height, Colour colour = kPlain) {
    Image image(width, height, 3);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = colour[i % 3];
    return image;
}

void fill(Image& image, int left, int top, int right, int bottom, Colour colour) {
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x)
            for (int c = 0; c < 3; ++c) image.at(y, x, c) = colour[std::size_t(c)];
}

/// A frame with a gap that the flood does not reach.
Image framedGap() {
    Image image = plain(240, 160);
    fill(image, 60, 30, 120, 130, kRed);
    fill(image, 75, 50, 105, 110, kPlain);
    return image;
}

Image withAlpha(const Image& rgb, std::uint8_t outside) {
    Image image(rgb.width, rgb.height, 4, outside);
    for (int y = 0; y < rgb.height; ++y)
        for (int x = 0; x < rgb.width; ++x) {
            for (int c = 0; c < 3; ++c) image.at(y, x, c) = rgb.at(y, x, c);
            if (rgb.at(y, x, 1) == kRed[1]) image.at(y, x, 3) = 255;
        }
    return image;
}

LabelMap maskOf(const Image& rgb) {
    LabelMap mask(rgb.width, rgb.height);
    for (int y = 0; y < rgb.height; ++y)
        for (int x = 0; x < rgb.width; ++x) mask.at(y, x) = rgb.at(y, x, 1) == kRed[1];
    return mask;
}

int alphaAt(const ChairCutout& cutout, double y, double x) {
    return cutout.premultiplied.at(int(y * kPhotoSize), int(x * kPhotoSize), 3);
}

QString sentenceOf(const Result<ChairCutout>& cutout) {
    return cutout ? QStringLiteral("no fault") : QString::fromStdString(cutout.error().message);
}

}  // namespace

class TestChairCutout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sourcesAgree_data() {
        QTest::addColumn<int>("source");
        QTest::newRow("flood fill") << 0;
        QTest::newRow("alpha") << 1;
        QTest::newRow("mask") << 2;
    }
    void sourcesAgree() {
        QFETCH(int, source);
        const Image rgb = framedGap();
        const auto cutout = cutOutChair(
            source == 1 ? withAlpha(rgb, 0) : rgb, source == 2 ? maskOf(rgb) : LabelMap(), kPhotoSize);
        QVERIFY2(cutout.ok(), qPrintable(sentenceOf(cutout)));
        QVERIFY(cutout->notice.empty());
        const Image& picture = cutout->premultiplied;
        QVERIFY(picture.width == kPhotoSize && picture.height == kPhotoSize && picture.channels == 4);
        // The frame fills 78 % of the height, a little below the middle; it is 60 wide and 100 high.
        QCOMPARE(alphaAt(*cutout, 0.09, 0.5), 0);
        QCOMPARE(alphaAt(*cutout, 0.20, 0.5), 255);
        QCOMPARE(alphaAt(*cutout, 0.88, 0.5), 255);
        QCOMPARE(alphaAt(*cutout, 0.96, 0.5), 0);
        QCOMPARE(alphaAt(*cutout, 0.53, 0.5), 0);  // the gap
        QCOMPARE(alphaAt(*cutout, 0.53, 0.32), 255);
        QCOMPARE(alphaAt(*cutout, 0.53, 0.2), 0);
        QVERIFY(std::abs(int(picture.at(int(0.2 * kPhotoSize), kPhotoSize / 2, 0)) - int(kRed[0])) <= 2);
    }

    void aShadedGroundIsStillPlain() {
        Image image = framedGap();
        for (int y = 0; y < image.height; ++y)
            for (int x = 0; x < image.width; ++x)
                for (int c = 0; c < 3; ++c)
                    if (image.at(y, x, 1) != kRed[1])
                        image.at(y, x, c) = std::uint8_t(kPlain[std::size_t(c)] - y / 3);
        const auto cutout = cutOutChair(image, {}, kPhotoSize);
        QVERIFY2(cutout.ok(), qPrintable(sentenceOf(cutout)));
        QCOMPARE(alphaAt(*cutout, 0.5, 0.05), 0);
        QCOMPARE(alphaAt(*cutout, 0.2, 0.5), 255);
    }

    void partsAboveOneAnotherAreOneChair() {
        Image image = plain(200, 200);
        fill(image, 60, 40, 140, 90, kRed);
        fill(image, 60, 94, 140, 160, kRed);
        const auto cutout = cutOutChair(image, {}, kPhotoSize);
        QVERIFY(cutout.ok() && cutout->notice.empty());
        QCOMPARE(alphaAt(*cutout, 0.25, 0.5), 255);
        QCOMPARE(alphaAt(*cutout, 0.85, 0.5), 255);
    }

    void ofSeveralObjectsTheLargestIsTaken() {
        Image image = plain(300, 200);
        fill(image, 20, 40, 120, 160, kRed);
        fill(image, 180, 60, 260, 160, {30, 60, 200});
        const auto cutout = cutOutChair(image, {}, kPhotoSize);
        QVERIFY(cutout.ok());
        QVERIFY(cutout->notice.find("several objects") != std::string::npos);
        for (std::size_t i = 0; i < cutout->premultiplied.pixels.size(); i += 4)
            QVERIFY(cutout->premultiplied.pixels[i + 2] <= cutout->premultiplied.pixels[i]);  // nothing blue
    }

    void specksAreNoObjects() {
        Image image = framedGap();
        for (int y = 4; y < image.height; y += 8)
            for (int x = 4; x < 50; x += 4) fill(image, x, y, x + 1, y + 1, {20, 20, 20});
        const auto cutout = cutOutChair(image, {}, kPhotoSize);
        QVERIFY(cutout.ok() && cutout->notice.empty());
        QCOMPARE(alphaAt(*cutout, 0.2, 0.5), 255);
        QCOMPARE(alphaAt(*cutout, 0.5, 0.05), 0);
    }

    void largePhotographsAreShrunk() {
        Image image = plain(5472, 3648);
        fill(image, 2000, 800, 3200, 3000, kRed);
        const auto cutout = cutOutChair(image, {}, kPhotoSize);
        QVERIFY2(cutout.ok(), qPrintable(sentenceOf(cutout)));
        QCOMPARE(alphaAt(*cutout, 0.5, 0.5), 255);
    }

    void allOfAMaskIsTheChair() {
        Image image = plain(300, 200);
        fill(image, 20, 40, 120, 160, kRed);
        fill(image, 180, 60, 260, 160, kRed);
        const auto cutout = cutOutChair(image, maskOf(image), kPhotoSize);
        QVERIFY(cutout.ok() && cutout->notice.empty());
        QCOMPARE(alphaAt(*cutout, 0.5, 0.2), 255);
        QCOMPARE(alphaAt(*cutout, 0.6, 0.8), 255);
    }

    /// What is shown and corrected is what is cut out.
    void aMaskThatIsGivenBackCutsOutTheSame() {
        const Image image = framedGap();
        const auto found = locateChair(image, {});
        QVERIFY(found.ok() && found->share == MaskShare::Part && found->source == MaskSource::Ground);
        const Image picture = found->picture();
        const LabelMap mask = found->mask();
        QVERIFY(picture.width == 512 && picture.height == 341 && picture.channels == 4);
        QVERIFY(mask.width == picture.width && mask.height == picture.height);
        const auto at = [&](int y, int x) {  // of the image
            return int(mask.at(y * mask.height / image.height, x * mask.width / image.width));
        };
        QCOMPARE(at(40, 90), 1);
        QCOMPARE(at(80, 90), 0);  // the gap
        QCOMPARE(at(80, 40), 0);

        const auto again = cutOutChair(image, resizeNearest(mask, image.width, image.height), kPhotoSize);
        const auto first = cutOutChair(image, {}, kPhotoSize);
        QVERIFY(again.ok() && first.ok());
        int numUnlike = 0;
        for (std::size_t i = 3; i < again->premultiplied.pixels.size(); i += 4)
            numUnlike +=
                std::abs(int(again->premultiplied.pixels[i]) - int(first->premultiplied.pixels[i])) > 64;
        QVERIFY2(numUnlike < kPhotoSize, qPrintable(QString::number(numUnlike)));
    }

    void whereNoChairIsFoundNothingIsMarked() {
        const auto found = locateChair(plain(200, 100), {});
        QVERIFY(found.ok() && found->share == MaskShare::None);
        QVERIFY(std::ranges::count(found->mask().pixels, 1) == 0);
        Image noise = plain(200, 100);
        for (std::size_t i = 0; i < noise.pixels.size(); ++i)
            noise.pixels[i] = std::uint8_t((i * 2654435761u) >> 13);
        const auto everywhere = locateChair(noise, {});
        QVERIFY(everywhere.ok() && everywhere->share == MaskShare::All);
        QVERIFY(std::ranges::count(everywhere->mask().pixels, 1) == 0);
        QVERIFY(!frameChair(*everywhere, kPhotoSize).ok());
    }

    /// Wall, floor and a cupboard behind the chair: a wrong chair would be cut out without a word.
    void aRoomIsNoPlainBackground() {
        Image room = plain(200, 200);
        fill(room, 0, 110, 200, 200, {90, 60, 40});
        fill(room, 140, 20, 200, 150, {40, 50, 60});
        fill(room, 60, 50, 120, 180, kRed);
        const auto found = locateChair(room, {});
        QVERIFY(found.ok() && found->share == MaskShare::All);
        // A chair may touch the edge of a plain picture.
        Image studio = plain(200, 200);
        fill(studio, 60, 50, 180, 200, kRed);
        QVERIFY(locateChair(studio, {})->share == MaskShare::Part);
    }

    void badPicturesAreNamed_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("empty") << 0 << QStringLiteral("it is empty");
        QTest::newRow("one colour") << 1 << QStringLiteral("one colour all over");
        QTest::newRow("transparent") << 2 << QStringLiteral("it is transparent");
        QTest::newRow("not plain") << 3 << QStringLiteral("cannot be told from its background");
        QTest::newRow("empty mask") << 4 << QStringLiteral("the mask is empty");
        QTest::newRow("full mask") << 5 << QStringLiteral("covers the whole picture");
        QTest::newRow("mask of another size") << 6 << QStringLiteral("The mask is 10 x 20 pixels");
    }
    void badPicturesAreNamed() {
        QFETCH(int, which);
        QFETCH(QString, sentence);
        Image image = plain(200, 100);
        LabelMap mask;
        if (which == 0) image = {};
        if (which == 2) image = withAlpha(image, 0);
        if (which == 3)
            for (std::size_t i = 0; i < image.pixels.size(); ++i)
                image.pixels[i] = std::uint8_t((i * 2654435761u) >> 13);
        if (which == 4) mask = LabelMap(200, 100);
        if (which == 5) mask = LabelMap(200, 100, 1);
        if (which == 6) mask = LabelMap(10, 20, 1);
        const auto cutout = cutOutChair(image, mask, kPhotoSize);
        QVERIFY(!cutout.ok());
        QCOMPARE(cutout.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(sentenceOf(cutout).contains(sentence), qPrintable(sentenceOf(cutout)));
    }
};

VITRINE_TEST(TestChairCutout)
#include "tst_chair_cutout.moc"
