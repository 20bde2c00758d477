// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/io/atomic_file.h"
#include "core/io/file_hash.h"
#include "core/io/image_file.h"
#include "core/io/png.h"
#include "core/recipe/recipe.h"
#include "tests/support/cli_run.h"
#include "tests/support/csv_table.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_views.h"

using namespace vitrine;
using test::Answer;
using test::columns;
using test::Csv;
using test::run;
using test::words;
namespace fs = std::filesystem;

class TestCliFit : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    fs::path file(const char* name) const { return path(name).toStdString(); }
    Answer with(const char* model, const char* command, const QStringList& rest) const {
        return run(words(command) + rest + QStringList{QStringLiteral("--model"), path(model)});
    }
    Answer fit(const QStringList& rest) const { return with("chairs.safetensors", "fit --json", rest); }
    QStringList out(const char* name) const { return {QStringLiteral("--out"), path(name)}; }

private Q_SLOTS:
    void initTestCase() {
        test::writeRandomChairModel(file("chairs.safetensors"),
                                    {.styleIds = {"a", "b", "c", "chair-0", "chair-1"}});
        test::writeRandomChairModel(file("other.safetensors"), {.seed = 2});
        Image picture(90, 60, 3, 255);
        for (int y = 10; y < 50; ++y)
            for (int x = 30; x < 60; ++x) picture.at(y, x, 1) = 40;
        QVERIFY(writePng(file("chair.png"), picture).ok());
        QVERIFY(writePng(file("white.png"), Image(40, 40, 3, 255)).ok());
        QVERIFY(writePng(file("small.png"), Image(10, 10, 3, 255)).ok());
        test::packToyViews(file("toy.vpack"), 4, 32);
    }

    void aFitIsAStyle() {
        const Answer answer = fit(
            QStringList{path("chair.png"), QStringLiteral("--picture"), path("fit.png")} + out("chair.json"));
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QJsonObject json = answer.json();
        for (const char* key : {"azimuth", "elevation", "loss", "maskIou", "seconds"})
            QVERIFY2(json[QLatin1String(key)].isDouble(), key);
        QVERIFY(answer.error.contains(QLatin1String(" left")));
        const ChairRecipe recipe = recipeFromJson(readTextFile(file("chair.json")).value()).value();
        QCOMPARE(recipe.weightsHash, fileHash(file("chairs.safetensors")).value());
        QCOMPARE(readImage(file("fit.png"))->width, 32);
        for (const char* command :
             {"generate --style", "grid --columns azimuth=0,90 --rows elevation=20 --style"}) {
            const Answer drawn =
                with("chairs.safetensors", command, QStringList{path("chair.json")} + out("drawn.png"));
            QVERIFY2(drawn.exitCode == 0, qPrintable(drawn.error));
        }
        const Answer mixed =
            with("chairs.safetensors",
                 "generate --style",
                 QStringList{path("chair.json") + QStringLiteral(":0.5,b:0.5")} + out("mixed.png"));
        QVERIFY2(mixed.exitCode == 0, qPrintable(mixed.error));
        const ChairRecipe mix = recipeFromJson(readPngRecipe(file("mixed.png")).value().value()).value();
        double sum = 0;
        for (const RecipeStyle& style : mix.corners.front()) sum += style.weight;
        QVERIFY(std::abs(sum - 1) < 1e-4);
    }

    void otherNetworksRefuseIt() {
        QVERIFY(fit(QStringList{path("chair.png")} + out("own.json")).exitCode == 0);
        const Answer answer =
            with("other.safetensors", "generate --style", QStringList{path("own.json")} + out("none.png"));
        QCOMPARE(answer.exitCode, 1);
        QVERIFY2(answer.sentence().contains(QLatin1String("belongs to another network")),
                 qPrintable(answer.error));
        QVERIFY(!fs::exists(file("none.png")));
    }

    void faultsAreSentences_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("sentence");
        const QString json = path("fault.json");
        QTest::newRow("no chair") << QStringList{path("white.png"), QStringLiteral("--out"), json}
                                  << QStringLiteral("There is no chair in the picture");
        QTest::newRow("mask of another size") << QStringList{path("chair.png"),
                                                             QStringLiteral("--mask"),
                                                             path("small.png"),
                                                             QStringLiteral("--out"),
                                                             json}
                                              << QStringLiteral("The mask is 10 x 10 pixels");
        QTest::newRow("no picture") << QStringList{path("none.png"), QStringLiteral("--out"), json}
                                    << QStringLiteral("none.png");
        QTest::newRow("no json") << QStringList{path("chair.png"), QStringLiteral("--out"), path("fault.txt")}
                                 << QStringLiteral("ends in .json");
    }
    void faultsAreSentences() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, sentence);
        const Answer answer = fit(arguments);
        QCOMPARE(answer.exitCode, 1);
        QVERIFY2(answer.sentence().contains(sentence), qPrintable(answer.error));
        QVERIFY(!fs::exists(file("fault.json")));
    }

    void aFileThatIsNoStyleIsNamed() {
        QVERIFY(writeFileAtomically(file("broken.json"), std::string_view("{}")).ok());
        const Answer answer = with(
            "chairs.safetensors", "generate --style", QStringList{path("broken.json")} + out("none.png"));
        QCOMPARE(answer.exitCode, 1);
        QVERIFY2(answer.sentence().contains(QLatin1String("broken.json holds no style")),
                 qPrintable(answer.error));
    }

    void unseenChairsAreScored() {
        const Answer answer =
            with("chairs.safetensors",
                 "eval fit --json",
                 {QStringLiteral("--data"), path("toy.vpack"), QStringLiteral("--csv"), path("fit.csv")});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QJsonObject json = answer.json();
        QCOMPARE(json[QLatin1String("chairs")].toInt(), 2);  // chair-2 and chair-3
        for (const char* key :
             {"givenViewPsnr", "otherViewsPsnr", "nearestChairPsnr", "meanChairPsnr", "seconds"})
            QVERIFY2(json[QLatin1String(key)].isDouble(), key);
        QVERIFY(json.contains(QLatin1String("azimuthWithin15")));
        const Csv table(path("fit.csv"));
        QVERIFY(table.isRectangular());
        QCOMPARE(table.lines.size(), 1 + 2);
        QCOMPARE(table.names().mid(0, 3), columns("chair|azimuth|elevation"));
    }
};

VITRINE_TEST(TestCliFit)
#include "tst_cli_fit.moc"
