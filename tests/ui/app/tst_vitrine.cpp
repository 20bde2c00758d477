// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself, as a user starts it: screenshots without a screen, and each way of asking for nonsense.
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int kLimitMs = 180'000;

struct Outcome {
    int code = -1;
    QString out;
    QString err;
};

}  // namespace

class TestVitrine : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

    Outcome start(const QStringList& arguments, const QList<std::pair<QString, QString>>& variables = {}) {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString& name :
             {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s, u"OMP_WAIT_POLICY"_s})
            environment.remove(name);
        environment.insert(u"XDG_CONFIG_HOME"_s, m_home.filePath(u"config"_s));
        environment.insert(u"XDG_CACHE_HOME"_s, m_home.filePath(u"cache"_s));
        environment.insert(u"XDG_DATA_HOME"_s, m_home.filePath(u"data"_s));
        for (const auto& [name, value] : variables) environment.insert(name, value);
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(VITRINE_PROGRAM), arguments);
        if (!program.waitForFinished(kLimitMs)) program.kill();
        return {program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1,
                QString::fromUtf8(program.readAllStandardOutput()),
                QString::fromUtf8(program.readAllStandardError())};
    }

private Q_SLOTS:
    /// With the bundled networks: each panel takes its lesson, and shows it.
    void lessonsOpen_data() {
        QTest::addColumn<QString>("lesson");
        for (const char* lesson : {"morph", "hidden-back", "same-point"})
            QTest::newRow(lesson) << QString::fromLatin1(lesson);
    }
    void lessonsOpen() {
        QFETCH(QString, lesson);
        const QString path = m_home.filePath(lesson + u".png"_s);
        const Outcome outcome =
            start({u"--screenshot"_s, path, u"--state"_s, u":/lessons/%1.json"_s.arg(lesson)});
        QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
        QVERIFY(!QImage(path).isNull());
    }

    void itTellsItsVersion() {
        const Outcome outcome = start({u"--version"_s});
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.out.startsWith(u"vitrine "_s));
    }

    void aScreenshotNeedsNoScreenAndNoModel_data() {
        QTest::addColumn<QString>("theme");
        QTest::addColumn<QString>("scale");
        QTest::addColumn<QSize>("size");
        QTest::newRow("dark") << u"dark"_s << u"1"_s << QSize(1280, 800);
        QTest::newRow("light, twice as fine") << u"light"_s << u"2"_s << QSize(2560, 1600);
    }
    void aScreenshotNeedsNoScreenAndNoModel() {
        QFETCH(QString, theme);
        QFETCH(QString, scale);
        QFETCH(QSize, size);
        const QString path = m_home.filePath(u"%1.png"_s.arg(theme));
        const Outcome outcome = start({u"--screenshot"_s,
                                       path,
                                       u"--panel"_s,
                                       u"chairs"_s,
                                       u"--size"_s,
                                       u"1280x800"_s,
                                       u"--theme"_s,
                                       theme,
                                       u"--scale"_s,
                                       scale,
                                       u"--model"_s,
                                       m_home.filePath(u"no-such.safetensors"_s)});
        QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
        const QImage picture(path);
        QCOMPARE(picture.size(), size);
        const int lightness = picture.pixelColor(2, picture.height() / 2).lightness();
        QVERIFY(theme == "dark"_L1 ? lightness < 64 : lightness > 192);
    }

    void theTrainingPanelIsTakenWithoutRunsAndData() {
        const QString path = m_home.filePath(u"training.png"_s);
        const Outcome outcome =
            start({u"--screenshot"_s, path, u"--panel"_s, u"training"_s, u"--size"_s, u"960x600"_s});
        QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
        QCOMPARE(QImage(path).size(), QSize(960, 600));
    }

    void nonsenseIsRefusedInOneSentence_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("word");
        const QString picture = m_home.filePath(u"refused.png"_s);
        const QString broken = m_home.filePath(u"broken.json"_s);
        QFile file(broken);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"vitrine\":");
        file.close();
        QTest::newRow("no screen") << QStringList() << 1 << u"screen"_s;
        QTest::newRow("size") << QStringList{u"--size"_s, u"wide"_s} << 2 << u"1280x800"_s;
        QTest::newRow("theme") << QStringList{u"--theme"_s, u"pink"_s} << 2 << u"dark"_s;
        QTest::newRow("option") << QStringList{u"--sise"_s} << 2 << u"--sise"_s;
        QTest::newRow("panel") << QStringList{u"--panel"_s, u"nowhere"_s, u"--screenshot"_s, picture} << 1
                               << u"nowhere"_s;
        QTest::newRow("state") << QStringList{u"--state"_s, broken, u"--screenshot"_s, picture} << 1
                               << u"broken.json"_s;
        QTest::newRow("folder") << QStringList{u"--screenshot"_s, u"/nowhere/at/all.png"_s} << 1
                                << u"/nowhere/at/all.png"_s;
    }
    void nonsenseIsRefusedInOneSentence() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, word);
        const Outcome outcome = start(arguments);
        QCOMPARE(outcome.code, code);
        QVERIFY2(outcome.err.contains(word), qPrintable(outcome.err));
        QVERIFY(!QFile::exists(m_home.filePath(u"refused.png"_s)));
    }

    void aPlatformThatFailsIsASentence_data() {
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("word");
        QTest::newRow("unreachable display") << u"DISPLAY"_s << u":4711"_s << u":4711 cannot be reached"_s;
        QTest::newRow("missing plug-in")
            << u"QT_QPA_PLATFORM"_s << u"nowhere"_s << u"\"nowhere\" is not installed"_s;
    }
    void aPlatformThatFailsIsASentence() {
        QFETCH(QString, variable);
        QFETCH(QString, value);
        QFETCH(QString, word);
        const Outcome outcome = start({}, {{variable, value}});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains(word), qPrintable(outcome.err));
        QCOMPARE(outcome.err.trimmed().count(u'\n'), 0);
    }
};

QTEST_GUILESS_MAIN(TestVitrine)
#include "tst_vitrine.moc"
