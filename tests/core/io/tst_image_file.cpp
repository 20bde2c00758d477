// SPDX-License-Identifier: GPL-3.0-or-later
// jpeglib.h uses FILE and does not declare it.
// clang-format off
#include <cstdio>
#include <jpeglib.h>
// clang-format on
#include <png.h>
#include <webp/encode.h>
#include <zlib.h>

#include <QTemporaryDir>
#include <QTest>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/base/random.h"
#include "core/io/image_file.h"
#include "core/io/label_png.h"
#include "core/io/orientation.h"
#include "core/io/png.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;
using Bytes = std::vector<std::byte>;

namespace {

struct PngKind {
    int colourType = PNG_COLOR_TYPE_RGB;
    int bitDepth = 8;
    int interlace = PNG_INTERLACE_NONE;
};

/// A PNG of any kind out of raw rows, with libpng in its plainest use. Palette: entry i is (i * 60, 255 - i *
/// 60, i).
Bytes pngOfRows(const PngKind& kind, int width, int height, std::vector<std::vector<std::uint8_t>> rows) {
    Bytes bytes;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(
        png,
        &bytes,
        [](png_structp writer, png_bytep data, std::size_t count) {
            auto* out = static_cast<Bytes*>(png_get_io_ptr(writer));
            const auto* from = reinterpret_cast<const std::byte*>(data);
            out->insert(out->end(), from, from + count);
        },
        nullptr);
    png_set_IHDR(png,
                 info,
                 png_uint_32(width),
                 png_uint_32(height),
                 kind.bitDepth,
                 kind.colourType,
                 kind.interlace,
                 PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (kind.colourType == PNG_COLOR_TYPE_PALETTE) {
        png_color palette[4];
        for (int i = 0; i < 4; ++i) palette[i] = {png_byte(i * 60), png_byte(255 - i * 60), png_byte(i)};
        png_set_PLTE(png, info, palette, 4);
    }
    png_write_info(png, info);
    std::vector<png_bytep> pointers;
    for (auto& row : rows) pointers.push_back(row.data());
    png_write_image(png, pointers.data());
    png_write_end(png, nullptr);
    png_destroy_write_struct(&png, &info);
    return bytes;
}

/// A JPEG of one even colour, so that what comes back is known to a few grey levels. `stored`: colour space
/// in the file.
Bytes jpegOfColour(J_COLOR_SPACE input,
                   J_COLOR_SPACE stored,
                   std::vector<std::uint8_t> colour,
                   int width,
                   int height,
                   bool progressive = false) {
    jpeg_compress_struct encoder = {};
    jpeg_error_mgr errors = {};
    encoder.err = jpeg_std_error(&errors);
    jpeg_create_compress(&encoder);
    unsigned char* buffer = nullptr;
    unsigned long length = 0;
    jpeg_mem_dest(&encoder, &buffer, &length);
    encoder.image_width = JDIMENSION(width);
    encoder.image_height = JDIMENSION(height);
    encoder.input_components = int(colour.size());
    encoder.in_color_space = input;
    jpeg_set_defaults(&encoder);
    jpeg_set_colorspace(&encoder, stored);
    jpeg_set_quality(&encoder, 95, TRUE);
    if (progressive) jpeg_simple_progression(&encoder);
    jpeg_start_compress(&encoder, TRUE);
    std::vector<std::uint8_t> row;
    for (int x = 0; x < width; ++x) row.insert(row.end(), colour.begin(), colour.end());
    JSAMPROW pointer = row.data();
    for (int y = 0; y < height; ++y) jpeg_write_scanlines(&encoder, &pointer, 1);
    jpeg_finish_compress(&encoder);
    const auto* begin = reinterpret_cast<const std::byte*>(buffer);
    Bytes bytes(begin, begin + length);
    jpeg_destroy_compress(&encoder);
    std::free(buffer);
    return bytes;
}

Bytes photo() {  // noise, so that it is long and every part of it matters
    Image image(64, 48, 3);
    Rng rng({3});
    for (auto& value : image.pixels) value = std::uint8_t(rng.below(256));
    return encodePng(image).value();
}

Bytes webPOf(const Image& image) {
    std::uint8_t* buffer = nullptr;
    const auto encode = image.channels == 4 ? WebPEncodeLosslessRGBA : WebPEncodeLosslessRGB;
    const std::size_t size =
        encode(image.pixels.data(), image.width, image.height, image.width * image.channels, &buffer);
    const auto* begin = reinterpret_cast<const std::byte*>(buffer);
    Bytes bytes(begin, begin + size);
    WebPFree(buffer);
    return bytes;
}

/// A grey PNG of 3 x 1 pixels, 1 2 3, with an Exif chunk that asks for a turn to the right.
Bytes turnedPng() {
    Bytes png = pngOfRows({PNG_COLOR_TYPE_GRAY}, 3, 1, {{1, 2, 3}});
    const unsigned char body[] = {'e', 'X', 'I', 'f', 'I', 'I', '*', 0, 8, 0, 0, 0, 1, 0, 0x12,
                                  1,   3,   0,   1,   0,   0,   0,   6, 0, 0, 0, 0, 0, 0, 0};
    const auto crc = std::uint32_t(crc32(0, body, sizeof body));
    Bytes chunk;
    const auto addWord = [&](std::uint32_t word) {
        for (int shift = 24; shift >= 0; shift -= 8) chunk.push_back(std::byte(word >> shift & 0xff));
    };
    addWord(sizeof body - 4);
    for (const unsigned char byte : body) chunk.push_back(std::byte(byte));
    addWord(crc);
    constexpr int kAfterHeader = 8 + 25;
    png.insert(png.begin() + kAfterHeader, chunk.begin(), chunk.end());
    return png;
}

bool isNear(const Image& image, int r, int g, int b) {
    for (std::size_t i = 0; i < image.pixels.size(); i += std::size_t(image.channels))
        if (std::abs(image.pixels[i] - r) > 3 || std::abs(image.pixels[i + 1] - g) > 3 ||
            std::abs(image.pixels[i + 2] - b) > 3)
            return false;
    return true;
}

}  // namespace

class TestImageFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void greyWithAlphaBecomesRgba() {
        const Bytes png = pngOfRows({PNG_COLOR_TYPE_GRAY_ALPHA}, 2, 1, {{100, 255, 50, 10}});
        const Image image = decodeImage(png, "a.png").value();
        QCOMPARE(image.channels, 4);
        QVERIFY((image.pixels == std::vector<std::uint8_t>{100, 100, 100, 255, 50, 50, 50, 10}));
    }

    void sixteenBitsKeepTheirBrightness() {
        const Bytes png = pngOfRows({PNG_COLOR_TYPE_RGB, 16}, 1, 1, {{0x80, 0x80, 0x40, 0x40, 0xff, 0xff}});
        const Image image = decodeImage(png, "a.png").value();
        QVERIFY(isNear(image, 128, 64, 255));
    }

    void oneBitGrey() {
        const Image image =
            decodeImage(pngOfRows({PNG_COLOR_TYPE_GRAY, 1}, 8, 1, {{0b10100000}}), "a.png").value();
        QCOMPARE(int(image.at(0, 0)), 255);
        QCOMPARE(int(image.at(0, 1)), 0);
        QCOMPARE(int(image.at(0, 2)), 255);
    }

    void palette() {
        const Image image =
            decodeImage(pngOfRows({PNG_COLOR_TYPE_PALETTE}, 2, 2, {{0, 1}, {2, 3}}), "a.png").value();
        QVERIFY((image.pixels == std::vector<std::uint8_t>{0, 255, 0, 60, 195, 1, 120, 135, 2, 180, 75, 3}));
    }

    void interlacedRowsComeInOrder() {
        std::vector<std::vector<std::uint8_t>> rows;
        for (int y = 0; y < 9; ++y) rows.emplace_back(9, std::uint8_t(y * 20));
        const Bytes png = pngOfRows({PNG_COLOR_TYPE_GRAY, 8, PNG_INTERLACE_ADAM7}, 9, 9, rows);
        const Image image = decodeImage(png, "a.png").value();
        for (int y = 0; y < 9; ++y) QCOMPARE(int(image.at(y, 4)), y * 20);
    }

    void jpegs_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QList<int>>("colour");
        const auto add = [](const char* name, const Bytes& bytes, QList<int> colour) {
            QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(bytes.data()),
                                              qsizetype(bytes.size()))
                                << colour;
        };
        add("colour", jpegOfColour(JCS_RGB, JCS_YCbCr, {200, 100, 50}, 20, 12), {200, 100, 50});
        add("progressive", jpegOfColour(JCS_RGB, JCS_YCbCr, {200, 100, 50}, 20, 12, true), {200, 100, 50});
        add("grey", jpegOfColour(JCS_GRAYSCALE, JCS_GRAYSCALE, {77}, 20, 12), {77, 77, 77});
        // libjpeg writes Adobe's marker with both, and Adobe stores inks inverted: 255 = none.
        add("CMYK", jpegOfColour(JCS_CMYK, JCS_CMYK, {255, 128, 0, 200}, 20, 12), {200, 100, 0});
        add("YCCK", jpegOfColour(JCS_CMYK, JCS_YCCK, {255, 128, 0, 200}, 20, 12), {200, 100, 0});
    }
    void jpegs() {
        QFETCH(QByteArray, file);
        QFETCH(QList<int>, colour);
        const Image image =
            decodeImage(std::as_bytes(std::span(file.constData(), std::size_t(file.size()))), "a.jpg")
                .value();
        QCOMPARE(image.width, 20);
        QCOMPARE(image.height, 12);
        QCOMPARE(image.channels, 3);
        QVERIFY(isNear(image, colour[0], colour[1], colour[2]));
    }

    void ppmsAndPgms() {
        const auto decoded = [](const std::string& text) {
            return decodeImage(std::as_bytes(std::span(text)), "picture").value();
        };
        const Image colours = decoded("P6\n# a comment\n2 1 # another\n255\nabcxyz");
        QCOMPARE(colours.width, 2);
        QCOMPARE(colours.channels, 3);
        QCOMPARE(colours.pixels, (std::vector<std::uint8_t>{'a', 'b', 'c', 'x', 'y', 'z'}));
        QCOMPARE(decoded("P5 1 2 255 #7").pixels, (std::vector<std::uint8_t>{'#', '#', '#', '7', '7', '7'}));
    }

    void webP() {
        for (const int channels : {3, 4}) {
            Image image(5, 3, channels);
            for (std::size_t i = 0; i < image.pixels.size(); ++i)
                image.pixels[i] = std::uint8_t(i % 4 == 3 && channels == 4 ? 200 : 3 * i);
            const Bytes file = webPOf(image);
            QVERIFY(decodeImage(file, "a.webp").value() == image);
            QCOMPARE(decodeImage(std::span(file).first(file.size() - 4), "a.webp").error().code,
                     ErrorCode::BadFormat);
        }
    }

    // ---- turned by a note of the camera

    void everyOrientation_data() {
        QTest::addColumn<int>("orientation");
        QTest::addColumn<QByteArray>("seen");
        // Stored are the rows "ab", "cd", "ef".
        const char* seen[] = {"abcdef", "badcfe", "fedcba", "efcdab", "acebdf", "ecafdb", "fdbeca", "bdface"};
        for (int i = 0; i < 8; ++i) QTest::addRow("%d", i + 1) << i + 1 << QByteArray(seen[i]);
    }
    void everyOrientation() {
        QFETCH(int, orientation);
        QFETCH(QByteArray, seen);
        Image stored(2, 3, 1);
        for (int i = 0; i < 6; ++i) stored.pixels[std::size_t(i)] = std::uint8_t('a' + i);
        const Image image = upright(stored, orientation);
        QCOMPARE(image.width, orientation < 5 ? 2 : 3);
        QCOMPARE(image.height, orientation < 5 ? 3 : 2);
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(image.pixels.data()), 6), seen);
    }

    void photographsStandUpright() {
        const fs::path folder = fs::path(VITRINE_TEST_DATA) / "pictures";
        const Image photograph = readImage(folder / "phone.jpg").value();
        QCOMPARE(photograph.width, 96);
        QCOMPARE(photograph.height, 160);
        const LabelMap mask = readLabelPng(folder / "mask.png").value();
        QCOMPARE(mask.width, photograph.width);
        QCOMPARE(mask.height, photograph.height);
    }

    void pngsAndMasksStandUpright() {
        const Bytes png = turnedPng();
        const Image image = decodeImage(png, "a.png").value();
        QCOMPARE(image.width, 1);
        QCOMPARE(image.pixels, (std::vector<std::uint8_t>{1, 1, 1, 2, 2, 2, 3, 3, 3}));
        QCOMPARE(decodeImage(png, "texture.png", Orientation::AsStored)->width, 3);
        const QTemporaryDir dir;
        const fs::path file = fs::path(dir.path().toStdString()) / "mask.png";
        std::ofstream(file, std::ios::binary)
            .write(reinterpret_cast<const char*>(png.data()), std::streamsize(png.size()));
        const LabelMap mask = readLabelPng(file).value();
        QCOMPARE(mask.height, 3);
        QCOMPARE(mask.pixels, (std::vector<std::uint8_t>{1, 2, 3}));
    }

    void webPsStandUpright() {
        Bytes file = webPOf(Image(3, 2, 3, 9));
        // The plain kind holds no notes, but a reader looks at any chunk.
        const unsigned char notes[] = {'E', 'X', 'I',  'F', 26, 0, 0, 0, 'M', 'M', 0, '*', 0, 0, 0, 8, 0,
                                       1,   1,   0x12, 0,   3,  0, 0, 0, 1,   0,   8, 0,   0, 0, 0, 0, 0};
        for (const unsigned char byte : notes) file.push_back(std::byte(byte));
        QCOMPARE(orientationOf(file), 8);
        QCOMPARE(decodeImage(file, "a.webp")->width, 2);
    }

    void cutOffNotesAreIgnored() {
        const Bytes png = turnedPng();
        for (std::size_t length = 0; length < png.size(); ++length) {
            const int orientation = orientationOf(std::span(png).first(length));
            QVERIFY(orientation == 1 || orientation == 6);
        }
    }

    void refusesWhatIsNoPicture_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        QTest::newRow("empty") << QByteArray() << int(ErrorCode::BadFormat);
        QTest::newRow("text") << QByteArray("hello") << int(ErrorCode::Unsupported);
        QTest::newRow("gif") << QByteArray("GIF89a......") << int(ErrorCode::Unsupported);
        QTest::newRow("only the magic of a PNG")
            << QByteArray("\x89PNG\r\n\x1a\n") << int(ErrorCode::BadFormat);
        QTest::newRow("only the magic of a JPEG") << QByteArray("\xff\xd8\xff") << int(ErrorCode::BadFormat);
        QTest::newRow("JPEG of noise")
            << QByteArray("\xff\xd8\xff") + QByteArray(5000, '\x5a') << int(ErrorCode::BadFormat);
        QTest::newRow("only the magic of a PPM") << QByteArray("P6") << int(ErrorCode::BadFormat);
        QTest::newRow("PPM without values") << QByteArray("P6\n2 2\n") << int(ErrorCode::BadFormat);
        QTest::newRow("PPM of words") << QByteArray("P6 two two 255 ") << int(ErrorCode::BadFormat);
        QTest::newRow("PPM cut off") << QByteArray("P6\n2 2\n255\n12345678901") << int(ErrorCode::BadFormat);
        QTest::newRow("PPM without pixels") << QByteArray("P6\n0 2\n255\n") << int(ErrorCode::BadFormat);
        QTest::newRow("endless PPM") << QByteArray("P6\n99999999999999999999 2\n255\n")
                                     << int(ErrorCode::Unsupported);
        QTest::newRow("PPM of 16 bits")
            << QByteArray("P6\n1 1\n65535\n123456") << int(ErrorCode::Unsupported);
    }
    void refusesWhatIsNoPicture() {
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        const QTemporaryDir dir;
        const fs::path file = fs::path(dir.path().toStdString()) / "holiday.png";
        std::ofstream(file, std::ios::binary).write(content.constData(), content.size());
        const auto image = readImage(file);
        QVERIFY(!image.ok());
        QCOMPARE(int(image.error().code), code);
        QVERIFY2(image.error().message.find("holiday.png") != std::string::npos,
                 image.error().message.c_str());
    }

    void missingFile() { QCOMPARE(readImage("/no/such/picture.png").error().code, ErrorCode::NotFound); }

    void truncatedAnywhereIsAnError_data() {
        QTest::addColumn<bool>("jpeg");
        QTest::newRow("PNG") << false;
        QTest::newRow("JPEG") << true;
    }
    void truncatedAnywhereIsAnError() {
        QFETCH(bool, jpeg);
        const Bytes whole = jpeg ? jpegOfColour(JCS_RGB, JCS_YCbCr, {10, 20, 30}, 64, 64) : photo();
        QVERIFY(decodeImage(whole, "whole").ok());
        const std::size_t step = std::max<std::size_t>(1, whole.size() / 97);
        // The two bytes at a JPEG's end are a mark that carries no picture; decoders do without it.
        const std::size_t end = whole.size() - (jpeg ? 2 : 0);
        for (std::size_t length = 0; length < end; length += step)
            QVERIFY2(!decodeImage(std::span(whole).first(length), "cut").ok(),
                     std::to_string(length).c_str());
        QVERIFY(!decodeImage(std::span(whole).first(end - 1), "cut").ok());
    }

    void anyFlippedByteIsHandled() {
        const Bytes png = photo(), jpeg = jpegOfColour(JCS_RGB, JCS_YCbCr, {10, 20, 30}, 32, 32, true);
        int numRefused = 0;
        for (const Bytes* whole : {&png, &jpeg})
            for (std::size_t at = 0; at < std::min<std::size_t>(whole->size(), 900); ++at) {
                Bytes flipped = *whole;
                flipped[at] ^= std::byte(0xff);
                const auto image = decodeImage(flipped, "flipped");
                if (!image)
                    ++numRefused;
                else
                    QVERIFY(image->width > 0 && image->pixels.size() == std::size_t(image->width) *
                                                                            image->height * image->channels);
            }
        QVERIFY2(numRefused > 800, "nearly every flip in a PNG breaks a checksum");
    }

    void absurdSizeIsRefusedBeforeDecoding() {
        Bytes png = pngOfRows({PNG_COLOR_TYPE_GRAY, 1}, 8193, 1, {std::vector<std::uint8_t>(1025)});
        const auto wide = decodeImage(png, "poster.png");
        QCOMPARE(wide.error().code, ErrorCode::Unsupported);
        QVERIFY(wide.error().message.find("8193") != std::string::npos);
        const auto tall = decodeImage(jpegOfColour(JCS_GRAYSCALE, JCS_GRAYSCALE, {1}, 8, 9000), "poster.jpg");
        QCOMPARE(tall.error().code, ErrorCode::Unsupported);
        QVERIFY(decodeImage(pngOfRows({PNG_COLOR_TYPE_GRAY, 1}, 8192, 1, {std::vector<std::uint8_t>(1024)}),
                            "ok.png")
                    .ok());
    }
};

VITRINE_TEST(TestImageFile)
#include "tst_image_file.moc"
