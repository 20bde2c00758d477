// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of chairs: generate, grid, morph, and what info says of weights and pictures.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>

#include "core/io/image_file.h"
#include "core/io/png.h"
#include "core/recipe/recipe.h"
#include "tests/app/cli/chair_cli_fixture.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using vitrine::test::Answer;
using vitrine::test::run;

class TestCliChairs : public QObject, test::ChairCliFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { makeFolder(); }

    void infoTellsAboutWeights();
    void infoTellsAboutAPicture();
    void generatePaintsAndReplayIsIdentical();
    void generateTakesIndicesAndWeights();
    void aSeedGivesANewChair();
    void stylesHavePlacesOnAMap();
    void generateComposesOverBackgrounds();
    void channelsAndSizes();
    void gridOverTwoAxes();
    void gridOfStyles();
    void morphWritesFrames();
    void morphWritesAGif();
    void morphWritesAStripThatReplays();
    void paperWeightsHaveItsNumbers();
};

void TestCliChairs::infoTellsAboutWeights() {
    const QJsonObject info = run({QStringLiteral("info"), m_model, QStringLiteral("--json")}).json();
    QCOMPARE(info[QStringLiteral("kind")].toString(), QStringLiteral("weights"));
    QCOMPARE(info[QStringLiteral("size")].toInt(), 32);
    QCOMPARE(info[QStringLiteral("styleIds")].toArray().at(2).toString(), QStringLiteral("bar-stool"));
    QVERIFY(info[QStringLiteral("parameters")].toInt() > 10'000);
}

void TestCliChairs::infoTellsAboutAPicture() {
    QCOMPARE(withModel({QStringLiteral("generate"),
                        QStringLiteral("--style"),
                        QStringLiteral("sofa"),
                        QStringLiteral("--out"),
                        at("a.png")})
                 .exitCode,
             0);
    const QJsonObject info = run({QStringLiteral("info"), at("a.png"), QStringLiteral("--json")}).json();
    QCOMPARE(info[QStringLiteral("kind")].toString(), QStringLiteral("picture"));
    QCOMPARE(info[QStringLiteral("width")].toInt(), 32);
    QCOMPARE(info[QStringLiteral("recipe")][QStringLiteral("kind")].toString(), QStringLiteral("picture"));
}

void TestCliChairs::generatePaintsAndReplayIsIdentical() {
    const Answer answer = withModel({QStringLiteral("generate"),
                                     QStringLiteral("--style"),
                                     QStringLiteral("windsor-chair:0.7,bar-stool:0.5"),
                                     QStringLiteral("--azimuth"),
                                     QStringLiteral("301"),
                                     QStringLiteral("--elevation"),
                                     QStringLiteral("25"),
                                     QStringLiteral("--theta"),
                                     QStringLiteral("zoom=0.2"),
                                     QStringLiteral("--out"),
                                     at("a.png"),
                                     QStringLiteral("--json")});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.json()[QStringLiteral("out")].toString(), at("a.png"));
    QCOMPARE(answer.json()[QStringLiteral("width")].toInt(), 32);

    const ChairRecipe recipe = recipeOfFile(at("a.png"));
    QCOMPARE(recipe.corners.at(0).size(), std::size_t(2));
    QCOMPARE(recipe.corners[0][1].id, std::string("bar-stool"));
    QCOMPARE(recipe.corners[0][1].weight, 0.5f);
    QCOMPARE(recipe.view.azimuthDeg, 301.0f);
    QCOMPARE(recipe.theta.logZoom, 0.2f);

    const Answer replayed = withModel({QStringLiteral("replay"),
                                       at("a.png"),
                                       QStringLiteral("--json"),
                                       QStringLiteral("--out"),
                                       at("b.png")});
    QCOMPARE(replayed.exitCode, 0);
    QVERIFY2(replayed.json()[QStringLiteral("identical")].toBool(), qPrintable(replayed.out));
    QCOMPARE(*readImage(at("b.png").toStdString()), *readImage(at("a.png").toStdString()));
}

void TestCliChairs::generateTakesIndicesAndWeights() {
    const auto paint = [&](const char* style, const char* file) {
        return withModel({QStringLiteral("generate"),
                          QStringLiteral("--style"),
                          QString::fromUtf8(style),
                          QStringLiteral("--out"),
                          at(file)})
            .exitCode;
    };
    QCOMPARE(paint("bar-stool", "id.png"), 0);
    QCOMPARE(paint("2", "index.png"), 0);
    QCOMPARE(paint("2:0.5,2:0.5", "sum.png"), 0);
    QCOMPARE(paint("3", "other.png"), 0);
    const Image byId = *readImage(at("id.png").toStdString());
    QCOMPARE(*readImage(at("index.png").toStdString()), byId);
    QCOMPARE(*readImage(at("sum.png").toStdString()), byId);
    QVERIFY(*readImage(at("other.png").toStdString()) != byId);
}

void TestCliChairs::aSeedGivesANewChair() {
    const auto paint = [&](const char* style, const char* file) {
        return run({QStringLiteral("generate"),
                    QStringLiteral("--model"),
                    m_gaussian,
                    QStringLiteral("--style"),
                    QString::fromUtf8(style),
                    QStringLiteral("--out"),
                    at(file)})
            .exitCode;
    };
    QCOMPARE(paint("new-7", "seven.png"), 0);
    QCOMPARE(paint("new-7:0.25,new-7:0.75", "sum.png"), 0);
    QCOMPARE(paint("new-8", "eight.png"), 0);
    const Image seven = *readImage(at("seven.png").toStdString());
    QCOMPARE(*readImage(at("sum.png").toStdString()), seven);
    QVERIFY(*readImage(at("eight.png").toStdString()) != seven);
    QCOMPARE(recipeOfFile(at("seven.png")).corners[0][0].id, std::string("new-7"));
    const Answer replayed = run({QStringLiteral("replay"),
                                 at("seven.png"),
                                 QStringLiteral("--model"),
                                 m_gaussian,
                                 QStringLiteral("--json")});
    QVERIFY2(replayed.json()[QStringLiteral("identical")].toBool(),
             qPrintable(replayed.out + replayed.error));
}

void TestCliChairs::stylesHavePlacesOnAMap() {
    const auto ask = [&](QStringList arguments) {
        return run(
            QStringList{
                QStringLiteral("styles"), QStringLiteral("--json"), QStringLiteral("--model"), m_gaussian} +
            arguments);
    };
    const Answer all = ask({QStringLiteral("--new"), QStringLiteral("2")});
    QCOMPARE(all.exitCode, 0);
    const QJsonArray styles = all.json()[QStringLiteral("styles")].toArray();
    QCOMPARE(styles.size(), 7);
    QCOMPARE(styles[6][QStringLiteral("id")].toString(), QStringLiteral("new-2"));
    const QJsonObject sofa = styles[4].toObject();
    const Answer mix = ask({QStringLiteral("--at"),
                            QString::number(sofa[QStringLiteral("x")].toDouble(), 'g', 12),
                            QString::number(sofa[QStringLiteral("y")].toDouble(), 'g', 12)});
    QVERIFY2(mix.json()[QStringLiteral("style")].toString().contains(QStringLiteral("sofa:1.0000")),
             qPrintable(mix.out + mix.error));
    QVERIFY(withModel({QStringLiteral("styles")}).out.contains(QStringLiteral("windsor-chair")));
    QVERIFY(withModel({QStringLiteral("styles"), QStringLiteral("--new"), QStringLiteral("2")})
                .out.contains(QStringLiteral("new-2")));
}

void TestCliChairs::generateComposesOverBackgrounds() {
    const auto paint = [&](const QString& background) {
        const Answer answer = withModel({QStringLiteral("generate"),
                                         QStringLiteral("--style"),
                                         QStringLiteral("0"),
                                         QStringLiteral("--background"),
                                         background,
                                         QStringLiteral("--out"),
                                         at("over.png")});
        return answer.exitCode == 0 ? *readImage(at("over.png").toStdString()) : Image();
    };
    const Image white = paint(QStringLiteral("white")), black = paint(QStringLiteral("black"));
    QVERIFY(!white.empty());
    QVERIFY(white != black);
    QVERIFY(paint(QStringLiteral("checker")) != white);
    QCOMPARE(paint(QStringLiteral("transparent")).channels, 4);
    QVERIFY(writePng(at("red.png").toStdString(), [] {
        Image red(8, 8, 3);
        for (std::size_t i = 0; i < red.pixels.size(); i += 3) red.pixels[i] = 255;
        return red;
    }()));
    const Image overRed = paint(at("red.png"));
    QVERIFY(!overRed.empty());
    QVERIFY(overRed != white && overRed != black);
    QVERIFY(paint(at("missing.png")).empty());
}

void TestCliChairs::channelsAndSizes() {
    const Answer answer = withModel({QStringLiteral("generate"),
                                     QStringLiteral("--style"),
                                     QStringLiteral("0"),
                                     QStringLiteral("--channel"),
                                     QStringLiteral("mask"),
                                     QStringLiteral("--size"),
                                     QStringLiteral("96"),
                                     QStringLiteral("--out"),
                                     at("mask.png")});
    QCOMPARE(answer.exitCode, 0);
    const Image mask = *readImage(at("mask.png").toStdString());
    QCOMPARE(mask.width, 96);
    for (std::size_t i = 0; i < mask.pixels.size(); i += std::size_t(mask.channels))
        QCOMPARE(mask.pixels[i], mask.pixels[i + 1]);
    QVERIFY(withModel({QStringLiteral("replay"), at("mask.png"), QStringLiteral("--json")})
                .json()[QStringLiteral("identical")]
                .toBool());
}

void TestCliChairs::gridOverTwoAxes() {
    const Answer answer = withModel({QStringLiteral("grid"),
                                     QStringLiteral("--style"),
                                     QStringLiteral("sofa"),
                                     QStringLiteral("--columns"),
                                     QStringLiteral("azimuth=0:270:4"),
                                     QStringLiteral("--rows"),
                                     QStringLiteral("chair=sofa,1,bar-stool"),
                                     QStringLiteral("--out"),
                                     at("grid.png"),
                                     QStringLiteral("--json")});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.json()[QStringLiteral("columns")].toInt(), 4);
    QCOMPARE(answer.json()[QStringLiteral("rows")].toInt(), 3);
    const Image grid = *readImage(at("grid.png").toStdString());
    QCOMPARE(grid.width, 4 * 32 + 3 * 2);
    QCOMPARE(grid.height, 3 * 32 + 2 * 2);
    QVERIFY(withModel({QStringLiteral("replay"), at("grid.png"), QStringLiteral("--json")})
                .json()[QStringLiteral("identical")]
                .toBool());

    // The window's sheet has labels at its left and its top, which no network makes.
    auto recipe = recipeFromJson(**readPngRecipe(at("grid.png").toStdString())).value();
    recipe.labelsLeft = 21, recipe.labelsTop = 13;
    Image labelled(grid.width + recipe.labelsLeft, grid.height + recipe.labelsTop, 3, 77);
    const auto take = [&](const Image& pictures) {
        for (int y = 0; y < pictures.height; ++y)
            std::copy_n(pictures.row(y),
                        std::size_t(pictures.width) * 3,
                        labelled.row(recipe.labelsTop + y) + 3 * recipe.labelsLeft);
        return writePng(at("labelled.png").toStdString(), labelled, recipeToJson(recipe)).ok();
    };
    const auto isSame = [&] {
        return withModel({QStringLiteral("replay"), at("labelled.png"), QStringLiteral("--json")})
            .json()[QStringLiteral("identical")]
            .toBool();
    };
    QVERIFY(take(grid));
    QVERIFY(isSame());
    QVERIFY(take(Image(grid.width, grid.height, 3, 9)));
    QVERIFY(!isSame());
}

void TestCliChairs::gridOfStyles() {
    QStringList arguments{QStringLiteral("grid"),
                          QStringLiteral("--columns"),
                          QStringLiteral("style=0,0.5,1"),
                          QStringLiteral("--rows"),
                          QStringLiteral("style2=0,1"),
                          QStringLiteral("--out"),
                          at("pad.png")};
    for (const char* style : {"0", "1", "2", "3"})
        arguments << QStringLiteral("--style") << QString::fromUtf8(style);
    QCOMPARE(withModel(arguments).exitCode, 0);
    QCOMPARE(recipeOfFile(at("pad.png")).corners.size(), std::size_t(4));

    const Answer three = withModel({QStringLiteral("grid"),
                                    QStringLiteral("--style"),
                                    QStringLiteral("0"),
                                    QStringLiteral("--style"),
                                    QStringLiteral("1"),
                                    QStringLiteral("--style"),
                                    QStringLiteral("2"),
                                    QStringLiteral("--out"),
                                    at("three.png")});
    QCOMPARE(three.exitCode, 1);
    QVERIFY(three.sentence().contains(QStringLiteral("1, 2 or 4")));
}

void TestCliChairs::morphWritesFrames() {
    const Answer answer = withModel({QStringLiteral("morph"),
                                     QStringLiteral("--from"),
                                     QStringLiteral("0"),
                                     QStringLiteral("--to"),
                                     QStringLiteral("sofa"),
                                     QStringLiteral("--frames"),
                                     QStringLiteral("5"),
                                     QStringLiteral("--out"),
                                     at("frames"),
                                     QStringLiteral("--json")});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.json()[QStringLiteral("frames")].toInt(), 5);
    const QStringList files = QDir(at("frames")).entryList(QDir::Files, QDir::Name);
    QCOMPARE(files.size(), 5);
    const QString middle = at("frames") + QLatin1Char('/') + files.at(2);
    QCOMPARE(recipeOfFile(middle).u, 0.5);
    QVERIFY(withModel({QStringLiteral("replay"), middle}).out.contains(QStringLiteral("identical")));

    QCOMPARE(withModel({QStringLiteral("generate"),
                        QStringLiteral("--style"),
                        QStringLiteral("sofa"),
                        QStringLiteral("--out"),
                        at("end.png")})
                 .exitCode,
             0);
    const Image last = *readImage((at("frames") + QLatin1Char('/') + files.last()).toStdString());
    const Image alone = *readImage(at("end.png").toStdString());
    for (std::size_t i = 0; i < last.pixels.size(); ++i)
        QVERIFY(std::abs(int(last.pixels[i]) - int(alone.pixels[i])) <= 3);
}

void TestCliChairs::morphWritesAGif() {
    const Answer answer = withModel({QStringLiteral("morph"),
                                     QStringLiteral("--from"),
                                     QStringLiteral("0"),
                                     QStringLiteral("--to"),
                                     QStringLiteral("1"),
                                     QStringLiteral("--frames"),
                                     QStringLiteral("6"),
                                     QStringLiteral("--out"),
                                     at("m.gif")});
    QCOMPARE(answer.exitCode, 0);
    QFile gif(at("m.gif"));
    QVERIFY(gif.open(QIODevice::ReadOnly));
    QVERIFY(gif.read(6) == "GIF89a");
    const QJsonObject info = run({QStringLiteral("info"), QStringLiteral("--json"), at("m.gif")}).json();
    QCOMPARE(info[QStringLiteral("recipe")][QStringLiteral("kind")].toString(), QStringLiteral("morph"));

    const Answer transparent = withModel({QStringLiteral("morph"),
                                          QStringLiteral("--from"),
                                          QStringLiteral("0"),
                                          QStringLiteral("--to"),
                                          QStringLiteral("1"),
                                          QStringLiteral("--background"),
                                          QStringLiteral("transparent"),
                                          QStringLiteral("--out"),
                                          at("t.gif")});
    QCOMPARE(transparent.exitCode, 1);
    QVERIFY(!QFile::exists(at("t.gif")));
    const Answer webp = withModel({QStringLiteral("morph"),
                                   QStringLiteral("--from"),
                                   QStringLiteral("0"),
                                   QStringLiteral("--to"),
                                   QStringLiteral("1"),
                                   QStringLiteral("--background"),
                                   QStringLiteral("transparent"),
                                   QStringLiteral("--out"),
                                   at("t.webp")});
    QCOMPARE(webp.exitCode, 0);
    const QJsonObject same = run({QStringLiteral("info"), QStringLiteral("--json"), at("t.webp")}).json();
    QCOMPARE(same[QStringLiteral("recipe")][QStringLiteral("kind")].toString(), QStringLiteral("morph"));
}

void TestCliChairs::morphWritesAStripThatReplays() {
    const Answer answer = withModel({QStringLiteral("morph"),
                                     QStringLiteral("--from"),
                                     QStringLiteral("0"),
                                     QStringLiteral("--to"),
                                     QStringLiteral("1"),
                                     QStringLiteral("--frames"),
                                     QStringLiteral("20"),
                                     QStringLiteral("--size"),
                                     QStringLiteral("40"),
                                     QStringLiteral("--out"),
                                     at("strip.png")});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(readImage(at("strip.png").toStdString())->width, 20 * 42 - 2);
    QVERIFY(withModel({QStringLiteral("replay"), at("strip.png"), QStringLiteral("--json")})
                .json()[QStringLiteral("identical")]
                .toBool());
}

void TestCliChairs::paperWeightsHaveItsNumbers() {
    QCOMPARE(withModel({QStringLiteral("morph"),
                        QStringLiteral("--from"),
                        QStringLiteral("0"),
                        QStringLiteral("--to"),
                        QStringLiteral("1"),
                        QStringLiteral("--frames"),
                        QStringLiteral("7"),
                        QStringLiteral("--weights"),
                        QStringLiteral("paper"),
                        QStringLiteral("--out"),
                        at("paper.png")})
                 .exitCode,
             0);
    const std::vector<double> positions = recipeOfFile(at("paper.png")).frames.values;
    const std::vector<double> expected = {0, 0.35, 0.43, 0.5, 0.57, 0.65, 1};
    QCOMPARE(positions.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) QVERIFY(std::abs(positions[i] - expected[i]) < 1e-9);
}

VITRINE_TEST(TestCliChairs)
#include "tst_cli_chairs.moc"
