// SPDX-License-Identifier: GPL-3.0-or-later
// Trainings as processes: they outlive the window, and all that is known of them is in their folders.
#include <signal.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "core/runs/run_folder.h"
#include "tests/support/test_program.h"
#include "ui/bridge/data_service.h"
#include "ui/bridge/probe_service.h"
#include "ui/bridge/run_service.h"
#include "ui/bridge/run_watch.h"

using namespace Qt::StringLiterals;
using namespace vitrine;
namespace fs = std::filesystem;

namespace {

constexpr int kLimitMs = 20'000;

struct Bench {
    explicit Bench(const QString& program = QStringLiteral(VITRINE_FAKE_HELPER))
        : watch(std::make_unique<RunWatch>(folder.path().toStdString())),
          runs(std::make_unique<RunService>(*watch, program)) {
        QObject::connect(runs.get(), &RunService::failed, [this](const Error& error) {
            errors << QString::fromStdString(error.message);
        });
    }
    ~Bench() {
        for (const RunSummary& run : listRuns(folder.path().toStdString()))
            if (isLive(run.status.state) && run.status.pid > 0) ::kill(pid_t(run.status.pid), SIGKILL);
    }
    void create(const QString& name, int steps = 100000, const char* fake = "no") {
        runs->create(name, u"{\"steps\":%1,\"fake\":\"%2\"}"_s.arg(steps).arg(QLatin1String(fake)));
    }
    fs::path path(const char* name) const { return fs::path(folder.path().toStdString()) / name; }
    const RunInfo* run(const char* name) const { return watch->find(path(name)); }
    RunPhase phase(const char* name) const { return run(name) ? phaseOf(*run(name)) : RunPhase::New; }
    bool reaches(const char* name, RunPhase wanted) {
        return QTest::qWaitFor([&] { return phase(name) == wanted; }, kLimitMs);
    }

    QTemporaryDir folder;
    QStringList errors;
    std::unique_ptr<RunWatch> watch;
    std::unique_ptr<RunService> runs;
};

/// Children of this process that ended and were not waited for.
int numZombies() {
    int zombies = 0;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        std::ifstream file(entry.path() / "stat");
        std::string stat;
        if (!std::getline(file, stat)) continue;
        const std::size_t name = stat.rfind(") ");
        if (name == std::string::npos) continue;
        zombies += stat[name + 2] == 'Z' && std::stol(stat.substr(name + 4)) == ::getpid();
    }
    return zombies;
}

}  // namespace

class TestRunService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunTrainsPausesResumesAndStops() {
        Bench bench;
        bench.create(u"first"_s);
        QVERIFY(bench.reaches("first", RunPhase::Training));
        bench.runs->pause(bench.path("first"));
        QVERIFY(bench.reaches("first", RunPhase::Paused));
        QVERIFY(allows(*bench.run("first"), RunAction::Resume));
        QVERIFY(!allows(*bench.run("first"), RunAction::Pause));
        bench.runs->resume(bench.path("first"));
        QVERIFY(bench.reaches("first", RunPhase::Training));
        bench.runs->stop(bench.path("first"));
        QVERIFY(bench.reaches("first", RunPhase::Stopped));
        QVERIFY(bench.run("first")->hasSnapshot);
        const auto step = bench.run("first")->summary.status.step;
        bench.runs->start(bench.path("first"));
        QVERIFY(bench.reaches("first", RunPhase::Training));
        QVERIFY(bench.run("first")->summary.status.step >= step);
        QCOMPARE(bench.errors, QStringList());
    }

    void aRunThatEndedIsExtended() {
        Bench bench;
        bench.create(u"short"_s, 30);
        QVERIFY(bench.reaches("short", RunPhase::Done));
        QVERIFY(!allows(*bench.run("short"), RunAction::Start));
        bench.runs->extend(bench.path("short"), 60, false);
        QVERIFY(QTest::qWaitFor(
            [&] {
                return bench.phase("short") == RunPhase::Done &&
                       bench.run("short")->summary.status.step == 60;
            },
            kLimitMs));
    }

    void aTrainingOutlivesTheWindowAndIsFoundAgain() {
        Bench bench;
        bench.create(u"long"_s);
        QVERIFY(bench.reaches("long", RunPhase::Training));
        bench.runs.reset();
        bench.watch.reset();
        RunWatch next(bench.folder.path().toStdString());
        QTRY_VERIFY(next.find(bench.path("long")) && next.find(bench.path("long"))->isLive());
        const auto step = next.find(bench.path("long"))->summary.status.step;
        QTRY_VERIFY(next.find(bench.path("long"))->summary.status.step > step);
    }

    void aKilledHelperIsNoticedAndLeavesNoZombie() {
        Bench bench;
        bench.create(u"shot"_s);
        QVERIFY(bench.reaches("shot", RunPhase::Training));
        ::kill(pid_t(bench.run("shot")->summary.status.pid), SIGKILL);
        QVERIFY(bench.reaches("shot", RunPhase::Interrupted));
        QCOMPARE(numZombies(), 0);
        bench.runs->start(bench.path("shot"));
        QVERIFY(bench.reaches("shot", RunPhase::Training));
    }

    void aHelperThatRefusesSaysWhy() {
        Bench bench;
        QSignalSpy failed(bench.watch.get(), &RunWatch::startFailed);
        bench.create(u"odd"_s, 100, "refuse");
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kLimitMs);
        QCOMPARE(lastLogLine(bench.path("odd")), u"This processor is too old."_s);
        QVERIFY(!bench.run("odd")->starting);
        QVERIFY(allows(*bench.run("odd"), RunAction::Start));
    }

    void aMissingHelperIsAnErrorWithAName() {
        Bench bench(u"/nowhere/vitrine-cli"_s);
        bench.create(u"alone"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bench.errors.size(), 1, kLimitMs);
        QVERIFY(bench.errors.first().contains(u"vitrine-cli"_s));
    }

    void namesThatLeaveTheFolderAreRefused() {
        Bench bench;
        for (const QString& name : {u"../out"_s, u""_s, u".hidden"_s, u"a/b"_s})
            bench.runs->create(name, u"{}"_s);
        QCOMPARE(bench.errors.size(), 4);
    }

    void renameDiscardAndRestore() {
        Bench bench;
        bench.create(u"one"_s, 20);
        QVERIFY(bench.reaches("one", RunPhase::Done));
        bench.runs->rename(bench.path("one"), u"two"_s);
        QTRY_VERIFY(bench.run("two") && !bench.run("one"));
        fs::path discarded;
        bench.runs->discard(bench.path("two"),
                            [&](const Result<fs::path>& to) { discarded = to ? *to : fs::path(); });
        QTRY_VERIFY(bench.watch->runs().empty());
        QVERIFY(fs::exists(discarded));
        bench.runs->restore(discarded);
        QTRY_VERIFY(bench.run("two"));
        bench.runs->setNotes(bench.path("two"), u"a word"_s);
        QTRY_COMPARE(QString::fromStdString(bench.run("two")->summary.notes), u"a word"_s);
    }

    void aFollowedRunTellsItsMetricsAndPreviewsAsTheyCome() {
        Bench bench;
        bench.watch->follow({bench.path("seen")});
        bench.create(u"seen"_s, 300);
        QVERIFY(bench.reaches("seen", RunPhase::Done));
        const auto loss = [&]() -> QList<QPointF> {
            const RunRecord* record = bench.watch->record(bench.path("seen"));
            if (!record || !record->metrics.contains("trainLoss")) return {};
            return record->metrics.at("trainLoss");
        };
        QTRY_COMPARE(loss().size(), 60);
        for (int i = 0; i < 60; ++i) QCOMPARE(loss()[i].x(), double(5 * (i + 1)));
        QTRY_COMPARE(bench.watch->record(bench.path("seen"))->previews.size(), std::size_t(6));
    }

    void theWindowKeepsItsPaceMeanwhile() {
        Bench bench;
        QElapsedTimer sinceTick;
        qint64 longest = 0;
        QTimer tick;
        connect(&tick, &QTimer::timeout, this, [&] { longest = std::max(longest, sinceTick.restart()); });
        sinceTick.start();
        tick.start(10);
        for (int i = 0; i < 3; ++i) bench.create(u"run-%1"_s.arg(i), 50);
        QVERIFY(bench.reaches("run-0", RunPhase::Done));
        QVERIFY2(longest < 400, qPrintable(QString::number(longest)));  // other programs may be busy
    }

    void aProbeMeasuresAndCanBeCancelled() {
        ProbeService probe(QStringLiteral(VITRINE_FAKE_HELPER));
        qRegisterMetaType<TrainCost>();
        QSignalSpy measured(&probe, &ProbeService::measured), cancelled(&probe, &ProbeService::cancelled),
            progressed(&probe, &ProbeService::progressed);
        probe.measure(u"{}"_s);
        QTRY_COMPARE_WITH_TIMEOUT(measured.size(), 1, kLimitMs);
        QCOMPARE(measured.first().first().value<TrainCost>().numParameters, 31'900'000);
        QVERIFY(progressed.size() > 3);
        probe.measure(u"{}"_s);
        QTRY_VERIFY(progressed.size() > 24);
        probe.cancel();
        QTRY_COMPARE_WITH_TIMEOUT(cancelled.size(), 1, kLimitMs);
        QVERIFY(!probe.isBusy());
    }

    void theDataSetIsRenderedCheckedAndLaidOut() {
        QTemporaryDir folder;
        const fs::path base = folder.path().toStdString();
        DataService data({base / "set.vpack", base / "sheet.png"}, QStringLiteral(VITRINE_FAKE_HELPER));
        data.look();
        QTRY_VERIFY(data.isThere().has_value());
        QCOMPARE(*data.isThere(), false);
        QSignalSpy cancelled(&data, &DataService::cancelled), progressed(&data, &DataService::progressed);
        data.render();
        QTRY_VERIFY(progressed.size() > 2);
        data.cancel();
        QTRY_COMPARE_WITH_TIMEOUT(cancelled.size(), 1, kLimitMs);
        QVERIFY(!fs::exists(base / "set.vpack"));
        data.render();  // and checked when it is there
        QTRY_VERIFY_WITH_TIMEOUT(data.statistics().has_value(), kLimitMs);
        QCOMPARE(data.statistics()->numChairs, 3);
        QCOMPARE(*data.isThere(), true);
        data.makeSheet(0, 20, false);
        QTRY_VERIFY_WITH_TIMEOUT(data.hasSheet(), kLimitMs);
        std::ofstream(base / "set.vpack") << "broken";
        QSignalSpy failed(&data, &DataService::failed);
        data.check();
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kLimitMs);
    }
};

VITRINE_TEST(TestRunService)
#include "tst_run_service.moc"
