// SPDX-License-Identifier: GPL-3.0-or-later
#include <gif_lib.h>

#include <QTemporaryDir>
#include <QtTest>

#include "core/io/gif.h"
#include "core/io/palette.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

struct DecodedGif {
    std::vector<Image> frames;
    int delayHundredths = 0;
    bool loops = false;
};

Image decodeFrame(const GifFileType& gif, const SavedImage& saved) {
    Image image(saved.ImageDesc.Width, saved.ImageDesc.Height, 3);
    for (std::size_t i = 0; i < image.pixels.size() / 3; ++i) {
        const GifColorType colour = gif.SColorMap->Colors[saved.RasterBits[i]];
        image.pixels[3 * i] = colour.Red;
        image.pixels[3 * i + 1] = colour.Green;
        image.pixels[3 * i + 2] = colour.Blue;
    }
    return image;
}

DecodedGif decodeGif(const std::filesystem::path& file) {
    DecodedGif decoded;
    GifFileType* gif = DGifOpenFileName(file.c_str(), nullptr);
    if (!gif) return decoded;
    if (DGifSlurp(gif) == GIF_OK) {
        for (int i = 0; i < gif->ImageCount; ++i) {
            const SavedImage& saved = gif->SavedImages[i];
            decoded.frames.push_back(decodeFrame(*gif, saved));
            GraphicsControlBlock control;
            if (DGifSavedExtensionToGCB(gif, i, &control) == GIF_OK)
                decoded.delayHundredths = control.DelayTime;
            for (int e = 0; e < saved.ExtensionBlockCount; ++e) {
                decoded.loops |= saved.ExtensionBlocks[e].Function == APPLICATION_EXT_FUNC_CODE;
            }
        }
    }
    DGifCloseFile(gif, nullptr);
    return decoded;
}

Image disc(int size, int radius, std::array<std::uint8_t, 3> colour) {
    Image image(size, size, 3, 255);
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            if ((x - size / 2) * (x - size / 2) + (y - size / 2) * (y - size / 2) > radius * radius) continue;
            for (int c = 0; c < 3; ++c) image.at(y, x, c) = colour[std::size_t(c)];
        }
    }
    return image;
}

int largestDifference(const Image& a, const Image& b) {
    int largest = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i)
        largest = std::max(largest, std::abs(int(a.pixels[i]) - int(b.pixels[i])));
    return largest;
}

}  // namespace

class TestGif : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fewColoursAreExact();
    void manyColoursAreClose();
    void backgroundStaysWhite();
    void paletteHoldsEveryColourOfASmallSet();
    void unusableFramesAreRefused();
    void unwritablePlaceIsAnError();

private:
    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    QTemporaryDir m_folder;
};

void TestGif::fewColoursAreExact() {
    const std::vector<Image> frames = {
        disc(33, 5, {200, 10, 30}), disc(33, 9, {10, 200, 30}), disc(33, 14, {0, 0, 0})};
    QVERIFY(writeGif(path("discs.gif"), frames, 20));
    const DecodedGif decoded = decodeGif(path("discs.gif"));
    QCOMPARE(decoded.frames.size(), frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) QCOMPARE(decoded.frames[i], frames[i]);
    QCOMPARE(decoded.delayHundredths, 5);
    QVERIFY(decoded.loops);
}

void TestGif::manyColoursAreClose() {
    Image ramp(64, 64, 3);
    for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 64; ++x) {
            ramp.at(y, x, 0) = std::uint8_t(4 * x);
            ramp.at(y, x, 1) = std::uint8_t(4 * y);
            ramp.at(y, x, 2) = std::uint8_t(255 - 2 * (x + y));
        }
    }
    QVERIFY(writeGif(path("ramp.gif"), std::vector{ramp}, 25));
    const DecodedGif decoded = decodeGif(path("ramp.gif"));
    QCOMPARE(decoded.frames.size(), std::size_t(1));
    QVERIFY(largestDifference(decoded.frames[0], ramp) <= 20);
}

void TestGif::backgroundStaysWhite() {
    std::vector<Image> frames;
    for (int i = 0; i < 40; ++i) {
        frames.push_back(disc(
            64, 10 + i % 16, {std::uint8_t(100 + 4 * i), std::uint8_t(250 - 6 * i), std::uint8_t(5 * i)}));
    }
    QVERIFY(writeGif(path("white.gif"), frames, 10));
    for (const Image& frame : decodeGif(path("white.gif")).frames) {
        for (int c = 0; c < 3; ++c) QCOMPARE(int(frame.at(0, 0, c)), 255);
    }
}

void TestGif::paletteHoldsEveryColourOfASmallSet() {
    const Image image = disc(16, 4, {8, 16, 24});
    const Palette palette = Palette::ofFrames(std::vector{image});
    QCOMPARE(palette.colours().size(), std::size_t(2));
    const std::uint8_t white[] = {255, 255, 255};
    QVERIFY((palette.colours()[palette.indexOf(white)] == Palette::Colour{255, 255, 255}));
}

void TestGif::unusableFramesAreRefused() {
    const auto refused = [&](const std::vector<Image>& frames, int framesPerSecond) {
        const Status status = writeGif(path("refused.gif"), frames, framesPerSecond);
        return !status && status.error().code == ErrorCode::InvalidArgument &&
               !std::filesystem::exists(path("refused.gif"));
    };
    QVERIFY(refused({}, 20));
    QVERIFY(refused({Image(4, 4, 4)}, 20));
    QVERIFY(refused({Image(4, 4, 3), Image(5, 4, 3)}, 20));
    QVERIFY(refused({Image(4, 4, 3)}, 0));
    QVERIFY(refused({Image(4, 4, 3)}, 51));
}

void TestGif::unwritablePlaceIsAnError() {
    const Status status = writeGif(path("no/such/folder/x.gif"), std::vector{Image(4, 4, 3)}, 20);
    QVERIFY(!status);
    QVERIFY(QString::fromStdString(status.error().message).contains(QStringLiteral("x.gif")));
}

VITRINE_TEST(TestGif)
#include "tst_gif.moc"
