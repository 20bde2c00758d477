// SPDX-License-Identifier: GPL-3.0-or-later
#include <webp/demux.h>

#include <QTemporaryDir>
#include <QtTest>

#include "core/io/atomic_file.h"
#include "core/io/webp_animation.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

struct DecodedWebP {
    std::vector<Image> frames;  ///< [H, W, 4]
    std::vector<int> endsMs;
    bool loopsForever = false;
};

DecodedWebP decodeWebP(const std::vector<std::byte>& content) {
    DecodedWebP decoded;
    const WebPData data{reinterpret_cast<const std::uint8_t*>(content.data()), content.size()};
    WebPAnimDecoder* decoder = WebPAnimDecoderNew(&data, nullptr);
    if (!decoder) return decoded;
    WebPAnimInfo info;
    WebPAnimDecoderGetInfo(decoder, &info);
    decoded.loopsForever = info.loop_count == 0;
    std::uint8_t* pixels = nullptr;
    int endMs = 0;
    while (WebPAnimDecoderHasMoreFrames(decoder) && WebPAnimDecoderGetNext(decoder, &pixels, &endMs)) {
        Image& frame = decoded.frames.emplace_back(Image(int(info.canvas_width), int(info.canvas_height), 4));
        std::copy_n(pixels, frame.pixels.size(), frame.pixels.data());
        decoded.endsMs.push_back(endMs);
    }
    WebPAnimDecoderDelete(decoder);
    return decoded;
}

/// Colours that no palette of 256 holds, shifted from frame to frame.
Image pattern(int shift, int channels) {
    Image image(24, 20, channels, 255);
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            for (int c = 0; c < channels; ++c)
                image.at(y, x, c) =
                    c == 3 ? std::uint8_t(x < 12 ? 255 : 90) : std::uint8_t(x * 7 + y * 11 * c + shift);
    return image;
}

}  // namespace

class TestWebPAnimation : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::filesystem::path at(const char* name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

private Q_SLOTS:
    void framesComeBackWithoutLoss() {
        const std::vector<Image> frames{pattern(0, 3), pattern(40, 3), pattern(90, 3)};
        QVERIFY(writeWebPAnimation(at("morph.webp"), frames, 16, "vitrine {}").ok());
        const auto content = readFile(at("morph.webp"));
        QVERIFY(content.ok());
        const DecodedWebP decoded = decodeWebP(*content);
        QCOMPARE(decoded.frames.size(), frames.size());
        QVERIFY(decoded.loopsForever);
        QCOMPARE(decoded.endsMs, (std::vector<int>{63, 125, 188}));
        for (std::size_t i = 0; i < frames.size(); ++i)
            for (int y = 0; y < 20; ++y)
                for (int x = 0; x < 24; ++x)
                    for (int c = 0; c < 3; ++c)
                        QCOMPARE(decoded.frames[i].at(y, x, c), frames[i].at(y, x, c));
        QCOMPARE(webpNote(*content), std::optional<std::string>("vitrine {}"));
    }

    void transparencyIsKept() {
        QVERIFY(writeWebPAnimation(at("clear.webp"), std::vector{pattern(3, 4), pattern(60, 4)}, 10).ok());
        const auto content = readFile(at("clear.webp"));
        const DecodedWebP decoded = decodeWebP(*content);
        QCOMPARE(decoded.frames.size(), std::size_t(2));
        QCOMPARE(int(decoded.frames[0].at(3, 20, 3)), 90);
        QVERIFY(!webpNote(*content).has_value());
    }

    void whatNoAnimationCanHoldIsRefused() {
        QVERIFY(!writeWebPAnimation(at("none.webp"), {}, 10).ok());
        QVERIFY(!writeWebPAnimation(at("none.webp"), std::vector{Image(4, 4, 3), Image(5, 4, 3)}, 10).ok());
        QVERIFY(!writeWebPAnimation(at("none.webp"), std::vector{Image(4, 4, 3)}, 0).ok());
        QVERIFY(!std::filesystem::exists(at("none.webp")));
    }

    void damagedFilesHaveNoNote() {
        QVERIFY(writeWebPAnimation(at("cut.webp"), std::vector{pattern(0, 3), pattern(9, 3)}, 10, "x").ok());
        const auto content = readFile(at("cut.webp"));
        for (std::size_t length = 0; length < content->size(); length += 7)
            QVERIFY(!webpNote(std::span(*content).first(length)).has_value());
    }
};

VITRINE_TEST(TestWebPAnimation)
#include "tst_webp_animation.moc"
