// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>

#include "core/nets/picture_pixel.h"
#include "core/recipe/compose.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

/// One pixel: colour times alpha, and alpha.
Image premultipliedPixel(int r, int g, int b, int a) {
    Image image(1, 1, 4);
    image.pixels = {std::uint8_t(r), std::uint8_t(g), std::uint8_t(b), std::uint8_t(a)};
    return image;
}

Background solid(BackgroundKind kind) {
    return {kind, {}};
}

}  // namespace

class TestCompose : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void emptyPixelShowsBackground() {
        const Image empty = premultipliedPixel(0, 0, 0, 0);
        QCOMPARE(composeOver(empty, solid(BackgroundKind::White)).pixels,
                 (std::vector<std::uint8_t>{255, 255, 255}));
        QCOMPARE(composeOver(empty, solid(BackgroundKind::Black)).pixels,
                 (std::vector<std::uint8_t>{0, 0, 0}));
    }

    void opaquePixelHidesBackground() {
        const Image red = premultipliedPixel(200, 10, 0, 255);
        for (auto kind : {BackgroundKind::White, BackgroundKind::Black, BackgroundKind::Checkerboard}) {
            QCOMPARE(composeOver(red, solid(kind)).pixels, (std::vector<std::uint8_t>{200, 10, 0}));
        }
    }

    void halfTransparentPixelIsMixedOnce() {
        // Colour is premultiplied already: 100 + (1 - 128/255) * 255.
        QCOMPARE(composeOver(premultipliedPixel(100, 0, 0, 128), solid(BackgroundKind::White)).pixels,
                 (std::vector<std::uint8_t>{227, 127, 127}));
    }

    void colourAboveItsMaskDoesNotWrap() {
        QCOMPARE(
            int(composeOver(premultipliedPixel(250, 0, 0, 10), solid(BackgroundKind::White)).at(0, 0, 0)),
            255);
    }

    /// What the kernel in core/cuda computes for a pixel, for every cover and a range of colours.
    void aWordOverAWordIsTheSame() {
        const Image behind = Image(1, 1, 3);
        for (int alpha = 0; alpha < 256; ++alpha)
            for (int colour = 0; colour < 256; colour += 15) {
                Background background{BackgroundKind::Picture, behind};
                background.picture.pixels = {std::uint8_t(colour), std::uint8_t(255 - colour), 17};
                const Image over =
                    composeOver(premultipliedPixel(alpha, alpha / 2, colour, alpha), background);
                const auto word = [](int r, int g, int b, int a) {
                    return std::uint32_t(r | g << 8 | b << 16) | std::uint32_t(a) << 24;
                };
                QCOMPARE(pixelOver(word(alpha, alpha / 2, colour, alpha), word(colour, 255 - colour, 17, 0)),
                         word(over.at(0, 0, 0), over.at(0, 0, 1), over.at(0, 0, 2), 255));
            }
    }

    void transparentGivesStraightAlpha() {
        const Image out = composeOver(premultipliedPixel(64, 0, 0, 128), solid(BackgroundKind::Transparent));
        QCOMPARE(out.pixels, (std::vector<std::uint8_t>{128, 0, 0, 128}));
    }

    void checkerboardAlternates() {
        const Image out = composeOver(Image(32, 32, 4), solid(BackgroundKind::Checkerboard));
        QVERIFY(out.at(0, 0, 0) != out.at(0, 8, 0));
        QCOMPARE(out.at(0, 0, 0), out.at(8, 8, 0));
    }

    void ownPictureCoversWhateverItsSize() {
        Image wide(4, 2, 3, 0);
        for (int y = 0; y < 2; ++y) wide.at(y, 1, 0) = wide.at(y, 2, 1) = 255;  // black red green black
        const Image out = composeOver(Image(2, 2, 4), {BackgroundKind::Picture, wide});
        QCOMPARE(out.pixels, (std::vector<std::uint8_t>{255, 0, 0, 0, 255, 0, 255, 0, 0, 0, 255, 0}));
    }

    void channels() {
        const Image pixel = premultipliedPixel(10, 20, 30, 40);
        QCOMPARE(channelPicture(pixel, PictureChannel::Mask, {}).pixels,
                 (std::vector<std::uint8_t>{40, 40, 40}));
        QCOMPARE(channelPicture(pixel, PictureChannel::Rgb, {}).pixels,
                 (std::vector<std::uint8_t>{10, 20, 30}));
    }

    void psnrKnownValues() {
        const Image black(4, 4, 3, 0);
        QVERIFY(std::isinf(psnr(black, black)));
        QVERIFY(std::abs(psnr(black, Image(4, 4, 3, 255))) < 1e-9);
        QVERIFY(std::abs(psnr(black, Image(4, 4, 3, 51)) - 20 * std::log10(5.0)) < 1e-9);
        QVERIFY(std::isnan(psnr(black, Image(3, 4, 3))));
    }

    void differenceIsSigned() {
        const Image black(1, 1, 3, 0);
        const Image white(1, 1, 3, 255);
        QVERIFY(std::abs(differenceMap(white, black).pixels[0] - 1) < 1e-6);
        QVERIFY(std::abs(differenceMap(black, white).pixels[0] + 1) < 1e-6);
        QVERIFY(differenceMap(black, Image(2, 1, 3)).empty());
    }
};

VITRINE_TEST(TestCompose)
#include "tst_compose.moc"
