// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/base/base64.h"
#include "core/recipe/recipe.h"
#include "core/recipe/segmentation_recipe.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

Image noisyImage(int width, int height, int channels) {
    Image image(width, height, channels);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = std::uint8_t(i * 37 % 251);
    return image;
}

SegmentationRecipe wholeRecipe() {
    SegmentationRecipe recipe;
    recipe.model = "cvae";
    recipe.pictureName = "A chair";
    recipe.part = SegmentationPart::Sample;
    recipe.sample = 3;
    recipe.panel = "{\"opacity\":0.5}";
    recipe.request.image = noisyImage(24, 24, 3);
    recipe.request.omission = LabelMap(24, 24, 1);
    recipe.request.observed = LabelMap(24, 24, kUnknownLabel);
    recipe.request.truth = LabelMap(24, 24, 2);
    recipe.request.numSamples = 7;
    recipe.request.seed = 18446744073709551615ull;
    recipe.request.temperature = 0.25;
    recipe.request.numSamplingSteps = 3;
    recipe.request.numSteps = 17;
    recipe.request.numSweeps = 5;
    recipe.request.samplingSweeps = false;
    recipe.request.forced = {{3, 1.5}};
    return recipe;
}

std::string with(std::string text, const std::string& before, const std::string& after) {
    const auto at = text.find(before);
    return at == std::string::npos ? std::string() : text.replace(at, before.size(), after);
}

}  // namespace

class TestSegmentationRecipe : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void base64IsThatOfTheStandard_data() {
        QTest::addColumn<QByteArray>("plain");
        for (const char* plain : {"", "f", "fo", "foo", "foob", "\xff\xfe\xfd\xfc"})
            QTest::newRow(plain) << QByteArray(plain);
    }
    void base64IsThatOfTheStandard() {
        QFETCH(QByteArray, plain);
        const auto bytes = std::as_bytes(std::span(plain.constData(), std::size_t(plain.size())));
        const std::string text = toBase64(bytes);
        QCOMPARE(QByteArray::fromStdString(text), plain.toBase64());
        const auto back = fromBase64(text);
        QVERIFY(back && std::ranges::equal(*back, bytes));
    }
    void whatIsNoBase64IsRefused() {
        for (const char* text : {"a", "abc", "ab*d", "a===", "=abc"}) QVERIFY2(!fromBase64(text), text);
    }

    void everythingSurvives() {
        const SegmentationRecipe recipe = wholeRecipe();
        const std::string text = recipeToJson(recipe);
        QVERIFY(isSegmentationRecipe(text));
        const auto read = segmentationRecipeFromJson(text);
        QVERIFY(read.ok());
        QCOMPARE(recipeToJson(*read), text);
        QVERIFY(read->request.image == recipe.request.image &&
                read->request.observed == recipe.request.observed);
        QCOMPARE(read->request.seed, recipe.request.seed);
        QCOMPARE(read->request.temperature, 0.25);
        QCOMPARE(read->request.numSamplingSteps, 3);
        QCOMPARE(read->request.numSteps, 17);
        QCOMPARE(read->sample, 3);
        QVERIFY(read->request.forced == recipe.request.forced);
    }

    void formerKeysAreRead() {
        std::string text = recipeToJson(wholeRecipe());
        text = with(text, "\"temperature\":0.25", "\"spread\":0.25");
        text = with(text, "\"samplingSteps\":3", "\"numParts\":3");
        const auto read = segmentationRecipeFromJson(text);
        QVERIFY(read.ok());
        QCOMPARE(read->request.temperature, 0.25);
        QCOMPARE(read->request.numSamplingSteps, 3);
        QCOMPARE(recipeToJson(*read), recipeToJson(wholeRecipe()));
    }

    void eachPictureHasItsOwnPart() {
        const std::string text = recipeOfPart(recipeToJson(wholeRecipe()), SegmentationPart::Entropy);
        const auto read = segmentationRecipeFromJson(text);
        QVERIFY(read->part == SegmentationPart::Entropy);
        QVERIFY(segmentationRecipeFromJson(recipeOfPart(text, SegmentationPart::Sample, 6))->sample == 6);
    }

    void aSquareRequestStaysAsItIs() {
        SegmentationRequest request = wholeRecipe().request;
        request.image = noisyImage(40, 30, 4);
        for (LabelMap* map : {&request.omission, &request.observed, &request.truth}) {
            *map = LabelMap(40, 30);
            map->pixels = noisyImage(40, 30, 1).pixels;
        }
        const SegmentationRequest once = squareRequest(request, 32), twice = squareRequest(once, 32);
        QCOMPARE(once.image.width, 32);
        QVERIFY(once.image == twice.image && once.omission == twice.omission &&
                once.observed == twice.observed && once.truth == twice.truth);
    }

    void badRecipesNameTheField_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* before, const char* after, const char* named) {
            QTest::newRow(named) << QString::fromLatin1(before) << QString::fromLatin1(after)
                                 << QString::fromLatin1(named);
        };
        row("\"numSamples\":7", "\"numSamples\":0", "numSamples");
        row("\"seed\":18446744073709551615", "\"seed\":-1", "seed");
        row("\"temperature\":0.25", "\"temperature\":-1", "temperature");
        row("\"samplingSteps\":3", "\"samplingSteps\":\"two\"", "samplingSteps");
        row("\"numSteps\":17", "\"numSteps\":257", "numSteps");
        row("\"part\":\"sample\"", "\"part\":\"attic\"", "part");
        row("\"picture\":\"", "\"picture\":\"AAAA", "picture");
        row("\"omission\":\"iVBORw0KGgo", "\"omission\":\"****", "omission");
        row("\"samplingSweeps\":false", "\"samplingSweeps\":3", "samplingSweeps");
        row("\"forced\":[{", "\"forced\":[7,{", "forced");
        row("\"version\":1", "\"version\":2", "newer version");
        row("vitrine-segmentation", "vitrine-chair", "segmentation recipes");
    }
    void badRecipesNameTheField() {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, named);
        const std::string text = with(recipeToJson(wholeRecipe()), before.toStdString(), after.toStdString());
        QVERIFY(!text.empty());
        const auto read = segmentationRecipeFromJson(text);
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().message).contains(named), read.error().message.c_str());
    }

    void mapsOfAnotherSizeAreRefused() {
        SegmentationRecipe recipe = wholeRecipe();
        recipe.request.truth = LabelMap(23, 24);
        const auto read = segmentationRecipeFromJson(recipeToJson(recipe));
        QVERIFY(!read);
        QVERIFY(read.error().message.find("truth") != std::string::npos);
    }
};

VITRINE_TEST(TestSegmentationRecipe)
#include "tst_segmentation_recipe.moc"
