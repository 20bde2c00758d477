// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>

#include "core/io/image_file.h"
#include "core/io/png.h"
#include "core/recipe/segmentation_input.h"
#include "tests/support/cli_run.h"
#include "tests/support/random_segmentation_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using vitrine::test::run;

class TestCliSegment : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QStringList command(const QStringList& more = {}, const char* out = "out") const {
        return QStringList{QStringLiteral("segment"),
                           path("image.png"),
                           QStringLiteral("--model"),
                           path("model.safetensors"),
                           QStringLiteral("--samples"),
                           QStringLiteral("3"),
                           QStringLiteral("--out"),
                           path(out),
                           QStringLiteral("--json")} +
               more;
    }

private Q_SLOTS:
    void initTestCase() {
        test::writeRandomSegmentationModel(path("model.safetensors").toStdString());
        QVERIFY(writePng(path("image.png").toStdString(), Image(40, 32, 3, 130)).ok());
        QVERIFY(writePng(path("mask.png").toStdString(), Image(40, 32, 1, 255)).ok());
        QVERIFY(writePng(path("labels.png").toStdString(), Image(40, 32, 1, 1)).ok());
        LabelMap part(40, 32, 255);
        std::fill_n(part.pixels.begin(), 600, std::uint8_t(2));
        QVERIFY(writePng(path("part.png").toStdString(), greyLevels(part)).ok());
        QVERIFY(writePng(path("small.png").toStdString(), Image(20, 32, 1, 1)).ok());
        QVERIFY(writePng(path("wrong.png").toStdString(), Image(40, 32, 1, 7)).ok());
    }
    void init() { QDir(path("out")).removeRecursively(); }

    void writesSamplesAndTellsAboutThem() {
        const auto answer = run(command({QStringLiteral("--truth"), path("labels.png")}));
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QJsonObject json = answer.json();
        QCOMPARE(json[QLatin1String("numSamples")].toInt(), 3);
        QCOMPARE(json[QLatin1String("scores")][QLatin1String("sampleIous")].toArray().size(), 3);
        QVERIFY(json[QLatin1String("scores")][QLatin1String("reconstructionIou")].isDouble());
        QVERIFY(json[QLatin1String("scores")][QLatin1String("logLikelihood")].toDouble() < 0);
        QVERIFY(QFile::exists(path("out/reconstruction.png")));
        const QJsonValue calibration = json[QLatin1String("scores")][QLatin1String("calibration")];
        QVERIFY(calibration[QLatin1String("ece")].toDouble(-1) >= 0);
        int numPixels = 0;
        for (const QJsonValue& bin : calibration[QLatin1String("bins")].toArray())
            numPixels += bin[QLatin1String("pixels")].toInt();
        QVERIFY(numPixels > 700 && numPixels < 32 * 32);  // without what lies beside the picture
        for (const char* name : {"sample-000.png",
                                 "sample-002.png",
                                 "mean.png",
                                 "argmax.png",
                                 "guess.png",
                                 "entropy.png",
                                 "sheet.png"})
            QVERIFY2(QFile::exists(path("out/") + QLatin1String(name)), name);
        const auto sample = readLabels(path("out/sample-000.png").toStdString(), 3);
        QVERIFY(sample.ok());
        QCOMPARE(sample->width, 32);
    }

    void benchPrintsItsContract() {
        const auto bench = [this](const QStringList& more) {
            return run(
                QStringList{QStringLiteral("bench"), QStringLiteral("segment"), QStringLiteral("--json")} +
                more);
        };
        const auto answer = bench({QStringLiteral("--model"), path("model.safetensors")});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QJsonObject json = answer.json();
        for (const char* key : {"firstSampleMs", "hundredSamplesMs", "literalHundredSamplesMs", "ratio"})
            QVERIFY2(json[QLatin1String(key)].toDouble() > 0, key);
        QCOMPARE(json[QLatin1String("ratio")].toDouble(),
                 json[QLatin1String("literalHundredSamplesMs")].toDouble() /
                     json[QLatin1String("hundredSamplesMs")].toDouble());
        QVERIFY(json[QLatin1String("firstSampleMs")].toDouble() <
                json[QLatin1String("hundredSamplesMs")].toDouble());
        QVERIFY(json[QLatin1String("isTrained")].toBool());
        QCOMPARE(json[QLatin1String("size")].toInt(), 32);
        QVERIFY(json[QLatin1String("differingPixels")].toDouble(1) < 0.001);  // one network, two ways
        const auto missing = bench({QStringLiteral("--model"), path("missing.safetensors")});
        QCOMPARE(missing.exitCode, 1);
        QVERIFY2(missing.sentence().contains(QLatin1String("missing.safetensors")),
                 qPrintable(missing.error));
        for (const QStringList& wrong :
             {QStringList{QStringLiteral("--size"), QStringLiteral("100")},
              QStringList{
                  QStringLiteral("--size"), QStringLiteral("64"), QStringLiteral("--model"), path("m")},
              QStringList{QStringLiteral("--classes"), QStringLiteral("3")}})
            QCOMPARE(bench(wrong).exitCode, 2);
    }

    void benchNeedsNoModel() {
        const auto answer = run({QStringLiteral("bench"),
                                 QStringLiteral("segment"),
                                 QStringLiteral("--size"),
                                 QStringLiteral("64"),
                                 QStringLiteral("--json")});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QJsonObject json = answer.json();
        QVERIFY(!json[QLatin1String("isTrained")].toBool(true));
        QCOMPARE(json[QLatin1String("size")].toInt(), 64);
        QCOMPARE(json[QLatin1String("classes")].toInt(), 5);
        QVERIFY(json[QLatin1String("differingPixels")].toDouble(1) < 0.001);
    }

    void channelsAreHeldAndPathsFollowed() {
        const auto sampleOf = [this](const QStringList& more, const char* file) {
            const auto answer = run(command(more));
            if (answer.exitCode != 0) qWarning("%s", qPrintable(answer.error));
            return readLabels(path(file).toStdString(), 3);
        };
        const auto plain = sampleOf({}, "out/sample-001.png");
        const QStringList hold{QStringLiteral("--hold"),
                               QStringLiteral("0=90"),
                               QStringLiteral("--hold"),
                               QStringLiteral("1=-90")};
        const auto held = sampleOf(hold, "out/sample-001.png");
        QVERIFY(plain.ok() && held.ok());
        QVERIFY(plain->pixels != held->pixels);
        const QStringList walk{QStringLiteral("--path"), QStringLiteral("0,1,3")};
        const auto end = sampleOf(walk, "out/way-002.png");
        QVERIFY(end.ok());
        QCOMPARE(end->pixels, plain->pixels);
        QVERIFY(!QFile::exists(path("out/way-003.png")));
        for (const char* wrong : {"--hold=5", "--hold=99=1", "--path=1", "--path=0,99", "--way=1"}) {
            const auto refused = run(command({QString::fromLatin1(wrong)}));
            QVERIFY2(refused.exitCode != 0, wrong);
            QVERIFY2(!refused.sentence().isEmpty(), wrong);
        }
    }

    void theSameSeedWritesTheSameSamples() {
        const auto bytes = [this](const char* seed) {
            const auto answer = run(command({QStringLiteral("--seed"), QString::fromLatin1(seed)}));
            QFile file(path("out/sample-001.png"));
            return answer.exitCode == 0 && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const QByteArray one = bytes("5");
        QVERIFY(!one.isEmpty());
        QCOMPARE(bytes("5"), one);
        QVERIFY(bytes("6") != one);
    }

    void anOmissionChangesTheInput() {
        QVERIFY(run(command({QStringLiteral("--mask"), path("mask.png")})).exitCode == 0);
        const auto input = readImage(path("out/input.png").toStdString());
        QCOMPARE(int(input->at(16, 16, 0)), 0);
    }

    void observedLabelsAreFollowed() {
        const auto answer = run(command({QStringLiteral("--observed"),
                                         path("labels.png"),
                                         QStringLiteral("--sweeps"),
                                         QStringLiteral("2")}));
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QCOMPARE(answer.json()[QLatin1String("changedShares")].toArray().size(), 2);
        QCOMPARE(int(readLabels(path("out/sample-000.png").toStdString(), 3)->at(16, 16)), 1);
    }

    void aPictureIsMadeAgain_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"sample-002.png",
                                 "mean.png",
                                 "guess.png",
                                 "argmax.png",
                                 "input.png",
                                 "entropy.png",
                                 "mutual-information.png",
                                 "sheet.png"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void aPictureIsMadeAgain() {
        QFETCH(QString, name);
        if (!QFile::exists(path("made"))) {
            const QStringList more{QStringLiteral("--mask"),
                                   path("mask.png"),
                                   QStringLiteral("--observed"),
                                   path("part.png"),
                                   QStringLiteral("--sweeps"),
                                   QStringLiteral("2"),
                                   QStringLiteral("--seed"),
                                   QStringLiteral("5")};
            QVERIFY(run(command(more, "made")).exitCode == 0);
        }
        const QString file = path("made/") + name, again = path("again.png");
        const auto answer =
            run({QStringLiteral("replay"), file, QStringLiteral("--out"), again, QStringLiteral("--json")});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QVERIFY(answer.json()[QLatin1String("identical")].toBool());
        QFile first(file), second(again);
        QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly));
        QCOMPARE(second.readAll(), first.readAll());
    }

    void aSampleOfSeveralStepsIsMadeAgain_data() {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("today") << QStringList{QStringLiteral("--sampling-steps"),
                                              QStringLiteral("3"),
                                              QStringLiteral("--temperature"),
                                              QStringLiteral("0.5")};
        QTest::newRow("former names") << QStringList{QStringLiteral("--parts"),
                                                     QStringLiteral("3"),
                                                     QStringLiteral("--spread"),
                                                     QStringLiteral("0.5")};
    }
    void aSampleOfSeveralStepsIsMadeAgain() {
        QFETCH(QStringList, options);
        QVERIFY(run(command(options, "steps")).exitCode == 0);
        const auto answer = run({QStringLiteral("replay"),
                                 path("steps/sample-001.png"),
                                 QStringLiteral("--out"),
                                 path("again.png"),
                                 QStringLiteral("--json")});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QVERIFY(answer.json()[QLatin1String("identical")].toBool());
    }

    void tokensAreDrawnInStepsAndFollowLabels() {
        test::writeRandomSegmentationModel(path("tokens.safetensors").toStdString(), {.variant = "tokens"});
        const auto asked = [&](const char* out, const QStringList& more) {
            QStringList arguments = command(more, out);
            arguments[arguments.indexOf(QStringLiteral("--model")) + 1] = path("tokens.safetensors");
            return run(arguments);
        };
        const QStringList options{QStringLiteral("--steps"),
                                  QStringLiteral("5"),
                                  QStringLiteral("--temperature"),
                                  QStringLiteral("0.9"),
                                  QStringLiteral("--observed"),
                                  path("part.png")};
        const auto answer = asked("tokens", options);
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QCOMPARE(answer.json()[QLatin1String("variant")].toString(), QStringLiteral("tokens"));
        const auto sample = readLabels(path("tokens/sample-001.png").toStdString(), 3);
        QCOMPARE(int(sample->at(6, 16)), 2);  // known there
        const auto replayed =
            run({QStringLiteral("replay"), path("tokens/sample-001.png"), QStringLiteral("--json")});
        QVERIFY2(replayed.json()[QLatin1String("identical")].toBool(),
                 qPrintable(replayed.out + replayed.error));
        const auto walk = asked("path", {QStringLiteral("--path"), QStringLiteral("0,1,3")});
        QCOMPARE(walk.exitCode, 1);
        QVERIFY2(walk.sentence().contains(QLatin1String("tokens")), qPrintable(walk.error));
        QVERIFY(!QFile::exists(path("path/sample-000.png")));
        QVERIFY(
            run({QStringLiteral("info"), path("tokens.safetensors")}).out.contains(QLatin1String("tokens")));
    }

    void aPictureOfAnotherNetworkIsNotTheSame() {
        QVERIFY(run(command()).exitCode == 0);
        test::writeRandomSegmentationModel(path("other.safetensors").toStdString(), {.seed = 2});
        const auto answer = run({QStringLiteral("replay"),
                                 path("out/sample-000.png"),
                                 QStringLiteral("--model"),
                                 path("other.safetensors"),
                                 QStringLiteral("--json")});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QVERIFY(!answer.json()[QLatin1String("identical")].toBool());
    }

    void badInputIsASentenceThatNamesIt_data() {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QString>("named");
        QTest::newRow("labels") << QStringList{QStringLiteral("--observed"), path("wrong.png")}
                                << QStringLiteral("wrong.png");
        QTest::newRow("mask of another size") << QStringList{QStringLiteral("--mask"), path("small.png")}
                                              << QStringLiteral("small.png is 20 x 32");
        QTest::newRow("labels of another size") << QStringList{QStringLiteral("--truth"), path("small.png")}
                                                << QStringLiteral("the picture is 40 x 32");
        QTest::newRow("a GPU") << QStringList{QStringLiteral("--device"), QStringLiteral("cuda")}
                               << QStringLiteral("on the CPU");
        QTest::newRow("no mask") << QStringList{QStringLiteral("--mask"), path("none.png")}
                                 << QStringLiteral("none.png");
    }
    void badInputIsASentenceThatNamesIt() {
        QFETCH(QStringList, more);
        QFETCH(QString, named);
        const auto answer = run(command(more));
        QCOMPARE(answer.exitCode, 1);
        QVERIFY2(answer.sentence().contains(named), qPrintable(answer.error));
    }
};

VITRINE_TEST(TestCliSegment)
#include "tst_cli_segment.moc"
