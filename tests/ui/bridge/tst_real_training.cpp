// SPDX-License-Identifier: GPL-3.0-or-later
// The same services with the real program: a tiny network, a toy data set.
#include <signal.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "core/train/training_kind.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_views.h"
#include "ui/bridge/data_service.h"
#include "ui/bridge/probe_service.h"
#include "ui/bridge/run_service.h"
#include "ui/bridge/run_watch.h"

using namespace Qt::StringLiterals;
using namespace vitrine;
namespace fs = std::filesystem;

namespace {
constexpr int kTrainingLimitMs = 120'000;
}

class TestRealTraining : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path m_data;

    QString config(int steps) const {
        const QString text =
            u"{\"data\":\"%1\",\"batch\":4,\"previewEvery\":4,\"stages\":[{\"preset\":\"compact-64\",\"width\":0.05,\"steps\":%2}]}"_s
                .arg(QString::fromStdString(m_data.string()))
                .arg(steps);
        const auto normalised = trainingKinds().front()->normalise(text.toStdString());
        if (!normalised) qFatal("%s", normalised.error().message.c_str());
        return QString::fromStdString(*normalised);
    }

private Q_SLOTS:
    void initTestCase() {
        m_data = fs::path(m_folder.path().toStdString()) / "toy.vpack";
        test::packToyViews(m_data, 3, 64);
    }

    void aRunIsTrainedPausedExtendedAndOpened() {
        QTemporaryDir folder;
        RunWatch watch(folder.path().toStdString());
        RunService runs(watch, QStringLiteral(VITRINE_CLI));
        QSignalSpy failed(&runs, &RunService::failed);
        const fs::path run = fs::path(folder.path().toStdString()) / "real";
        const auto phase = [&] { return watch.find(run) ? phaseOf(*watch.find(run)) : RunPhase::New; };
        watch.follow({run});
        runs.create(u"real"_s, config(100000));
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Training, kTrainingLimitMs);
        QTRY_VERIFY_WITH_TIMEOUT(watch.record(run)->metrics.contains("loss"), kTrainingLimitMs);
        QTRY_VERIFY_WITH_TIMEOUT(!watch.record(run)->previews.empty(), kTrainingLimitMs);
        QVERIFY(fs::exists(previewFile(run, watch.record(run)->previews.front())));
        QTRY_VERIFY_WITH_TIMEOUT(!watch.record(run)->histograms.empty(), kTrainingLimitMs);
        runs.pause(run);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Paused, kTrainingLimitMs);
        runs.resume(run);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Training, kTrainingLimitMs);
        runs.saveNow(run);
        QTRY_VERIFY_WITH_TIMEOUT(watch.find(run)->hasSnapshot, kTrainingLimitMs);
        ::kill(pid_t(watch.find(run)->summary.status.pid), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Interrupted, kTrainingLimitMs);
        runs.start(run);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Training, kTrainingLimitMs);
        runs.stop(run);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Stopped, kTrainingLimitMs);
        QCOMPARE(failed.size(), 0);
    }

    void aRunThatIsDoneGoesFurther() {
        QTemporaryDir folder;
        RunWatch watch(folder.path().toStdString());
        RunService runs(watch, QStringLiteral(VITRINE_CLI));
        const fs::path run = fs::path(folder.path().toStdString()) / "short";
        const auto step = [&]() -> qint64 {
            return watch.find(run) ? watch.find(run)->summary.status.step : -1;
        };
        const auto isDone = [&] { return watch.find(run) && phaseOf(*watch.find(run)) == RunPhase::Done; };
        runs.create(u"short"_s, config(6));
        QTRY_VERIFY_WITH_TIMEOUT(isDone() && step() == 6, kTrainingLimitMs);
        runs.extend(run, 10, false);
        QTRY_VERIFY_WITH_TIMEOUT(isDone() && step() == 10, kTrainingLimitMs);
        const fs::path branch = fs::path(folder.path().toStdString()) / "branch";
        runs.branch(run, -1, u"branch"_s);
        QTRY_VERIFY_WITH_TIMEOUT(watch.find(branch) && phaseOf(*watch.find(branch)) == RunPhase::Done,
                                 kTrainingLimitMs);
    }

    void itsCostIsMeasured() {
        ProbeService probe(QStringLiteral(VITRINE_CLI));
        QSignalSpy measured(&probe, &ProbeService::measured), failed(&probe, &ProbeService::failed);
        probe.measure(config(1000));
        QTRY_VERIFY_WITH_TIMEOUT(measured.size() + failed.size() == 1, kTrainingLimitMs);
        QCOMPARE(failed.size(), 0);
        const auto cost = measured.first().first().value<TrainCost>();
        QVERIFY(cost.numParameters > 1000 && cost.imagesPerSecond > 0 && cost.totalSeconds > 0 &&
                cost.totalSteps == 1000);
    }

    void itsDataSetIsChecked() {
        DataService data({m_data, m_folder.filePath(u"sheet.png"_s).toStdString()},
                         QStringLiteral(VITRINE_CLI));
        QSignalSpy failed(&data, &DataService::failed);
        data.look();
        data.check();
        QTRY_VERIFY_WITH_TIMEOUT(data.statistics().has_value() || failed.size() == 1, kTrainingLimitMs);
        QVERIFY(data.statistics().has_value());
        QCOMPARE(data.statistics()->numChairs, 3);
        QCOMPARE(data.statistics()->numViews, 3 * 62);
        QCOMPARE(data.statistics()->size, 64);
        QVERIFY(data.statistics()->coverage > 0.05 && data.statistics()->coverage < 0.9);
        QVERIFY(data.statistics()->bytes > 3 * 62 * 64 * 64 * 4);
    }
};

VITRINE_TEST(TestRealTraining)
#include "tst_real_training.moc"
