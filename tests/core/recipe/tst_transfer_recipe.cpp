// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/io/atomic_file.h"
#include "core/recipe/recipe_kinds.h"
#include "core/recipe/transfer_curve.h"
#include "core/recipe/transfer_nearest.h"
#include "core/recipe/transfer_recipe.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

TransferRecipe fullRecipe() {
    TransferRecipe recipe;
    recipe.models = "/own/models";
    recipe.weightsHash = "abc";
    recipe.request = {"scan-006", TransferSetting::Elevation, {200, 30}};
    recipe.without = WithoutTransfer::Alone;
    recipe.likeness = TransferLikeness::Hog;
    recipe.hasNearest = recipe.hasReal = true;
    recipe.panel = R"({"views":"elevation"})";
    return recipe;
}

Image square(int side, std::uint8_t grey) {
    return Image(side, side, 4, grey);
}

ChairEntry chair(const std::string& id) {
    ChairEntry entry;
    entry.id = id;
    return entry;
}

}  // namespace

class TestTransferRecipe : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path at(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

private Q_SLOTS:
    void aRecipeKeepsItsValues() {
        const std::string text = recipeToJson(fullRecipe());
        QVERIFY(isTransferRecipe(text));
        const auto read = transferRecipeFromJson(text);
        QVERIFY2(read.ok(), read ? "" : read.error().message.c_str());
        QVERIFY(read->request == fullRecipe().request);
        QCOMPARE(recipeToJson(*read), text);
        QCOMPARE(normalisedRecipe(text).value(), text);
    }

    void aBadFieldIsNamed_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("name");
        QTest::newRow("target") << R"("scan-006")"
                                << R"("")"
                                << "target";
        QTest::newRow("views") << R"("views":"elevation")"
                               << R"("views":"7")"
                               << "views";
        QTest::newRow("without") << R"("alone")"
                                 << R"("all")"
                                 << "without";
        QTest::newRow("azimuth") << R"("azimuth":200.0)"
                                 << R"("azimuth":1e9)"
                                 << "azimuth";
        QTest::newRow("format") << R"("vitrine-transfer")"
                                << R"("vitrine-else")"
                                << "pictures of transfer";
    }
    void aBadFieldIsNamed() {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, name);
        TransferRecipe recipe = fullRecipe();
        recipe.panel.clear();
        QString text = QString::fromStdString(recipeToJson(recipe));
        QVERIFY2(text.contains(from), qPrintable(text));
        text.replace(from, to);
        const auto read = transferRecipeFromJson(text.toStdString());
        QVERIFY(!read.ok());
        QCOMPARE(read.error().code, ErrorCode::BadFormat);
        QVERIFY2(read.error().message.find(name.toStdString()) != std::string::npos,
                 read.error().message.c_str());
    }

    void aRowOfTheStripLeadsFromOneGivenViewToTheNext() {
        for (const TransferSetting setting : kTransferSettings) {
            const auto views = transferStripViews(setting);
            QCOMPARE(views.size(), std::size_t(kTransferStripColumns));
            QVERIFY(isGivenView(setting, views.front()));
            if (setting == TransferSetting::Views1)
                QCOMPARE(views.back().azimuthDeg, 360.0f);
            else
                QVERIFY(isGivenView(setting, views.back()));
        }
        QVERIFY(!isGivenView(TransferSetting::Views4, transferStripViews(TransferSetting::Views4)[4]));
    }

    void theSheetShowsWhatIsThere() {
        TransferResult result;
        result.pictures[std::size_t(SourceViews::All)] = square(64, 10);
        const Image one = transferSheet(result, WithoutTransfer::Few, {});
        QCOMPARE(one.width, 64);
        result.pictures[std::size_t(SourceViews::Few)] = square(64, 20);
        const Image all = transferSheet(result, WithoutTransfer::Few, {square(64, 30), square(64, 40)});
        QCOMPARE(all.width, 4 * 64);
        QVERIFY(all.height > 64);  // names
        QCOMPARE(transferSheet(result, WithoutTransfer::Alone, {}).width, 64);
    }

    void whatTheStripLacksIsWhite() {
        std::vector<Image> strip(std::size_t(10) * kTransferStripColumns);
        QVERIFY(transferStripSheet(strip).empty());
        strip.front() = Image(8, 8, 4, 0);
        strip.front().at(0, 0, 3) = 255;
        const Image sheet = transferStripSheet(strip);
        QCOMPARE(sheet.width, kTransferStripColumns * (8 + 2) - 2);
        QCOMPARE(sheet.height, 10 * (8 + 2) - 2);
        QCOMPARE(int(sheet.at(0, 0, 0)), 0);
        QCOMPARE(int(sheet.at(0, 12, 0)), 255);
    }

    void nearestSourcesAreKept() {
        const std::vector<NearestSource> all{
            {"bar-chair", TransferSetting::Views4, "scan-001", "oak-chair", "teak-chair"},
            {"bar-chair", TransferSetting::Elevation, "oak-chair", "oak-chair", ""}};
        const fs::path file = nearestSourcesFile(at("."));
        QVERIFY(writeNearestSources(file, all).ok());
        const auto read = readNearestSources(file);
        QVERIFY2(read.ok(), read ? "" : read.error().message.c_str());
        QVERIFY(*read == all);
        QVERIFY(findNearest(*read, "bar-chair", TransferSetting::Views2) == nullptr);
        QCOMPARE(findNearest(*read, "bar-chair", TransferSetting::Views4)->by(TransferLikeness::Hog),
                 std::string("oak-chair"));
    }

    void aDamagedListSaysHowToWriteIt() {
        QVERIFY(readNearestSources(at("none.json")).error().code == ErrorCode::NotFound);
        for (const char* text : {"{", "[]", R"({"format": "vitrine-transfer-nearest"})"}) {
            QVERIFY(writeFileAtomically(at("bad.json"), text).ok());
            const auto read = readNearestSources(at("bad.json"));
            QCOMPARE(read.error().code, ErrorCode::BadFormat);
            QVERIFY(read.error().message.find("--write-nearest") != std::string::npos);
        }
    }

    void aScanThatIsNotImportedHasANeighbourInTheCatalogue() {
        const std::vector<NearestSource> all{
            {"scan-006", TransferSetting::Views4, "scan-001", "oak-chair", "teak-chair"}};
        const std::vector<ChairEntry> chairs{chair("oak-chair"), chair("teak-chair")};
        const TransferRequest request{"scan-006", TransferSetting::Views4, {}};
        const ChairsBeside byRgb = chairsBeside(chairs, all, request, TransferLikeness::Rgb);
        QVERIFY(byRgb.real == nullptr);
        QCOMPARE(byRgb.nearest->id, std::string("teak-chair"));
        QVERIFY(byRgb.isNearestOfCatalogue);
        const ChairsBeside byHog = chairsBeside(chairs, all, request, TransferLikeness::Hog);
        QCOMPARE(byHog.nearest->id, std::string("oak-chair"));
        QVERIFY(!byHog.isNearestOfCatalogue);
        QVERIFY(chairsBeside(chairs, {}, request, TransferLikeness::Rgb).nearest == nullptr);
    }

    void theCurveIsReadFromThePage() {
        const ResultsPage page =
            readResultsPage("transfer",
                            "# Transfer\n\n## Figures\n\nSquared error of a picture\n\n"
                            "| method | views15 | views8 | views4 | views2 | views1 | "
                            "elevation |\n"
                            "|---|---|---|---|---|---|---|\n"
                            "| with transfer | **70.5** | 80 | - | 150 | 1,200 | 60 |\n\n"
                            "PSNR in dB\n\n| method | psnr15 |\n|---|---|\n"
                            "| with transfer | 22 |\n");
        const auto curves = transferCurves(page);
        QCOMPARE(curves.size(), std::size_t(1));
        QCOMPARE(curves[0].byViews.label, std::string("with transfer"));
        const std::vector<std::pair<double, double>> points{{1, 1200}, {2, 150}, {8, 80}, {15, 70.5}};
        QVERIFY(curves[0].byViews.points == points);
        QCOMPARE(curves[0].elevation.value(), 60.0);
        QVERIFY(transferCurves(readResultsPage("none", "# None\n")).empty());
    }
};

VITRINE_TEST(TestTransferRecipe)
#include "tst_transfer_recipe.moc"
