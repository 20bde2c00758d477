// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>

#include "core/io/image_file.h"
#include "core/io/png.h"
#include "core/recipe/transfer_nearest.h"
#include "tests/support/cli_run.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using namespace Qt::StringLiterals;
using vitrine::test::Answer;
using vitrine::test::run;

class TestCliTransfer : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    void writeModel(const char* name, const std::string& transfer, std::uint64_t seed) const {
        test::RandomChairModel model;
        model.numStyles = 3;
        model.styleIds = {"bar-chair", "oak-chair", "scan-006"};
        model.seed = seed;
        model.more["transfer"] = transfer;
        test::writeRandomChairModel(path(u"models/"_s + QLatin1StringView(name)).toStdString(), model);
    }
    Answer transfer(const QString& target, const QString& more, const QString& out) const {
        return run(
            QStringList{
                u"transfer"_s, target, u"--models"_s, path(u"models"_s), u"--out"_s, path(out), u"--json"_s} +
            more.split(u' ', Qt::SkipEmptyParts));
    }
    Image picture(const QString& name) const { return readImage(path(name).toStdString()).value(); }

private Q_SLOTS:
    void initTestCase() {
        qputenv("VITRINE_DATA", path(u"data"_s).toUtf8());  // no scan is imported
        const std::filesystem::path models = path(u"models"_s).toStdString();
        std::filesystem::create_directories(models);
        writeModel("with-4.safetensors", R"({"targets": "bar-chair,scan-006", "targetAzimuths": 4})", 1);
        writeModel("few-4.safetensors",
                   R"({"targets": "bar-chair,scan-006", "targetAzimuths": 4, "sources": "few"})",
                   2);
        QVERIFY(writeNearestSources(
                    nearestSourcesFile(models),
                    {{"bar-chair", TransferSetting::Views4, "oak-chair", "oak-chair", "oak-chair"},
                     {"scan-006", TransferSetting::Views4, "scan-001", "scan-001", "oak-chair"}})
                    .ok());
    }

    void drawsAllSideBySide() {
        const Answer answer = transfer(u"bar-chair"_s, u"--azimuth 200"_s, u"bar.png"_s);
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QJsonObject json = answer.json();
        QCOMPARE(json["nearest"_L1].toString(), u"oak-chair"_s);
        QVERIFY(!json["given"_L1].toBool());
        for (const char* method : {"with", "without", "nearest"})
            QVERIFY2(json["psnr"_L1][QLatin1StringView(method)].isDouble(), method);
        QCOMPARE(picture(u"bar.png"_s).width, 4 * 32);
        const auto recipe = readPngRecipe(path(u"bar.png"_s).toStdString());
        const auto read = transferRecipeFromJson(recipe->value());
        QVERIFY(read->hasReal && read->hasNearest);
    }

    void aScanThatIsNotImportedIsDrawnAllTheSame() {
        const Answer answer = transfer(u"scan-006"_s, u"--azimuth 92 --elevation 30"_s, u"scan.png"_s);
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QVERIFY(answer.json()["given"_L1].toBool());
        QVERIFY(answer.json()["psnr"_L1]["with"_L1].isNull());
        QCOMPARE(picture(u"scan.png"_s).width, 3 * 32);  // the nearest of the catalogue, no real chair
    }

    void theStripHasTwoRowsForEachNumber() {
        const Answer answer = transfer(u"bar-chair"_s, u"--strip"_s, u"strip.png"_s);
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QCOMPARE(picture(u"strip.png"_s).height, 10 * (32 + 2) - 2);
    }

    void picturesAreReplayed_data() {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("more");
        QTest::newRow("side by side") << u"bar-chair"_s << u"--azimuth 200 --elevation 25 --nearest hog"_s;
        QTest::newRow("without real chair") << u"scan-006"_s << u"--azimuth 58"_s;
        QTest::newRow("strip") << u"bar-chair"_s << u"--strip"_s;
    }
    void picturesAreReplayed() {
        QFETCH(QString, target);
        QFETCH(QString, more);
        QVERIFY(transfer(target, more, u"again.png"_s).exitCode == 0);
        const Answer answer = run({u"replay"_s, path(u"again.png"_s), u"--json"_s});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QVERIFY(answer.json()["identical"_L1].toBool());
        QVERIFY(!answer.json()["otherWeights"_L1].toBool());
    }

    void mistakesAreExplained_data() {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("more");
        QTest::addColumn<QString>("words");
        QTest::newRow("no target") << u"oak-chair"_s << u""_s << u"bar-chair"_s;
        QTest::newRow("no network") << u"bar-chair"_s << u"--views 15"_s << u"experiments/chairs/transfer"_s;
        QTest::newRow("no such number") << u"bar-chair"_s << u"--views 7"_s << u"--views"_s;
    }
    void mistakesAreExplained() {
        QFETCH(QString, target);
        QFETCH(QString, more);
        QFETCH(QString, words);
        const Answer answer = transfer(target, more, u"no.png"_s);
        QVERIFY(answer.exitCode != 0);
        QVERIFY2(answer.error.contains(words), qPrintable(answer.error));
        QVERIFY(!QFile::exists(path(u"no.png"_s)));
    }
};

VITRINE_TEST(TestCliTransfer)
#include "tst_cli_transfer.moc"
