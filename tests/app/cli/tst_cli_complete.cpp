// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <cstdlib>

#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "core/data/idx_images.h"
#include "core/io/image_file.h"
#include "core/io/png.h"
#include "tests/support/cli_run.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using namespace Qt::StringLiterals;
using vitrine::test::Answer;
using vitrine::test::run;

class TestCliComplete : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    Answer complete(const QStringList& more, const QString& out = u"out"_s) const {
        return run(QStringList{u"complete"_s, u"--samples"_s, u"3"_s, u"--out"_s, path(out), u"--json"_s} +
                   more);
    }
    Answer completeImage(const QStringList& more = {}, const QString& out = u"out"_s) const {
        return complete(QStringList{path(u"image.png"_s)} + more, out);
    }
    QByteArray contentOf(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    int largestDifference(const QString& one, const QString& other) const {
        const auto a = readImage(path(one).toStdString()), b = readImage(path(other).toStdString());
        if (!a || !b || a->pixels.size() != b->pixels.size()) return 255;
        int largest = 0;
        for (std::size_t i = 0; i < a->pixels.size(); ++i)
            largest = std::max(largest, std::abs(int(a->pixels[i]) - int(b->pixels[i])));
        return largest;
    }

private Q_SLOTS:
    void initTestCase() {
        Image dress(40, 60, 3, 255);  // dark on white, as of a shop
        for (int y = 5; y < 55; ++y)
            std::fill_n(dress.row(y) + 3 * (15 - y / 6), 3 * (10 + y / 3), std::uint8_t(60));
        QVERIFY(writePng(path(u"image.png"_s).toStdString(), dress).ok());
    }
    void init() { QDir(path(u"out"_s)).removeRecursively(); }

    void writesAnswersAndTellsAboutThem() {
        const Answer answer = completeImage({u"--seen"_s, u"2"_s});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QJsonObject json = answer.json();
        QCOMPARE(json["numSamples"_L1].toInt(), 3);
        QCOMPARE(json["seen"_L1].toInt(), 2);
        QCOMPARE(json["variant"_L1].toString(), u"cvae"_s);
        QCOMPARE(json["channelNats"_L1].toArray().size(), json["channels"_L1].toInt());
        QVERIFY(json["meanDeviation"_L1].toDouble() > 0);
        for (const QLatin1StringView score : {"guess"_L1, "monteCarlo"_L1, "importance"_L1})
            QVERIFY(json["scores"_L1][score].toDouble() > 0);
        for (const char* name : {"sample-000",
                                 "sample-002",
                                 "input",
                                 "guess",
                                 "prior-mean",
                                 "reconstruction",
                                 "mean",
                                 "deviation",
                                 "sheet"})
            QVERIFY2(QFile::exists(path(u"out/"_s + QLatin1StringView(name) + u".png"_s)), name);
        QVERIFY(QFile::exists(path(u"out/answer.npz"_s)));
        const auto input = readImage(path(u"out/input.png"_s).toStdString());
        QCOMPARE(input->width, 28);
        QCOMPARE(int(input->at(14, 1, 0)), 0);  // its surroundings are black, too
        QVERIFY(input->at(14, 13, 0) > 180);    // and it is bright
    }

    void saysInWordsHowLikelyTheHiddenPixelsWere() {
        const Answer answer = run({u"complete"_s,
                                   path(u"image.png"_s),
                                   u"--variant"_s,
                                   u"gsnn"_s,
                                   u"--samples"_s,
                                   u"2"_s,
                                   u"--out"_s,
                                   path(u"out"_s)});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QVERIFY(answer.out.startsWith(u"2 samples"_s));
        QVERIFY(answer.out.contains(u"the first guess "_s) && answer.out.contains(u"Monte Carlo "_s));
        QVERIFY(!answer.out.contains(u"importance"_s));
    }

    void takesAGarment() {
        if (!readIdxTestImages().ok()) QSKIP("dataset-fashion-mnist is not installed");
        const Answer answer = complete({u"--garment"_s, u"0"_s});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QCOMPARE(answer.json()["seen"_L1].toInt(), 1);
        const auto recipe = readPngRecipe(path(u"out/mean.png"_s).toStdString());
        QVERIFY(recipe.ok() && (*recipe)->find("ankle boot") != std::string::npos);
        const Answer beyond = complete({u"--garment"_s, u"10000"_s});
        QCOMPARE(beyond.exitCode, 1);
        QVERIFY2(beyond.sentence().contains(u"0 to 9999"_s), qPrintable(beyond.error));
        QCOMPARE(completeImage({u"--garment"_s, u"0"_s}).exitCode, 2);  // one of the two
    }

    void theSameSeedWritesTheSameSamples() {
        const auto bytes = [this](const QString& seed) {
            return completeImage({u"--seed"_s, seed}).exitCode == 0 ? contentOf(u"out/sample-001.png"_s)
                                                                    : QByteArray();
        };
        const QByteArray one = bytes(u"5"_s);
        QVERIFY(!one.isEmpty());
        QCOMPARE(bytes(u"5"_s), one);
        QVERIFY(bytes(u"6"_s) != one);
    }

    void aHeldChannelAndTheTemperatureChangeTheSamples() {
        QCOMPARE(completeImage({}, u"free"_s).exitCode, 0);
        QStringList held;
        for (int channel = 0; channel < 40; ++channel)
            held << u"--hold"_s << QString::number(channel) + u"=-3.5"_s;
        QCOMPARE(completeImage(held).exitCode, 0);
        QVERIFY(largestDifference(u"out/prior-mean.png"_s, u"free/prior-mean.png"_s) > 1);
        QCOMPARE(completeImage({u"--temperature"_s, u"0"_s}).exitCode, 0);
        QVERIFY(largestDifference(u"out/sample-000.png"_s, u"free/prior-mean.png"_s) <= 1);
    }

    void aPathIsWritten() {
        const Answer answer = completeImage({u"--path"_s, u"0,2,4"_s});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QCOMPARE(QDir(path(u"out"_s)).entryList({u"way-*.png"_s}).size(), 4);
        QVERIFY(largestDifference(u"out/way-000.png"_s, u"out/sample-000.png"_s) <= 1);
        QVERIFY(largestDifference(u"out/way-003.png"_s, u"out/sample-002.png"_s) <= 1);
    }

    void formerNamesOfOptionsAreTaken() {
        const Answer answer = completeImage({u"--way"_s, u"0,2,4"_s, u"--spread"_s, u"0"_s});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QCOMPARE(QDir(path(u"out"_s)).entryList({u"way-*.png"_s}).size(), 4);
        QVERIFY(largestDifference(u"out/sample-000.png"_s, u"out/prior-mean.png"_s) <= 1);
    }

    void optionsMayStandBeforeTheImage() {
        const Answer answer = complete({u"--path"_s, u"0,1"_s, u"--hold"_s, u"3=1"_s, path(u"image.png"_s)});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QCOMPARE(QDir(path(u"out"_s)).entryList({u"way-*.png"_s}).size(), 9);
    }

    void nothingSeenNeedsNoPicture() {
        const Answer answer = complete({u"--seen"_s, u"0"_s});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QVERIFY(!answer.json().contains("scores"_L1));
        QVERIFY(!QFile::exists(path(u"out/guess.png"_s)));
        const Answer again = run({u"replay"_s, path(u"out/sample-001.png"_s), u"--json"_s});
        QVERIFY2(again.exitCode == 0, qPrintable(again.error));
        QVERIFY(again.json()["identical"_L1].toBool());
    }

    void aWeightFileSaysHowMuchItSees() {
        const QString model =
            QString::fromStdString((modelFolder() / "quadrants-3-cvae.safetensors").string());
        const Answer answer = completeImage({u"--model"_s, model});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QCOMPARE(answer.json()["seen"_L1].toInt(), 3);
    }

    void aPictureIsMadeAgain_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"sample-002.png",
                                 "input.png",
                                 "guess.png",
                                 "prior-mean.png",
                                 "reconstruction.png",
                                 "mean.png",
                                 "deviation.png",
                                 "sheet.png"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void aPictureIsMadeAgain() {
        QFETCH(QString, name);
        if (!QFile::exists(path(u"made"_s)))
            QCOMPARE(
                completeImage({u"--seed"_s, u"5"_s, u"--hold"_s, u"3=1.5"_s, u"--temperature"_s, u"0.5"_s},
                              u"made"_s)
                    .exitCode,
                0);
        const Answer answer =
            run({u"replay"_s, path(u"made/"_s + name), u"--out"_s, path(u"again.png"_s), u"--json"_s});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QVERIFY(answer.json()["identical"_L1].toBool());
        QCOMPARE(contentOf(u"again.png"_s), contentOf(u"made/"_s + name));
    }

    void badInputIsASentenceThatNamesIt_data() {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QString>("named");
        const QString image = path(u"image.png"_s);
        QTest::newRow("no picture") << QStringList{} << u"picture"_s;
        QTest::newRow("a picture that is none") << QStringList{path(u"none.png"_s)} << u"none.png"_s;
        QTest::newRow("a model that is none")
            << QStringList{image, u"--model"_s, path(u"none.safetensors"_s)} << u"none.safetensors"_s;
        QTest::newRow("a variant that is not bundled")
            << QStringList{u"--seen"_s, u"0"_s, u"--variant"_s, u"gsnn"_s} << u"quadrants-0-gsnn"_s;
        QTest::newRow("a GPU") << QStringList{image, u"--device"_s, u"cuda"_s} << u"on the CPU"_s;
        QTest::newRow("no channel") << QStringList{image, u"--hold"_s, u"900=1"_s} << u"no channel 900"_s;
        QTest::newRow("no number") << QStringList{image, u"--hold"_s, u"3=far"_s} << u"3=far"_s;
        QTest::newRow("half a path") << QStringList{image, u"--path"_s, u"1"_s} << u"--path"_s;
        QTest::newRow("a path to no sample") << QStringList{image, u"--path"_s, u"0,3"_s} << u"0 to 2"_s;
    }
    void badInputIsASentenceThatNamesIt() {
        QFETCH(QStringList, more);
        QFETCH(QString, named);
        const Answer answer = complete(more);
        QCOMPARE(answer.exitCode, 1);
        QVERIFY2(answer.sentence().contains(named), qPrintable(answer.error));
        QVERIFY(!QFile::exists(path(u"out/sheet.png"_s)));
    }
};

VITRINE_TEST(TestCliComplete)
#include "tst_cli_complete.moc"
