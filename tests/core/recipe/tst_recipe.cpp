// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/io/atomic_file.h"
#include "core/io/gif.h"
#include "core/recipe/drawn_style.h"
#include "core/recipe/morph.h"
#include "core/recipe/recipe.h"
#include "core/recipe/recipe_file.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

const std::vector<std::string> kIds{"stool", "windsor", "sofa", "bench"};

ChairRecipe twoStyles() {
    ChairRecipe recipe;
    recipe.model = "compact-128";
    recipe.modelStep = 1234567;
    recipe.corners = {{{"stool", 0, 1}}, {{"windsor", 1, 1}}};
    recipe.u = 0.25;
    recipe.view = {301, 20};
    recipe.theta.logZoom = 0.125f;
    return recipe;
}

}  // namespace

class TestRecipe : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jsonRoundTrip() {
        ChairRecipe recipe = twoStyles();
        recipe.kind = RecipeKind::Grid;
        recipe.columns = {"azimuth", linearValues(0, 348, 7)};
        recipe.rows = {"style", linearValues(-0.5, 1.5, 5)};
        recipe.background = BackgroundKind::Picture;
        recipe.backgroundFile = "/tmp/\xc3\xa4 \"b\".png";
        recipe.channel = PictureChannel::Rgb;
        recipe.boosts = {{"FC-4", 12, 20}, {"uconv-1", 3, -0.5f}};
        recipe.panel = R"({"a":1})";
        recipe.pictureHash = "0123456789abcdef";
        const auto again = recipeFromJson(recipeToJson(recipe));
        QVERIFY2(again.ok(), again ? "" : again.error().message.c_str());
        QVERIFY(*again == recipe);
        const auto requests = requestsOf(recipe, kIds).value();
        QCOMPARE(requests.size(), std::size_t(35));
        for (const ChairRequest& request : requests) QCOMPARE(request.boosts, recipe.boosts);
    }

    void aBackgroundMayHaveAnyName() {
        ChairRecipe recipe;
        recipe.corners = {{{"sofa", 1, 1}}};
        recipe.backgroundFile = "/tmp/St\xfchle 100%.png";
        const auto again = recipeFromJson(recipeToJson(recipe));
        QVERIFY2(again.ok(), again ? "" : again.error().message.c_str());
        QCOMPARE(again->backgroundFile, recipe.backgroundFile);
    }

    void newChairsAreNamedByTheirSeed() {
        ChairRecipe recipe = twoStyles();
        recipe.corners[1] = {{"new-7", -1, 1}};
        QVERIFY(*recipeFromJson(recipeToJson(recipe)) == recipe);
        const auto requests = requestsOf(recipe, kIds).value();
        QCOMPARE(requests.front().styleWeights.back().styleIndex, kFirstDrawnStyle + 7);
        const ChairRecipe again = recipeOf(requests.front(), kIds);
        QCOMPARE(again.corners.front().back().id, std::string("new-7"));
        QVERIFY(*recipeFromJson(recipeToJson(again)) == again);
        recipe.kind = RecipeKind::Morph;
        recipe.frames = {"chair", {0, kFirstDrawnStyle + 7}};
        QCOMPARE(requestsOf(recipe, kIds)->back().styleWeights, pureStyle(kFirstDrawnStyle + 7));
        recipe.frames.values = {kFirstDrawnStyle + kLargestStyleSeed};
        QVERIFY(*recipeFromJson(recipeToJson(recipe)) == recipe);
    }

    void morphRoundTrip() {
        ChairRecipe recipe = twoStyles();
        recipe.kind = RecipeKind::Morph;
        recipe.frames = {"style", morphPositions(7, MorphSchedule::Paper)};
        recipe.framesPerSecond = 25;
        QVERIFY(*recipeFromJson(recipeToJson(recipe)) == recipe);
    }

    void pictureAsksForOneMix() {
        const auto requests = requestsOf(twoStyles(), kIds);
        QVERIFY(requests.ok());
        QCOMPARE(requests->size(), std::size_t(1));
        QCOMPARE((*requests)[0].styleWeights, (StyleMix{{0, 0.75f}, {1, 0.25f}}));
        QCOMPARE((*requests)[0].view.azimuthDeg, 301.f);
        QCOMPARE((*requests)[0].theta.logZoom, 0.125f);
    }

    void idsWinOverIndices() {
        ChairRecipe recipe = twoStyles();
        recipe.corners = {{{"sofa", 0, 1}}};
        QCOMPARE((*requestsOf(recipe, kIds))[0].styleWeights, pureStyle(2));
    }

    void gridIsRowByRow() {
        ChairRecipe recipe = twoStyles();
        recipe.kind = RecipeKind::Grid;
        recipe.rows = {"chair", {3, 2}};
        recipe.columns = {"azimuth", {0, 90, 180}};
        const auto requests = requestsOf(recipe, kIds);
        QVERIFY(requests.ok());
        QCOMPARE(requests->size(), std::size_t(6));
        QCOMPARE((*requests)[1].styleWeights, pureStyle(3));
        QCOMPARE((*requests)[1].view.azimuthDeg, 90.f);
        QCOMPARE((*requests)[5].styleWeights, pureStyle(2));
        QCOMPARE((*requests)[5].view.azimuthDeg, 180.f);
    }

    void padGridIsBilinear() {
        ChairRecipe recipe;
        recipe.kind = RecipeKind::Grid;
        recipe.corners = {{{"", 0, 1}}, {{"", 1, 1}}, {{"", 2, 1}}, {{"", 3, 1}}};
        recipe.columns = {"style", {0, 1}};
        recipe.rows = {"style2", {0, 1}};
        const auto requests = requestsOf(recipe, kIds);
        for (int i = 0; i < 4; ++i) QCOMPARE((*requests)[std::size_t(i)].styleWeights, pureStyle(i));
    }

    void everyAxisIsUnderstood() {
        for (std::string_view key : axisParameters()) {
            ChairRecipe recipe = twoStyles();
            recipe.kind = RecipeKind::Morph;
            recipe.frames = {std::string(key), {0, 1}};
            QVERIFY2(requestsOf(recipe, kIds).ok(), key.data());
        }
    }

    void unknownChairIsNamed() {
        ChairRecipe recipe = twoStyles();
        recipe.corners[0][0].id = "throne";
        const auto requests = requestsOf(recipe, kIds);
        QVERIFY(!requests);
        QCOMPARE(requests.error().code, ErrorCode::NotFound);
        QVERIFY(requests.error().message.find("throne") != std::string::npos);
    }

    void badJson_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not json") << QByteArray("{nope");
        QTest::newRow("array") << QByteArray("[1,2]");
        QTest::newRow("someone else's") << QByteArray(R"({"prompt":"a chair"})");
        const auto with = [](const char* rest) {
            return QByteArray(R"({"format":"vitrine-chair","version":1,)") + rest + "}";
        };
        QTest::newRow("newer") << QByteArray(R"({"format":"vitrine-chair","version":99,"styles":[[]]})");
        QTest::newRow("no styles") << with(R"("u":0)");
        QTest::newRow("three corners") << with(R"("styles":[[],[],[]])");
        QTest::newRow("text for number") << with(R"("styles":[[]],"azimuth":"left")");
        QTest::newRow("huge number") << with(R"("styles":[[]],"azimuth":1e300)");
        QTest::newRow("unknown kind") << with(R"("styles":[[]],"kind":"film")");
        QTest::newRow("unknown axis")
            << with(R"("styles":[[]],"kind":"morph","frames":{"parameter":"taste","values":[1]})");
        QTest::newRow("no frames") << with(
            R"("styles":[[]],"kind":"morph","frames":{"parameter":"style","values":[]})");
        QTest::newRow("boosts no list") << with(R"("styles":[[]],"boosts":"FC-4")");
        QTest::newRow("boost no object") << with(R"("styles":[[]],"boosts":[3])");
        QTest::newRow("panel not text") << with(R"("styles":[[]],"panel":{"a":1})");
    }
    void badJson() {
        QFETCH(QByteArray, text);
        const auto recipe = recipeFromJson(text.toStdString());
        QVERIFY(!recipe);
        QCOMPARE(recipe.error().code, ErrorCode::BadFormat);
        QVERIFY(!recipe.error().message.empty());
    }

    void absurdGridIsRefused() {
        ChairRecipe recipe = twoStyles();
        recipe.kind = RecipeKind::Grid;
        recipe.columns = {"azimuth", linearValues(0, 1, 1000)};
        recipe.rows = {"elevation", linearValues(0, 1, 1000)};
        QVERIFY(!recipeFromJson(recipeToJson(recipe)));
    }

    void contactSheetPlacesCells() {
        const std::vector<Image> cells{Image(2, 2, 3, 1), Image(2, 2, 3, 2), Image(2, 2, 3, 3)};
        const Image sheet = contactSheet(cells, 2, 1);
        QCOMPARE(sheet.width, 5);
        QCOMPARE(sheet.height, 5);
        QCOMPARE(int(sheet.at(0, 0)), 1);
        QCOMPARE(int(sheet.at(0, 2)), 255);
        QCOMPARE(int(sheet.at(0, 3)), 2);
        QCOMPARE(int(sheet.at(3, 0)), 3);
        QCOMPARE(int(sheet.at(3, 3)), 255);
    }

    void gifCarriesItsRecipe() {
        QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "morph.gif";
        const std::vector<Image> frames{Image(8, 8, 3, 10), Image(8, 8, 3, 200)};
        ChairRecipe recipe = twoStyles();
        recipe.panel = std::string(2000, 'x');  // longer than one sub-block
        const std::string text = recipeToJson(recipe);
        QVERIFY(writeGifWithRecipe(file, frames, 10, text).ok());
        QCOMPARE(readRecipe(file)->value(), text);
        QCOMPARE(recipeFormat(file), std::string("vitrine-chair"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);

        std::string content = *readTextFile(file);
        for (std::size_t length :
             {std::size_t(0), std::size_t(6), std::size_t(14), content.size() / 2, content.size() - 3}) {
            QVERIFY(writeFileAtomically(file, std::string_view(content).substr(0, length)).ok());
            const auto recovered = readRecipe(file);
            QVERIFY(!recovered || !recovered->has_value() || (*recovered)->size() <= text.size());
        }
        QVERIFY(writeGif(file, frames, 10).ok());
        QVERIFY(!readRecipe(file)->has_value());
        QCOMPARE(recipeFormat(file), std::string());
    }

    void webpKeepsItsRecipe() {
        const QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "morph.webp";
        const std::string text = recipeToJson(ChairRecipe());
        QVERIFY(writeWebPWithRecipe(file, std::vector{Image(4, 3, 3, 9), Image(4, 3, 3, 80)}, 12, text).ok());
        QCOMPARE(readRecipe(file)->value(), text);
        QCOMPARE(recipeFormat(file), std::string("vitrine-chair"));
    }

    void aJsonFileMayBeARecipe() {
        const QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "style.json";
        const std::string text = recipeToJson(ChairRecipe());
        QVERIFY(writeFileAtomically(file, text).ok());
        QCOMPARE(readRecipe(file)->value(), text);
        QCOMPARE(recipeFormat(file), std::string("vitrine-chair"));
        for (const char* other : {R"({"vitrine": 1, "panels": {}})", "{", "[1]", ""}) {
            QVERIFY(writeFileAtomically(file, std::string_view(other)).ok());
            QCOMPARE(recipeFormat(file), std::string());
        }
    }

    void hashSeesEveryPixel() {
        Image image(3, 2, 3, 9);
        const std::string before = pictureHash(image);
        QCOMPARE(before.size(), std::size_t(16));
        image.at(1, 2, 2) = 8;
        QVERIFY(pictureHash(image) != before);
        QVERIFY(pictureHash(Image(2, 3, 3, 9)) != before);
    }
};

VITRINE_TEST(TestRecipe)
#include "tst_recipe.moc"
