// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/cli_run.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_meshes.h"
#include "tests/support/toy_views.h"

using vitrine::test::Answer;
using vitrine::test::run;

/// Training and runs from the command line, on a tiny network.
class TestCliTraining : public QObject {
    Q_OBJECT

    QTemporaryDir m_shared;
    std::unique_ptr<QTemporaryDir> m_folder;

    QString at(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }

    QString config(int steps = 30, const char* more = "") const {
        QFile file(at("config.json"));
        [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
        file.write(QStringLiteral(R"({"data": "%1", "batch": 4, "previewEvery": 10, "precision": "fp32"%3,
                                      "stages": [{"preset": "compact-64", "width": 0.03, "steps": %2, "schedule": "constant"}]})")
                       .arg(m_shared.filePath(QStringLiteral("toy.vpack")))
                       .arg(steps)
                       .arg(QString::fromLatin1(more))
                       .toUtf8());
        return file.fileName();
    }
    static Answer cli(const QStringList& words) {
        return run(QStringList{QStringLiteral("--threads"), QStringLiteral("1"), QStringLiteral("--json")} +
                   words);
    }
    static QStringList words(const char* text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); }

private Q_SLOTS:
    void initTestCase() {
        vitrine::test::packToyViews(m_shared.filePath(QStringLiteral("toy.vpack")).toStdString(), 3, 64);
    }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("VITRINE_DATA", m_folder->path().toUtf8());
    }

    void trainsResumesAndProlongs() {
        const Answer first = cli({QStringLiteral("train"),
                                  config(),
                                  QStringLiteral("--out"),
                                  at("runs/a"),
                                  QStringLiteral("--steps"),
                                  QStringLiteral("12")});
        QCOMPARE(first.exitCode, 0);
        QCOMPARE(first.json()[QLatin1String("step")].toInt(), 12);
        QVERIFY(first.json().contains(QLatin1String("heldOutPsnr")));
        QCOMPARE(cli({QStringLiteral("train"), QStringLiteral("--resume"), at("runs/a")})
                     .json()[QLatin1String("step")]
                     .toInt(),
                 30);
        const Answer longer = cli({QStringLiteral("train"),
                                   QStringLiteral("--resume"),
                                   at("runs/a"),
                                   QStringLiteral("--extend"),
                                   QStringLiteral("5")});
        QCOMPARE(longer.json()[QLatin1String("step")].toInt(), 35);
        const QJsonObject shown =
            cli({QStringLiteral("runs"), QStringLiteral("show"), QStringLiteral("a")}).json();
        QCOMPARE(shown[QLatin1String("state")].toString(), QStringLiteral("done"));
        QCOMPARE(shown[QLatin1String("totalSteps")].toInt(), 35);
        QCOMPARE(shown[QLatin1String("checkpoints")].toArray().last().toInt(), 35);
    }

    void branchesAndTellsTheDifference() {
        QCOMPARE(cli({QStringLiteral("train"), config(), QStringLiteral("--out"), at("runs/a")}).exitCode, 0);
        const Answer branch = cli({QStringLiteral("train"),
                                   QStringLiteral("--branch"),
                                   at("runs/a"),
                                   QStringLiteral("--out"),
                                   at("runs/b"),
                                   QStringLiteral("--extend"),
                                   QStringLiteral("4")});
        QCOMPARE(branch.exitCode, 0);
        QCOMPARE(branch.json()[QLatin1String("step")].toInt(), 34);
        const QJsonObject difference = cli(words("runs diff a b")).json();
        QVERIFY(difference[QLatin1String("differences")].toArray().size() > 1);
        QCOMPARE(cli(words("runs list")).json()[QLatin1String("runs")].toArray().size(), 2);
    }

    void runsAreRenamedDiscardedAndBroughtBack() {
        QCOMPARE(cli({QStringLiteral("train"), config(2), QStringLiteral("--out"), at("runs/a")}).exitCode,
                 0);
        QCOMPARE(cli(words("runs rename a b")).exitCode, 0);
        QCOMPARE(cli(words("runs discard b")).exitCode, 0);
        QCOMPARE(cli(words("runs list")).json()[QLatin1String("runs")].toArray().size(), 0);
        QCOMPARE(cli(words("runs restore b")).exitCode, 0);
        const QStringList toFile = {QStringLiteral("runs"),
                                    QStringLiteral("export"),
                                    QStringLiteral("b"),
                                    QStringLiteral("--out"),
                                    at("w.safetensors")};
        QCOMPARE(cli(toFile).exitCode, 0);
        const Answer again = cli(toFile);
        QCOMPARE(again.exitCode, 1);
        QVERIFY(again.sentence().contains(QLatin1String("exists already")));
    }

    void aRunThatRestsCannotBePaused() {
        QCOMPARE(cli({QStringLiteral("train"), config(2), QStringLiteral("--out"), at("runs/a")}).exitCode,
                 0);
        const Answer pause = cli(words("runs pause a"));
        QCOMPARE(pause.exitCode, 1);
        QVERIFY(pause.sentence().contains(QLatin1String("--resume")));
    }

    void tellsTheCostAndWritesNothing() {
        const Answer cost = cli({QStringLiteral("train"), config(), QStringLiteral("--probe")});
        QCOMPARE(cost.exitCode, 0);
        for (const char* key : {"numParameters",
                                "peakMemoryMiB",
                                "imagesPerEpoch",
                                "totalSteps",
                                "imagesPerSecond",
                                "secondsPerEpoch",
                                "totalSeconds"})
            QVERIFY2(cost.json()[QLatin1String(key)].toDouble() > 0, key);
        QVERIFY(!QFile::exists(at("runs")));
    }

    void aWrongFieldIsNamedBeforeAnythingStarts() {
        const Answer wrong = cli({QStringLiteral("train"), config(30, R"(, "momentum": -1)")});
        QCOMPARE(wrong.exitCode, 1);
        QVERIFY2(wrong.sentence().contains(QLatin1String("\"momentum\" is -1, but must lie between 0 and")),
                 qPrintable(wrong.sentence()));
        QVERIFY(!QFile::exists(at("runs")));
    }

    void aReadOnlyFolderIsASentence() {
        QDir().mkpath(at("runs"));
        QFile blocked(at("runs/a"));
        QVERIFY(blocked.open(QIODevice::WriteOnly));
        const Answer answer =
            cli({QStringLiteral("train"), config(), QStringLiteral("--out"), at("runs/a/b")});
        QCOMPARE(answer.exitCode, 1);
        QVERIFY2(answer.sentence().contains(QLatin1String("runs/a")), qPrintable(answer.sentence()));
    }

    void teachesAChairOfAFileAndResumesIt() {
        vitrine::test::writeToyChair(at("stool.obj").toStdString(), 0.7);
        vitrine::test::writeRandomChairModel(at("box.safetensors").toStdString());
        const QStringList teach = {QStringLiteral("teach"),
                                   at("stool.obj"),
                                   QStringLiteral("--model"),
                                   at("box.safetensors"),
                                   QStringLiteral("--name"),
                                   QStringLiteral("stool"),
                                   QStringLiteral("--steps"),
                                   QStringLiteral("12")};
        const Answer prepared = cli(teach + QStringList{QStringLiteral("--prepare")});
        QVERIFY2(prepared.exitCode == 0, qPrintable(prepared.error));
        QCOMPARE(prepared.json()[QLatin1String("run")].toString(), at("runs/stool"));
        const Answer trained = cli({QStringLiteral("train"), QStringLiteral("--resume"), at("runs/stool")});
        QVERIFY2(trained.exitCode == 0, qPrintable(trained.error));
        QCOMPARE(trained.json()[QLatin1String("step")].toInt(), 12);
        QVERIFY(trained.json().contains(QLatin1String("keptPsnr")));
        const QJsonObject info =
            cli({QStringLiteral("info"), trained.json()[QLatin1String("snapshot")].toString()})
                .json()[QLatin1String("metadata")]
                .toObject();
        QCOMPARE(info[QLatin1String("taught")].toString(),
                 prepared.json()[QLatin1String("chair")].toString());
        QCOMPARE(info[QLatin1String("num_styles")].toString(), QStringLiteral("6"));
        QVERIFY(cli(teach).sentence().contains(QLatin1String("already exists")));
    }

    void benchPrintsItsContract() {
        const QJsonObject bench = cli({QStringLiteral("bench"),
                                       QStringLiteral("train"),
                                       QStringLiteral("--preset"),
                                       QStringLiteral("compact-64"),
                                       QStringLiteral("--batch"),
                                       QStringLiteral("2"),
                                       QStringLiteral("--seconds"),
                                       QStringLiteral("1"),
                                       QStringLiteral("--data"),
                                       m_shared.filePath(QStringLiteral("toy.vpack"))})
                                      .json();
        for (const char* key : {"imagesPerSecond", "literalImagesPerSecond", "ratio", "peakMiB"})
            QVERIFY2(bench[QLatin1String(key)].toDouble() > 0, key);
        const QJsonObject shares = bench[QLatin1String("shares")].toObject();
        double sum = 0;
        for (const auto& share : shares) sum += share.toDouble();
        QCOMPARE(shares.size(), 4);
        QVERIFY(std::abs(sum - 1) < 1e-6);
    }
};

VITRINE_TEST(TestCliTraining)
#include "tst_cli_training.moc"
