// SPDX-License-Identifier: GPL-3.0-or-later
// What the chair commands refuse, replay of pictures that were changed, and bench.
#include <QDir>
#include <QFile>
#include <QJsonObject>

#include "core/io/image_file.h"
#include "core/io/png.h"
#include "tests/app/cli/chair_cli_fixture.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using vitrine::test::Answer;
using vitrine::test::run;

class TestCliChairFaults : public QObject, test::ChairCliFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { makeFolder(); }

    void faultsAreOneSentence_data();
    void faultsAreOneSentence();
    void unwritableOutputLeavesNothing();
    void onlyPngNamesAreWritten();
    void missingDefaultsSayWhatToDo();
    void brokenModelIsRefused_data();
    void brokenModelIsRefused();
    void changedPictureIsNotIdentical();
    void otherWeightsAreNamed();
    void pictureWithoutRecipeCannotBeReplayed();
    void benchPrintsItsContract();
    void benchOfAMissingGpuIsOneSentence();
};

void TestCliChairFaults::faultsAreOneSentence_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("fault");
    const auto row = [](const char* name, const char* arguments, const char* fault) {
        QTest::newRow(name) << QString::fromUtf8(arguments).split(QLatin1Char(' '))
                            << QString::fromUtf8(fault);
    };
    row("unknown style", "generate --style barstool", "bar-stool");
    row("index out of range", "generate --style 5", "0 to 4");
    row("negative index", "generate --style -1", "0 to 4");
    row("empty style", "generate --style 0,", "not a style");
    row("weight that is not a number", "generate --style 0:half", "\"half\" is not a number");
    row("huge weight", "generate --style 0:1e9", "out of range");
    row("unknown transformation", "generate --style 0 --theta size=2", "zoom");
    row("transformation without a value", "generate --style 0 --theta zoom", "key=value");
    row("transformation out of range", "generate --style 0 --theta zoom=50", "out of range");
    row("unknown axis", "grid --style 0 --rows colour=0:1:2", "azimuth");
    row("axis without values", "grid --style 0 --rows azimuth=", "not a number");
    row("axis of too many values", "grid --style 0 --rows azimuth=0:1:100000", "1 to 4096");
    row("unknown chair on an axis", "grid --style 0 --rows chair=sofas", "sofa");
    row("too many pixels",
        "grid --style 0 --rows azimuth=0:1:100 --columns elevation=0:1:100 --size 4096",
        "fewer or smaller");
    row("unknown end of a morph", "morph --from 0 --to benches", "garden-bench");
}

void TestCliChairFaults::faultsAreOneSentence() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, fault);
    const Answer answer = withModel(arguments << QStringLiteral("--out") << at("out.png"));
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.sentence().contains(fault), qPrintable(answer.error));
    QVERIFY(answer.sentence().startsWith(QStringLiteral("vitrine-cli: ")));
    QVERIFY(answer.out.isEmpty());
    QVERIFY(!QFile::exists(at("out.png")));
}

void TestCliChairFaults::unwritableOutputLeavesNothing() {
    const Answer answer = withModel({QStringLiteral("generate"),
                                     QStringLiteral("--style"),
                                     QStringLiteral("0"),
                                     QStringLiteral("--out"),
                                     at("no/such/folder/a.png")});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.sentence().contains(QStringLiteral("a.png")), qPrintable(answer.error));
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void TestCliChairFaults::onlyPngNamesAreWritten() {
    const Answer answer = withModel({QStringLiteral("generate"),
                                     QStringLiteral("--style"),
                                     QStringLiteral("0"),
                                     QStringLiteral("--out"),
                                     at("a.jpg")});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.sentence().contains(QStringLiteral(".png")), qPrintable(answer.error));
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void TestCliChairFaults::missingDefaultsSayWhatToDo() {
    qputenv("VITRINE_CACHE", at("cache").toUtf8());
    const Answer data = withModel({QStringLiteral("eval"), QStringLiteral("chairs")});
    QCOMPARE(data.exitCode, 1);
    QVERIFY2(data.sentence().contains(QStringLiteral("vitrine-cli data render")), qPrintable(data.error));
    qunsetenv("VITRINE_CACHE");

    qputenv("VITRINE_RESOURCES", m_folder->path().toUtf8());
    const Answer model = run({QStringLiteral("generate"),
                              QStringLiteral("--style"),
                              QStringLiteral("0"),
                              QStringLiteral("--out"),
                              at("a.png")});
    qunsetenv("VITRINE_RESOURCES");
    QCOMPARE(model.exitCode, 1);
    QVERIFY2(model.sentence().contains(QStringLiteral("--model")), qPrintable(model.error));
}

void TestCliChairFaults::brokenModelIsRefused_data() {
    QTest::addColumn<QByteArray>("content");
    QFile model(m_model);
    QVERIFY(model.open(QIODevice::ReadOnly));
    const QByteArray whole = model.readAll();
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("half") << whole.left(whole.size() / 2);
    QTest::newRow("not weights") << QByteArray("\x89PNG\r\n\x1a\nnothing of the kind");
    QByteArray flipped = whole;
    flipped[flipped.size() - 1] = char(flipped.back() ^ 1);
    QTest::newRow("one bit flipped") << flipped;
    QTest::newRow("header only") << QByteArray("\x02\0\0\0\0\0\0\0{}", 10);
}

void TestCliChairFaults::brokenModelIsRefused() {
    QFETCH(QByteArray, content);
    QFile broken(at("broken.safetensors"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write(content);
    broken.close();
    const Answer answer = run({QStringLiteral("generate"),
                               QStringLiteral("--style"),
                               QStringLiteral("0"),
                               QStringLiteral("--out"),
                               at("a.png"),
                               QStringLiteral("--model"),
                               at("broken.safetensors")});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.sentence().contains(QStringLiteral("weight file")), qPrintable(answer.error));
    QVERIFY(!QFile::exists(at("a.png")));
}

void TestCliChairFaults::changedPictureIsNotIdentical() {
    QCOMPARE(withModel({QStringLiteral("generate"),
                        QStringLiteral("--style"),
                        QStringLiteral("0"),
                        QStringLiteral("--out"),
                        at("a.png")})
                 .exitCode,
             0);
    Image image = *readImage(at("a.png").toStdString());
    image.pixels[100] ^= 0x80;
    const auto recipe = readPngRecipe(at("a.png").toStdString());
    QVERIFY(writePng(at("b.png").toStdString(), image, recipe->value()));
    const Answer answer = withModel({QStringLiteral("replay"), at("b.png")});
    QCOMPARE(answer.exitCode, 0);
    QVERIFY2(answer.out.contains(QStringLiteral("not identical")), qPrintable(answer.out));

    QVERIFY(writePng(at("c.png").toStdString(), Image(31, 17, 3), recipe->value()));
    QCOMPARE(withModel({QStringLiteral("replay"), at("c.png")}).exitCode, 1);
}

void TestCliChairFaults::otherWeightsAreNamed() {
    QCOMPARE(withModel({QStringLiteral("generate"),
                        QStringLiteral("--style"),
                        QStringLiteral("0"),
                        QStringLiteral("--out"),
                        at("a.png")})
                 .exitCode,
             0);
    QCOMPARE(recipeOfFile(at("a.png")).weightsHash.size(), std::size_t(64));
    test::writeRandomChairModel(at("other.safetensors").toStdString(),
                                {.styleIds = {"windsor-chair", "sofa", "bar-stool", "a", "b"}, .seed = 2});
    const QStringList replay{
        QStringLiteral("replay"), at("a.png"), QStringLiteral("--model"), at("other.safetensors")};
    const Answer answer = run(replay);
    QCOMPARE(answer.exitCode, 0);
    QVERIFY2(answer.out.contains(QStringLiteral("made with other weights")), qPrintable(answer.out));
    QVERIFY(
        run(replay + QStringList{QStringLiteral("--json")}).json()[QStringLiteral("otherWeights")].toBool());
    QVERIFY(!withModel({QStringLiteral("replay"), at("a.png"), QStringLiteral("--json")})
                 .json()[QStringLiteral("otherWeights")]
                 .toBool());
}

void TestCliChairFaults::pictureWithoutRecipeCannotBeReplayed() {
    QVERIFY(writePng(at("plain.png").toStdString(), Image(32, 32, 3, 7)));
    const Answer answer = withModel({QStringLiteral("replay"), at("plain.png")});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY(answer.sentence().contains(QStringLiteral("no recipe")));
    QVERIFY(writePng(at("odd.png").toStdString(), Image(32, 32, 3, 7), "{\"format\":\"something else\"}"));
    QCOMPARE(withModel({QStringLiteral("replay"), at("odd.png")}).exitCode, 1);
    QCOMPARE(withModel({QStringLiteral("replay"), at("missing.png")}).exitCode, 1);
}

void TestCliChairFaults::benchPrintsItsContract() {
    const Answer answer =
        withModel({QStringLiteral("bench"), QStringLiteral("chairs"), QStringLiteral("--json")});
    QCOMPARE(answer.exitCode, 0);
    const QJsonObject bench = answer.json();
    QVERIFY(!bench[QLatin1String("device")].toString().isEmpty());
    for (const char* batch : {"batch1", "batch64"}) {
        for (const char* key : {"oursMs", "literalMs", "ratio", "boundFraction"}) {
            QVERIFY2(bench[QLatin1String(batch)][QLatin1String(key)].toDouble() > 0, key);
        }
    }
    const QJsonValue precisions = bench[QLatin1String("precisions")],
                     fp32 = precisions[QLatin1String("fp32")], bf16 = precisions[QLatin1String("bf16")];
    for (const char* key : {"batch1Ms", "batch64Ms"}) {
        QVERIFY2(fp32[QLatin1String(key)].toDouble() > 0, key);
        QVERIFY2(bf16.isNull() || bf16[QLatin1String(key)].toDouble() > 0, key);
    }
    for (const char* batch : {"batch1", "batch64"}) {
        const QString chosen = bench[QLatin1String("precision")][QLatin1String(batch)].toString();
        const double chosenMs =
            precisions[chosen][QString::fromUtf8(batch) + QStringLiteral("Ms")].toDouble();
        QCOMPARE(bench[QLatin1String(batch)][QLatin1String("oursMs")].toDouble(), chosenMs);
    }
    const auto ratio = [&](const char* batch) {
        const QJsonValue values = bench[QLatin1String(batch)];
        return values[QLatin1String("literalMs")].toDouble() / values[QLatin1String("oursMs")].toDouble() /
               values[QLatin1String("ratio")].toDouble();
    };
    QVERIFY(std::abs(ratio("batch1") - 1) < 1e-6);
    QVERIFY(std::abs(ratio("batch64") - 1) < 1e-6);
    QCOMPARE(run({QStringLiteral("bench"),
                  QStringLiteral("chairs"),
                  QStringLiteral("--preset"),
                  QStringLiteral("throne")})
                 .exitCode,
             1);
}

void TestCliChairFaults::benchOfAMissingGpuIsOneSentence() {
    const Answer answer =
        withModel(QStringLiteral("bench chairs --device cuda --json").split(QLatin1Char(' ')));
    if (answer.exitCode == 0) QSKIP("this machine has a GPU");
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.sentence().contains(QStringLiteral("no usable CUDA device")), qPrintable(answer.error));
    QVERIFY(answer.out.isEmpty());
}

VITRINE_TEST(TestCliChairFaults)
#include "tst_cli_chair_faults.moc"
