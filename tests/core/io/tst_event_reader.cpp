// SPDX-License-Identifier: GPL-3.0-or-later
// Our event files before TensorBoard's own readers (read_events.py).
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/io/event_file.h"
#include "core/io/png.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

QJsonArray numbers(std::initializer_list<double> values) {
    QJsonArray array;
    for (double value : values) array.append(value);
    return array;
}

QJsonArray points(std::initializer_list<std::pair<int, double>> values) {
    QJsonArray array;
    for (const auto& [step, value] : values) array.append(numbers({double(step), value}));
    return array;
}

}  // namespace

class TestEventReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = m_dir->path().toStdString();
    }

    void scalarsComeBack() {
        EventFile file = EventFile::create(m_folder).value();
        QVERIFY(file.scalar(0, "loss/train", 4).ok());
        QVERIFY(file.scalars(100, {{"loss/train", 0.5}, {"psnr", 21.25}}).ok());
        QVERIFY(file.scalar(3'000'000'000, "loss/train", -0.125).ok());
        const QJsonObject seen = read();
        const QJsonObject scalars = seen[u"read"][u"scalars"].toObject();
        QJsonArray losses = points({{0, 4}, {100, 0.5}});
        losses.append(numbers({3e9, -0.125}));
        QCOMPARE(scalars[u"loss/train"].toArray(), losses);
        QCOMPARE(scalars[u"psnr"].toArray(), points({{100, 21.25}}));
        for (const auto& time : seen[u"read"][u"wallTimes"].toArray())
            QVERIFY(std::abs(time.toDouble() - double(QDateTime::currentSecsSinceEpoch())) < 600);
        QCOMPARE(seen[u"served"][u"psnr"].toArray()[0].toString(), QStringLiteral("scalars"));
    }

    void picturesComeBackWhole() {
        const auto png = encodePng(Image(200, 7, 3)).value();
        EventFile file = EventFile::create(m_folder).value();
        QVERIFY(file.image(5, "preview", png).ok());
        const QJsonObject seen = read();
        const QJsonArray image = seen[u"read"][u"images"][u"preview"].toArray()[0].toArray();
        QCOMPARE(image[0].toInt(), 5);
        QCOMPARE(image[1].toInt(), 200);
        QCOMPARE(image[2].toInt(), 7);
        const QByteArray bytes(reinterpret_cast<const char*>(png.data()), qsizetype(png.size()));
        QCOMPARE(QByteArray::fromHex(image[3].toString().toLatin1()), bytes);
        QCOMPARE(seen[u"served"][u"preview"].toArray()[0].toString(), QStringLiteral("images"));
    }

    void histogramsComeBack() {
        const std::vector<float> values{0, 0.5f, 1, 1.5f, 2, 4};
        EventFile file = EventFile::create(m_folder).value();
        QVERIFY(file.histogram(9, "weights", HistogramData::of(values, 4)).ok());
        const QJsonObject seen = read();
        const QJsonObject data = seen[u"read"][u"histograms"][u"weights"].toArray()[0].toObject();
        QCOMPARE(data[u"step"].toInt(), 9);
        QCOMPARE(data[u"min"].toDouble(), 0.0);
        QCOMPARE(data[u"max"].toDouble(), 4.0);
        QCOMPARE(data[u"num"].toDouble(), 6.0);
        QCOMPARE(data[u"sum"].toDouble(), 9.0);
        QCOMPARE(data[u"sum_squares"].toDouble(), 23.5);
        QCOMPARE(data[u"bucket_limit"].toArray(), numbers({1, 2, 3, 4}));
        QCOMPARE(data[u"bucket"].toArray(), numbers({3, 2, 0, 1}));
        QCOMPARE(seen[u"served"][u"weights"].toArray()[0].toString(), QStringLiteral("histograms"));
    }

    void resumedRunReplacesTheStepsAfterItsCheckpoint() {
        EventFile first = EventFile::create(m_folder).value();
        for (int step : {100, 200, 300, 400}) QVERIFY(first.scalar(step, "loss", 1).ok());
        EventFile second = EventFile::create(m_folder, 201).value();
        QVERIFY(second.scalar(300, "loss", 2).ok());
        EventFile third = EventFile::create(m_folder, 301).value();
        QVERIFY(third.scalar(400, "loss", 3).ok());
        const QJsonObject seen = read();
        QCOMPARE(seen[u"read"][u"scalars"][u"loss"].toArray(),
                 points({{100, 1}, {200, 1}, {300, 2}, {400, 3}}));
        QCOMPARE(seen[u"served"][u"loss"].toArray()[1].toArray(), numbers({100, 200, 300, 400}));
    }

    void tornLastRecordHidesNothingElse() {
        EventFile file = EventFile::create(m_folder).value();
        QVERIFY(file.scalar(1, "loss", 1).ok());
        const auto whole = fs::file_size(file.path());
        QVERIFY(file.scalar(2, "loss", 2).ok());
        // A record is a header of 12 bytes, the message, and 4 more: a cut in each.
        for (const auto left : {fs::file_size(file.path()) - 2, whole + 30, whole + 10, whole + 3}) {
            fs::resize_file(file.path(), left);
            QCOMPARE(read()[u"read"][u"scalars"][u"loss"].toArray(), points({{1, 1}}));
        }
        QVERIFY(EventFile::create(m_folder, 2).value().scalar(2, "loss", 3).ok());
        QCOMPARE(read()[u"read"][u"scalars"][u"loss"].toArray(), points({{1, 1}, {2, 3}}));
    }

    void killedWriterLeavesWhatItWrote() {
        const pid_t writer = ::fork();
        QVERIFY(writer >= 0);
        if (writer == 0) {
            EventFile file = EventFile::create(m_folder).value();
            for (int step = 0; step < 50; ++step) static_cast<void>(file.scalar(step, "loss", step));
            ::kill(::getpid(), SIGKILL);
        }
        int status = 0;
        QCOMPARE(::waitpid(writer, &status, 0), writer);
        QCOMPARE(read()[u"read"][u"scalars"][u"loss"].toArray().size(), 50);
    }

private:
    /// Empty if the reader failed, which fails the test with what it said.
    QJsonObject read() {
        QProcess python;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PYTHONPATH"), QStringLiteral(VITRINE_TEST_PYTHON));
        environment.insert(QStringLiteral("PYTHONDONTWRITEBYTECODE"), QStringLiteral("1"));
        python.setProcessEnvironment(environment);
        python.start(QStringLiteral("python3"), {QStringLiteral(VITRINE_EVENT_READER), m_dir->path()});
        const bool ended = python.waitForFinished(120000);
        const QByteArray said = python.readAllStandardError();
        if (!ended || python.exitCode() != 0) {
            QTest::qFail(
                said.isEmpty() ? qPrintable(python.errorString()) : said.constData(), __FILE__, __LINE__);
            return {};
        }
        return QJsonDocument::fromJson(python.readAllStandardOutput()).object();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder;
};

VITRINE_TEST(TestEventReader)
#include "tst_event_reader.moc"
