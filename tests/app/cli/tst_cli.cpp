// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QtTest>

#include "core/io/image_file.h"
#include "core/io/png.h"
#include "core/recipe/recipe.h"
#include "tests/support/cli_run.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/toy_meshes.h"

using namespace vitrine;
using vitrine::test::Answer;
using vitrine::test::run;

class TestCli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void wrongUseExitsWithTwo_data();
    void wrongUseExitsWithTwo();
    void helpAndVersionSucceed();
    void outputThatCannotBeWrittenIsAnError_data();
    void outputThatCannotBeWrittenIsAnError();
    void namesOfFilesAreBytes();
    void aReaderThatHangsIsStopped();
    void aReaderThatCrashesIsAnError();
    void infoTellsAboutTheProgram();
    void infoTellsAboutWeights();
    void infoTellsAboutAPicture();
    void infoRefusesWhatItCannotRead();

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

    void faultsAreOneSentence_data();
    void faultsAreOneSentence();
    void unwritableOutputLeavesNothing();
    void onlyPngNamesAreWritten();
    void missingDefaultsSayWhatToDo();
    void failedStartOfATrainingLeavesNothing();
    void progressOfALogHasFewLines();
    void progressForProgramsIsJson();
    void brokenModelIsRefused_data();
    void brokenModelIsRefused();
    void changedPictureIsNotIdentical();
    void otherWeightsAreNamed();
    void pictureWithoutRecipeCannotBeReplayed();
    void benchPrintsItsContract();
    void benchOfAMissingGpuIsOneSentence();

private:
    QString at(const char* name) const { return m_folder->filePath(QString::fromUtf8(name)); }
    /// Runs a chair command with the tiny model.
    Answer withModel(QStringList arguments) const {
        return run(arguments << QStringLiteral("--model") << m_model);
    }
    static ChairRecipe recipeOfFile(const QString& file) {
        const auto text = readPngRecipe(file.toStdString());
        return *recipeFromJson(text->value());
    }

    QTemporaryDir m_models;
    QString m_model, m_gaussian;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCli::initTestCase() {
    m_model = m_models.filePath(QStringLiteral("tiny.safetensors"));
    test::RandomChairModel model;
    model.styleIds = {"windsor-chair", "office-chair", "bar-stool", "garden-bench", "sofa"};
    test::writeRandomChairModel(m_model.toStdString(), model);
    m_gaussian = m_models.filePath(QStringLiteral("gaussian.safetensors"));
    model.styleDimensions = 6;
    test::writeRandomChairModel(m_gaussian.toStdString(), model);
}

void TestCli::init() {
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestCli::wrongUseExitsWithTwo_data() {
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char* name, const char* arguments) {
        QTest::newRow(name) << QString::fromUtf8(arguments).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    };
    row("no command", "");
    row("unknown command", "sit");
    row("unknown option", "info --colour");
    row("no style", "generate --out x.png");
    row("no output", "generate --style sofa");
    row("elevation out of range", "generate --style sofa --out x.png --elevation 91");
    row("azimuth that is not a number", "generate --style sofa --out x.png --azimuth front");
    row("unknown channel", "generate --style sofa --out x.png --channel depth");
    row("size out of range", "generate --style sofa --out x.png --size 0");
    row("no frames", "morph --from sofa --to sofa --out x.gif --frames 0");
    row("unknown weights", "morph --from sofa --to sofa --out x.gif --weights cubic");
    row("unknown device", "info --device abacus");
    row("import of nothing", "data import");
    row("import of a file and scans", "data import a.obj --pix3d b");
    row("unknown precision", "info --precision fp8");
    row("bench of nothing", "bench");
    row("bench of two networks", "bench chairs --preset paper-128 --model x.safetensors");
}

void TestCli::wrongUseExitsWithTwo() {
    QFETCH(QStringList, arguments);
    const Answer answer = run(arguments);
    QCOMPARE(answer.exitCode, 2);
    QVERIFY(!answer.error.isEmpty());
}

void TestCli::helpAndVersionSucceed() {
    for (const char* option : {"--help", "--version"}) {
        const Answer answer = run({QString::fromUtf8(option)});
        QCOMPARE(answer.exitCode, 0);
        QVERIFY(!answer.out.isEmpty());
    }
    QVERIFY(run({QStringLiteral("generate"), QStringLiteral("--help")})
                .out.contains(QStringLiteral("--azimuth")));
}

void TestCli::outputThatCannotBeWrittenIsAnError_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("fullDisk");
    for (const char* arguments : {"--help", "--version", "data list", "data list --json"})
        for (const bool fullDisk : {true, false})
            QTest::addRow("%s, %s", arguments, fullDisk ? "full disk" : "closed pipe")
                << QString::fromLatin1(arguments).split(QLatin1Char(' ')) << fullDisk;
}

void TestCli::outputThatCannotBeWrittenIsAnError() {
    QFETCH(QStringList, arguments);
    QFETCH(bool, fullDisk);
    int ends[2] = {-1, -1};
    if (fullDisk)
        ends[1] = ::open("/dev/full", O_WRONLY);
    else
        QCOMPARE(::pipe(ends), 0);
    if (ends[0] >= 0) ::close(ends[0]);
    QVERIFY(ends[1] >= 0);
    QProcess process;
    process.setChildProcessModifier([output = ends[1]] { ::dup2(output, STDOUT_FILENO); });
    process.start(QStringLiteral(VITRINE_CLI), arguments);
    QVERIFY(process.waitForFinished(120'000));
    ::close(ends[1]);
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
    const QString said = QString::fromUtf8(process.readAllStandardError());
    QVERIFY2(said.contains(QLatin1String("Standard output cannot be written")), qPrintable(said));
    QCOMPARE(said.count(QLatin1Char('\n')), 1);
}

void TestCli::namesOfFilesAreBytes() {
    const std::filesystem::path folder = m_folder->path().toStdString();
    const std::filesystem::path mesh = folder / "St\xfchle.obj";
    test::writeToyChair(mesh, 0.5);
    std::filesystem::create_directories(folder / "runs" / "L\xe4uft");
    qputenv("VITRINE_DATA", m_folder->path().toUtf8());
    const auto restored = qScopeGuard([] { qunsetenv("VITRINE_DATA"); });

    const Answer runs = run({QStringLiteral("runs"), QStringLiteral("list"), QStringLiteral("--json")});
    QCOMPARE(runs.exitCode, 0);
    QCOMPARE(runs.json()[QLatin1String("runs")].toArray().size(), 1);
    // Arguments of QProcess are text; the shell hands the bytes on.
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"),
                {QStringLiteral("-c"),
                 QStringLiteral("exec \"$0\" data import \"$1\"/*.obj --json"),
                 QStringLiteral(VITRINE_CLI),
                 m_folder->path()});
    QVERIFY(shell.waitForFinished(120'000));
    QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError().constData());
    const QJsonObject added = QJsonDocument::fromJson(shell.readAllStandardOutput()).object();
    QCOMPARE(added[QLatin1String("chairs")].toArray().size(), 1);
    const Answer listed = run({QStringLiteral("data"), QStringLiteral("list"), QStringLiteral("--json")});
    QCOMPARE(listed.exitCode, 0);
    const QJsonObject last = listed.json()[QLatin1String("chairs")].toArray().last().toObject();
    QCOMPARE(last[QLatin1String("name")].toString(), QStringLiteral("St\ufffdhle"));
    QVERIFY(last[QLatin1String("own")].toBool());
}

// A named pipe that nobody writes to is a mesh whose reader never ends.
void TestCli::aReaderThatHangsIsStopped() {
    const QString mesh = m_folder->filePath(QStringLiteral("endless.obj"));
    QCOMPARE(::mkfifo(QFile::encodeName(mesh).constData(), 0600), 0);
    qputenv("VITRINE_DATA", m_folder->path().toUtf8());
    const auto restored = qScopeGuard([] { qunsetenv("VITRINE_DATA"); });
    const Answer answer = run({QStringLiteral("data"),
                               QStringLiteral("import"),
                               mesh,
                               QStringLiteral("--time-limit"),
                               QStringLiteral("1")});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.sentence().contains(QStringLiteral("endless.obj took more than 1 s")),
             qPrintable(answer.error));
}

void TestCli::aReaderThatCrashesIsAnError() {
    const QString mesh = m_folder->filePath(QStringLiteral("crash.obj"));
    QCOMPARE(::mkfifo(QFile::encodeName(mesh).constData(), 0600), 0);
    qputenv("VITRINE_DATA", m_folder->path().toUtf8());
    const auto restored = qScopeGuard([] { qunsetenv("VITRINE_DATA"); });
    QProcess program;
    program.start(QStringLiteral(VITRINE_CLI), {QStringLiteral("data"), QStringLiteral("import"), mesh});
    QVERIFY(program.waitForStarted());
    QFile children(QStringLiteral("/proc/%1/task/%1/children").arg(program.processId()));
    qint64 reader = 0;
    QTRY_VERIFY_WITH_TIMEOUT(
        children.open(QIODevice::ReadOnly) &&
            (reader = children.readAll().trimmed().toLongLong(), children.close(), reader > 0),
        60'000);
    QCOMPARE(::kill(pid_t(reader), SIGKILL), 0);
    QVERIFY(program.waitForFinished(60'000));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 1);
    const QByteArray said = program.readAllStandardError();
    QVERIFY2(said.contains("crash.obj crashed"), said.constData());
    const QString staging = m_folder->filePath(QStringLiteral("chairs/.new-%1").arg(reader));
    QVERIFY(!run({QStringLiteral("data"), QStringLiteral("import"), QStringLiteral("/nowhere/a.obj")})
                 .sentence()
                 .isEmpty());
    QVERIFY2(!QDir(staging).exists(), "the next import clears up");
}

void TestCli::infoTellsAboutTheProgram() {
    const QJsonObject info = run({QStringLiteral("info"), QStringLiteral("--json")}).json();
    QVERIFY(!info[QStringLiteral("version")].toString().isEmpty());
    QVERIFY(info[QStringLiteral("torch")].toString().startsWith(QStringLiteral("2.")));
    QVERIFY(info[QStringLiteral("devices")].toArray().at(0).toString().startsWith(QStringLiteral("CPU")));
    QVERIFY(info[QStringLiteral("models")].isArray());
    for (const QJsonValue& model : info[QStringLiteral("models")].toArray()) {
        QVERIFY(!model[QStringLiteral("name")].toString().isEmpty());
        QVERIFY(QFile::exists(model[QStringLiteral("file")].toString()));
        QVERIFY(model[QStringLiteral("parameters")].toDouble() > 0);
    }
}

void TestCli::infoTellsAboutWeights() {
    const QJsonObject info = run({QStringLiteral("info"), m_model, QStringLiteral("--json")}).json();
    QCOMPARE(info[QStringLiteral("kind")].toString(), QStringLiteral("weights"));
    QCOMPARE(info[QStringLiteral("size")].toInt(), 32);
    QCOMPARE(info[QStringLiteral("styleIds")].toArray().at(2).toString(), QStringLiteral("bar-stool"));
    QVERIFY(info[QStringLiteral("parameters")].toInt() > 10'000);
}

void TestCli::infoTellsAboutAPicture() {
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

void TestCli::infoRefusesWhatItCannotRead() {
    QCOMPARE(run({QStringLiteral("info"), at("nothing")}).exitCode, 1);
    QFile text(at("notes.txt"));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("a chair is for sitting on");
    text.close();
    const Answer answer = run({QStringLiteral("info"), at("notes.txt")});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY(answer.sentence().contains(QStringLiteral("notes.txt")));
}

void TestCli::generatePaintsAndReplayIsIdentical() {
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

void TestCli::generateTakesIndicesAndWeights() {
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

void TestCli::aSeedGivesANewChair() {
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

void TestCli::stylesHavePlacesOnAMap() {
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

void TestCli::generateComposesOverBackgrounds() {
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

void TestCli::channelsAndSizes() {
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

void TestCli::gridOverTwoAxes() {
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
}

void TestCli::gridOfStyles() {
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

void TestCli::morphWritesFrames() {
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

void TestCli::morphWritesAGif() {
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
}

void TestCli::morphWritesAStripThatReplays() {
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

void TestCli::paperWeightsHaveItsNumbers() {
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

void TestCli::faultsAreOneSentence_data() {
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

void TestCli::faultsAreOneSentence() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, fault);
    const Answer answer = withModel(arguments << QStringLiteral("--out") << at("out.png"));
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.sentence().contains(fault), qPrintable(answer.error));
    QVERIFY(answer.sentence().startsWith(QStringLiteral("vitrine-cli: ")));
    QVERIFY(answer.out.isEmpty());
    QVERIFY(!QFile::exists(at("out.png")));
}

void TestCli::unwritableOutputLeavesNothing() {
    const Answer answer = withModel({QStringLiteral("generate"),
                                     QStringLiteral("--style"),
                                     QStringLiteral("0"),
                                     QStringLiteral("--out"),
                                     at("no/such/folder/a.png")});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.sentence().contains(QStringLiteral("a.png")), qPrintable(answer.error));
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void TestCli::onlyPngNamesAreWritten() {
    const Answer answer = withModel({QStringLiteral("generate"),
                                     QStringLiteral("--style"),
                                     QStringLiteral("0"),
                                     QStringLiteral("--out"),
                                     at("a.jpg")});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.sentence().contains(QStringLiteral(".png")), qPrintable(answer.error));
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void TestCli::missingDefaultsSayWhatToDo() {
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

void TestCli::failedStartOfATrainingLeavesNothing() {
    QFile config(at("config.json"));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write(
        "{\"data\": \"/no/such/set.vpack\", \"stages\": [{\"preset\": \"compact-64\", \"steps\": 5}]}");
    config.close();
    const Answer answer =
        run({QStringLiteral("train"), config.fileName(), QStringLiteral("--out"), at("run")});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.sentence().contains(QStringLiteral("/no/such/set.vpack")), qPrintable(answer.error));
    QVERIFY(!QFile::exists(at("run")));
}

void TestCli::progressOfALogHasFewLines() {
    const Answer answer = run({QStringLiteral("data"),
                               QStringLiteral("render"),
                               QStringLiteral("--models"),
                               QStringLiteral("tulip-chair"),
                               QStringLiteral("--size"),
                               QStringLiteral("8"),
                               QStringLiteral("--samples"),
                               QStringLiteral("1"),
                               QStringLiteral("--out"),
                               at("renders"),
                               QStringLiteral("--no-pack")});
    if (answer.exitCode != 0) QSKIP("the archives of chairs are not installed");
    const auto lines = answer.error.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QVERIFY(lines.size() >= 2 && lines.size() <= 15);
    QVERIFY(!answer.error.contains(QLatin1Char('\r')));
}

void TestCli::progressForProgramsIsJson() {
    const Answer answer = run({QStringLiteral("data"),
                               QStringLiteral("render"),
                               QStringLiteral("--models"),
                               QStringLiteral("tulip-chair"),
                               QStringLiteral("--size"),
                               QStringLiteral("8"),
                               QStringLiteral("--samples"),
                               QStringLiteral("1"),
                               QStringLiteral("--out"),
                               at("renders"),
                               QStringLiteral("--no-pack"),
                               QStringLiteral("--progress"),
                               QStringLiteral("json")});
    if (answer.exitCode != 0) QSKIP("the archives of chairs are not installed");
    double last = 0;
    for (const QString& line : answer.error.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const QJsonObject progress = QJsonDocument::fromJson(line.toUtf8()).object();
        QVERIFY2(
            progress.contains(QLatin1String("message")) && progress.contains(QLatin1String("secondsLeft")),
            qPrintable(line));
        QVERIFY(progress[QLatin1String("fraction")].toDouble() >= last);
        last = progress[QLatin1String("fraction")].toDouble();
    }
    QCOMPARE(last, 1.0);
    QCOMPARE(run({QStringLiteral("info"), QStringLiteral("--progress"), QStringLiteral("loud")}).exitCode, 2);
}

void TestCli::brokenModelIsRefused_data() {
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

void TestCli::brokenModelIsRefused() {
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

void TestCli::changedPictureIsNotIdentical() {
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

void TestCli::otherWeightsAreNamed() {
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

void TestCli::pictureWithoutRecipeCannotBeReplayed() {
    QVERIFY(writePng(at("plain.png").toStdString(), Image(32, 32, 3, 7)));
    const Answer answer = withModel({QStringLiteral("replay"), at("plain.png")});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY(answer.sentence().contains(QStringLiteral("no recipe")));
    QVERIFY(writePng(at("odd.png").toStdString(), Image(32, 32, 3, 7), "{\"format\":\"something else\"}"));
    QCOMPARE(withModel({QStringLiteral("replay"), at("odd.png")}).exitCode, 1);
    QCOMPARE(withModel({QStringLiteral("replay"), at("missing.png")}).exitCode, 1);
}

void TestCli::benchPrintsItsContract() {
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

void TestCli::benchOfAMissingGpuIsOneSentence() {
    const Answer answer =
        withModel(QStringLiteral("bench chairs --device cuda --json").split(QLatin1Char(' ')));
    if (answer.exitCode == 0) QSKIP("this machine has a GPU");
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.sentence().contains(QStringLiteral("no usable CUDA device")), qPrintable(answer.error));
    QVERIFY(answer.out.isEmpty());
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
