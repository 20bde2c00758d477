// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/base/random.h"
#include "core/io/atomic_file.h"
#include "core/io/image_file.h"
#include "core/io/png.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

Image noise(int width, int height, int channels) {
    Image image(width, height, channels);
    Rng rng({7, std::uint64_t(width), std::uint64_t(channels)});
    for (auto& value : image.pixels) value = std::uint8_t(rng.below(256));
    return image;
}

}  // namespace

class TestPng : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_file = fs::path(m_dir->path().toStdString()) / "picture.png";
    }

    void roundTrip_data() {
        QTest::addColumn<int>("channels");
        QTest::newRow("RGB") << 3;
        QTest::newRow("RGBA") << 4;
    }
    void roundTrip() {
        QFETCH(int, channels);
        const Image image = noise(37, 21, channels);
        QVERIFY(writePng(m_file, image).ok());
        QVERIFY(readImage(m_file).value() == image);
        QVERIFY(!readPngRecipe(m_file).value().has_value());
    }

    void greyComesBackAsThreeEqualChannels() {
        const Image labels = noise(16, 9, 1);
        QVERIFY(writePng(m_file, labels).ok());
        const Image image = readImage(m_file).value();
        QCOMPARE(image.channels, 3);
        for (int y = 0; y < 9; ++y)
            for (int x = 0; x < 16; ++x)
                for (int c = 0; c < 3; ++c) QCOMPARE(image.at(y, x, c), labels.at(y, x));
    }

    void recipeRoundTrip_data() {
        QTest::addColumn<QByteArray>("recipe");
        QTest::newRow("json") << QByteArray(R"({"styles":[{"id":"windsor-chair","weight":0.5}]})");
        QTest::newRow("unicode") << QByteArray("{\"name\":\"Fauteuil d\u2019\u00e9t\u00e9 \u6905\u5b50\"}");
        QTest::newRow("long") << QByteArray(300000, 'a');
    }
    void recipeRoundTrip() {
        QFETCH(QByteArray, recipe);
        QVERIFY(writePng(m_file, noise(8, 8, 3), recipe.toStdString()).ok());
        QCOMPARE(QByteArray::fromStdString(readPngRecipe(m_file).value().value()), recipe);
    }

    void refusesImpossiblePictures() {
        QCOMPARE(writePng(m_file, Image()).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(writePng(m_file, Image(4, 4, 2)).error().code, ErrorCode::InvalidArgument);
        Image torn(4, 4, 3);
        torn.pixels.resize(5);
        QCOMPARE(writePng(m_file, torn).error().code, ErrorCode::InvalidArgument);
        QVERIFY(!fs::exists(m_file));
    }

    void recipeOfBrokenFiles() {
        QCOMPARE(readPngRecipe(m_file).error().code, ErrorCode::NotFound);
        for (const char* content : {"", "short", "GIF89a is another kind of file"}) {
            QVERIFY(writeFileAtomically(m_file, std::string_view(content)).ok());
            QCOMPARE(readPngRecipe(m_file).error().code, ErrorCode::BadFormat);
        }
    }

    void truncatedRecipeIsAnErrorAtEveryLength() {
        const auto whole = encodePng(noise(8, 8, 3), R"({"kind":"chairs"})").value();
        for (std::size_t length = 0; length < 150; ++length) {
            QVERIFY(writeFileAtomically(m_file, std::span(whole).first(length)).ok());
            const auto recipe = readPngRecipe(m_file);
            if (!recipe) continue;
            QVERIFY2(recipe->has_value(), "what is read is the recipe or an error, never nothing");
            QCOMPARE(**recipe, std::string(R"({"kind":"chairs"})"));
        }
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_file;
};

VITRINE_TEST(TestPng)
#include "tst_png.moc"
