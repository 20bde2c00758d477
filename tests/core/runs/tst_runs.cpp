// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <cmath>
#include <fstream>
#include <thread>

#include "core/io/atomic_file.h"
#include "core/runs/metrics_file.h"
#include "core/runs/run_folder.h"
#include "core/runs/run_list.h"
#include "core/runs/run_status.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

namespace fs = std::filesystem;

const std::string kConfig =
    R"({"recipe": "chairs", "batch": 8, "stages": [{"preset": "compact-64", "steps": 10}, {"preset": "compact-128", "steps": 5}]})";

}  // namespace

/// Run folders as their front end sees them.
class TestRuns : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_runs;

    RunFolder newRun(const char* name) const { return RunFolder::create(m_runs / name, kConfig).value(); }

private Q_SLOTS:
    void init() {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_runs = fs::path(m_temporary->path().toStdString()) / "runs";
    }

    void statusSurvivesItsFile() {
        const auto run = newRun("a");
        RunStatus status;
        status.state = RunState::Saving;
        status.message = "all \"well\"";
        status.step = 12, status.totalSteps = 15, status.epoch = 0.5;
        status.shares = {{"data", 0.25}};
        status.metrics = {{"loss", 3.5}, {"bad", std::nan("")}};
        QVERIFY(writeStatus(run.path(), status).ok());
        const auto read = readStatus(run.path());
        QCOMPARE(read->state, RunState::Saving);
        QCOMPARE(read->message, status.message);
        QCOMPARE(read->step, std::int64_t(12));
        QCOMPARE(read->shares.at("data"), 0.25);
        QCOMPARE(read->metrics.at("loss"), 3.5);
        QVERIFY(!read->metrics.contains("bad"));
    }

    void aLiveStateWithoutAProcessIsInterrupted() {
        {
            const auto run = newRun("a");
            QCOMPARE(readStatus(run.path())->state, RunState::Preparing);
            RunStatus status;
            status.state = RunState::Training;
            status.checkpointStep = 7;
            QVERIFY(writeStatus(run.path(), status).ok());
            QCOMPARE(readStatus(run.path())->state, RunState::Training);
        }
        const auto status = readStatus(m_runs / "a");
        QCOMPARE(status->state, RunState::Interrupted);
        QVERIFY(status->message.find("step 7") != std::string::npos);
    }

    void aRunThatWasNeverStartedIsNew() {
        newRun("a");
        QCOMPARE(readStatus(m_runs / "a")->state, RunState::New);
        QCOMPARE(readStatus(m_runs / "none").error().code, ErrorCode::NotFound);
    }

    void anEmptyStatusFileIsNoMoreThanAnInterruption() {
        newRun("a");
        std::ofstream(m_runs / "a/status.json").close();
        QCOMPARE(readStatus(m_runs / "a")->state, RunState::Interrupted);
    }

    void askingWhetherItIsHeldDoesNotStandInTheWay() {
        newRun("a");
        std::atomic<bool> done = false;
        std::thread asking([&] {
            while (!done) RunFolder::isHeld(m_runs / "a");
        });
        for (int i = 0; i < 50; ++i) QVERIFY(RunFolder::open(m_runs / "a").ok());
        done = true;
        asking.join();
    }

    void controlIsDefaultUntilWritten() {
        const auto run = newRun("a");
        QCOMPARE(readControl(run.path()).value(), RunControl());
        const RunControl control{RunControl::Wanted::Pause, 400, 3};
        QVERIFY(writeControl(run.path(), control).ok());
        QCOMPARE(readControl(run.path()).value(), control);
        std::ofstream(run.path() / "control.json") << "{\"wanted\": 3}";
        QCOMPARE(readControl(run.path()).error().code, ErrorCode::BadFormat);
    }

    void listsRunsAndWhatIsWrongWithThem() {
        newRun("first");
        newRun("second");
        QVERIFY(writeNotes(m_runs / "second", "better\n").ok());
        fs::create_directories(m_runs / "broken");
        fs::create_directories(m_runs / ".hidden");
        const auto runs = listRuns(m_runs);
        QCOMPARE(runs.size(), std::size_t(3));
        for (const auto& run : runs) {
            QCOMPARE(run.problem.empty(), run.name != "broken");
            QCOMPARE(run.preset, std::string(run.name == "broken" ? "" : "compact-128"));
            QCOMPARE(run.notes, std::string(run.name == "second" ? "better\n" : ""));
        }
    }

    void oneDamagedRunDoesNotTakeTheListWithIt() {
        newRun("good");
        for (const char* config :
             {"{\"recipe\": 3, \"stages\": [{\"preset\": []}]}", "{\"stages\": [7]}", "[", "\xff", "null"}) {
            const fs::path run = m_runs / ("bad" + std::to_string(listRuns(m_runs).size()));
            fs::create_directories(run);
            std::ofstream(run / "config.json") << config;
        }
        fs::create_directories(m_runs / "St\xfchle");
        const auto runs = listRuns(m_runs);
        QCOMPARE(runs.size(), std::size_t(7));
        QCOMPARE(std::ranges::count_if(runs, [](const RunSummary& run) { return run.problem.empty(); }), 3);
        for (const RunSummary& run : runs)
            if (!run.problem.empty()) QVERIFY(run.problem.find("discard") != std::string::npos);
    }

    void renamesOnlyToFreeNames() {
        newRun("a");
        newRun("b");
        for (const char* bad : {"", "b", "x/y", ".x"})
            QCOMPARE(renameRun(m_runs / "a", bad).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(renameRun(m_runs / "a", "c").value(), m_runs / "c");
        QVERIFY(fs::exists(m_runs / "c/config.json"));
        QCOMPARE(renameRun(m_runs / "gone", "d").error().code, ErrorCode::NotFound);
    }

    void aDiscardedRunComesBack() {
        newRun("a");
        const auto bin = discardRun(m_runs / "a");
        QVERIFY(bin.ok());
        QVERIFY(listRuns(m_runs).empty());
        newRun("a");
        QCOMPARE(restoreRun(*bin).value(), m_runs / "a-2");
        QCOMPARE(listRuns(m_runs).size(), std::size_t(2));
        QVERIFY(discardRun(m_runs / "a").ok());
        QVERIFY(emptyWastebasket(m_runs).ok());
        QVERIFY(!fs::exists(m_runs / ".wastebasket"));
    }

    void aRunAtWorkStaysWhereItIs() {
        const auto run = newRun("a");
        QCOMPARE(discardRun(run.path()).error().code, ErrorCode::Busy);
        QCOMPARE(renameRun(run.path(), "b").error().code, ErrorCode::Busy);
    }

    void configurationsDifferFieldByField() {
        auto other = kConfig;
        other.replace(other.find("\"batch\": 8"), 10, "\"batch\": 9");
        other.replace(other.find("\"steps\": 5"), 10, "\"width\": 2");
        const auto differences = diffConfigs(kConfig, other);
        QCOMPARE(differences.size(), std::size_t(3));
        QCOMPARE(differences[0].field, std::string("batch"));
        QCOMPARE(differences[0].left, std::string("8"));
        QCOMPARE(differences[0].right, std::string("9"));
        QCOMPARE(differences[1].field, std::string("stages[1].steps"));
        QCOMPARE(differences[1].right, std::string());
        QVERIFY(diffConfigs(kConfig, kConfig).empty());
        const std::string nested = R"({"stages":)" + std::string(200'000, '[');
        QVERIFY(!diffConfigs(kConfig, nested + std::string(200'000, ']') + "}").empty());
    }

    void aBranchIsMadeWholeOrNotAtAll() {
        const auto run = newRun("a");
        fs::create_directories(run.checkpointPath(7));
        std::ofstream(run.checkpointPath(7) / "state.safetensors") << std::string(200'000, 'x');
        {
            const test::FileSizeLimit fullDisk(50'000);
            QVERIFY(!branchRun(run.path(), -1, m_runs / "b").ok());
        }
        QVERIFY(!fs::exists(m_runs / "b"));
        QVERIFY(branchRun(run.path(), -1, m_runs / "b").ok());
        QCOMPARE(checkpointSteps(m_runs / "b"), std::vector<std::int64_t>{7});
        QVERIFY(!branchRun(run.path(), -1, m_runs / "b").ok());
        QCOMPARE(checkpointSteps(m_runs / "b"), std::vector<std::int64_t>{7});  // what was there stays
    }

    void metricsComePieceByPiece() {
        const auto run = newRun("a");
        MetricsTail tail(run.path());
        QVERIFY(tail.readNew()->points.empty());
        QVERIFY(run.appendMetrics(50, {{"loss", 2.5}, {"psnr", 20}, {"nan", std::nan("")}}).ok());
        const auto first = tail.readNew();
        QCOMPARE(first->points.size(), std::size_t(2));
        QCOMPARE(first->points[0].step, std::int64_t(50));
        QCOMPARE(first->points[0].metric, std::string("loss"));
        QCOMPARE(first->points[0].value, 2.5);
        QVERIFY(first->points[0].time > 1.7e9);
        QVERIFY(tail.readNew()->points.empty());
        std::ofstream(run.path() / "metrics.csv", std::ios::app) << "100,1.5,lo";
        QVERIFY(tail.readNew()->points.empty());  // not whole yet
        std::ofstream(run.path() / "metrics.csv", std::ios::app) << "ss,1.25\n";
        QCOMPARE(tail.readNew()->points.at(0).value, 1.25);
    }

    void aResumedRunCutsItsMetricsBack() {
        const auto run = newRun("a");
        for (std::int64_t step : {50, 100, 150})
            QVERIFY(run.appendMetrics(step, {{"loss", double(step)}}).ok());
        MetricsTail tail(run.path());
        QCOMPARE(tail.readNew()->points.size(), std::size_t(3));
        std::ofstream(run.path() / "metrics.csv", std::ios::app) << "200,1.5,torn";
        std::ofstream(run.previewPath(50)) << "x";
        std::ofstream(run.previewPath(150)) << "x";
        QVERIFY(run.truncateAfter(100).ok());
        const auto news = tail.readNew();
        QVERIFY(news->fromStart);
        QCOMPARE(news->points.size(), std::size_t(2));
        QVERIFY(fs::exists(run.previewPath(50)) && !fs::exists(run.previewPath(150)));
    }

    void histogramsSurviveTheirFile() {
        const auto run = newRun("a");
        QVERIFY(writeHistograms(run.path(), 500, {{"fc_3.weight", {-1, 1, {1, 2, 3}}, {-2, 2, {4}}}}).ok());
        QCOMPARE(histogramSteps(run.path()), std::vector<std::int64_t>{500});
        const auto layers = readHistograms(run.path(), 500);
        QCOMPARE(layers->at(0).layer, std::string("fc_3.weight"));
        QCOMPARE(layers->at(0).weights.counts, (std::vector<std::int64_t>{1, 2, 3}));
        QCOMPARE(layers->at(0).gradients.high, 2.0);
        QCOMPARE(readHistograms(run.path(), 7).error().code, ErrorCode::NotFound);
    }
};

VITRINE_TEST(TestRuns)
#include "tst_runs.moc"
