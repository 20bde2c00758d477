// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself: its use, its output, what it says about itself and the import of meshes.
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

#include "core/data/packed_chairs.h"
#include "tests/support/cli_run.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_meshes.h"

using namespace vitrine;
using vitrine::test::Answer;
using vitrine::test::run;

class TestCli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void wrongUseExitsWithTwo_data();
    void wrongUseExitsWithTwo();
    void helpAndVersionSucceed();
    void outputThatCannotBeWrittenIsAnError_data();
    void outputThatCannotBeWrittenIsAnError();
    void setsForTransferHoldReservedScans();
    void namesOfFilesAreBytes();
    void aReaderThatHangsIsStopped();
    void aReaderThatCrashesIsAnError();
    void infoTellsAboutTheProgram();
    void infoRefusesWhatItCannotRead();
    void failedStartOfATrainingLeavesNothing();
    void progressOfALogHasFewLines();
    void progressForProgramsIsJson();

private:
    QString at(const char* name) const { return m_folder->filePath(QString::fromUtf8(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

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

void TestCli::setsForTransferHoldReservedScans() {
    const std::filesystem::path folder = m_folder->path().toStdString();
    std::filesystem::create_directories(folder / "scans/model/chair/SS_006");
    test::writeToyChair(folder / "scans/model/chair/SS_006/model.obj", 0.5);
    qputenv("VITRINE_DATA", m_folder->path().toUtf8());
    const auto restored = qScopeGuard([] { qunsetenv("VITRINE_DATA"); });
    QCOMPARE(run({QStringLiteral("data"),
                  QStringLiteral("import"),
                  QStringLiteral("--pix3d"),
                  m_folder->filePath(QStringLiteral("scans"))})
                 .exitCode,
             0);
    const QString packed = m_folder->filePath(QStringLiteral("set.vpack"));
    const Answer answer =
        run(QStringLiteral("data render --styles transfer --models bar-chair --size 8 "
                           "--samples 1 --out")
                .split(QLatin1Char(' ')) +
            QStringList{m_folder->filePath(QStringLiteral("tree")), QStringLiteral("--packed"), packed});
    QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
    const PackedChairs set = PackedChairs::open(packed.toStdString()).value();
    QCOMPARE(set.styleIds().back(), std::string("scan-006"));
    QCOMPARE(set.views().size(), std::size_t(2 * 62));
    for (const PackedView& view : set.views()) QVERIFY(view.azimuthIndex != kOffGrid);
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

VITRINE_TEST(TestCli)
#include "tst_cli.moc"
