// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <thread>

#include "core/base/random.h"
#include "core/io/atomic_file.h"
#include "core/io/safetensors.h"
#include "core/nets/chair_weights.h"
#include "core/runs/run_list.h"
#include "core/runs/run_status.h"
#include "core/train/chair_batches.h"
#include "core/train/trainer.h"
#include "core/train/training_kind.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_views.h"

using namespace vitrine;

namespace {

constexpr int kSteps = 24;

std::string readText(const std::filesystem::path& file) {
    return readTextFile(file).value();
}

}  // namespace

class TestTrainer : public QObject {
    Q_OBJECT

    QTemporaryDir m_shared;
    std::filesystem::path m_data;
    std::unique_ptr<QTemporaryDir> m_folder;

    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(m_folder->path().toStdString()) / name;
    }

    std::string config(const nlohmann::json& more = {}, int first = kSteps / 2, double rate = 2e-3) const {
        const nlohmann::json stage = {{"preset", "compact-64"},
                                      {"width", 0.03},
                                      {"schedule", "constant"},
                                      {"learningRate", rate},
                                      {"warmupSteps", 2},
                                      {"steps", first}};
        nlohmann::json second = stage, config = {{"data", m_data.string()},
                                                 {"batch", 4},
                                                 {"previewEvery", 1000},
                                                 {"precision", "fp32"},
                                                 {"checkpointMinutes", 0}};
        second["preset"] = "compact-128";
        second["steps"] = kSteps / 2;
        config["stages"] = {stage, second};
        if (!more.is_null()) config.update(more);
        return config.dump();
    }
    RunFolder newRun(const char* name, const std::string& json) const {
        return RunFolder::create(path(name), ChairTrainConfig::parse(json).value().toJson()).value();
    }
    static Result<TrainResult> train(const RunFolder& run,
                                     std::int64_t stopAfter = 0,
                                     const JobContext& job = {}) {
        return vitrine::train(run, {1, stopAfter, "cpu"}, job);
    }

    /// Of a run's newest checkpoint; 0 without one.
    static std::int64_t newestStep(const std::filesystem::path& run) {
        const auto steps = checkpointSteps(run);
        return steps.empty() ? 0 : *std::ranges::max_element(steps);
    }

    /// Trains in a thread, and meanwhile does `meet` with the folder.
    Result<TrainResult> trainMeeting(const RunFolder& run, const std::function<void()>& meet) const {
        Result<TrainResult> result = TrainResult();
        std::thread trainer([&] { result = train(run); });
        meet();
        trainer.join();
        return result;
    }
    static bool waitFor(const RunFolder& run, const std::function<bool(const RunStatus&)>& condition) {
        return QTest::qWaitFor(
            [&] {
                const auto status = readStatus(run.path());
                return status && condition(*status);
            },
            60000);
    }

private Q_SLOTS:
    void aPausedRunTrainsOnAndEndsTheSame() {
        const auto straight = newRun("straight", config({}, 200));
        QVERIFY(train(straight).ok());
        const auto run = newRun("paused", config({}, 200));
        QVERIFY(writeControl(run.path(), {RunControl::Wanted::Pause, 0, 0}).ok());
        const auto result = trainMeeting(run, [&] {
            QVERIFY(waitFor(run, [](const RunStatus& s) { return s.state == RunState::Paused; }));
            const auto held = readStatus(run.path());
            QCOMPARE(held->step, std::int64_t(1));
            QCOMPARE(held->checkpointStep, held->step);  // what was done is safe while it rests
            QVERIFY(writeControl(run.path(), {}).ok());
        });
        QVERIFY(result.ok());
        const auto name = run.checkpointPath(200 + kSteps / 2).filename() / "state.safetensors";
        QVERIFY(readText(run.path() / "checkpoints" / name) ==
                readText(straight.path() / "checkpoints" / name));
        QCOMPARE(readStatus(run.path())->state, RunState::Done);
    }

    void aWishToStopSavesAndStops() {
        const auto run = newRun("run", config({}, 100000));
        const auto result = trainMeeting(run, [&] {
            QVERIFY(waitFor(run, [](const RunStatus& s) { return s.step > 2; }));
            QVERIFY(writeControl(run.path(), {RunControl::Wanted::Stop, 0, 0}).ok());
        });
        QVERIFY(result.ok());
        QCOMPARE(result->outcome, JobOutcome::Cancelled);
        const auto status = readStatus(run.path());
        QCOMPARE(status->state, RunState::Stopped);
        QCOMPARE(status->checkpointStep, result->step);
        QVERIFY(SafetensorsFile::read(run.snapshotPath()).ok());
    }

    void savesWhenAskedTo() {
        const auto run = newRun("run", config({}, 100000));
        const auto result = trainMeeting(run, [&] {
            QVERIFY(waitFor(run, [](const RunStatus& s) { return s.step > 2; }));
            QVERIFY(writeControl(run.path(), {RunControl::Wanted::Train, 0, 1}).ok());
            QVERIFY(waitFor(run, [](const RunStatus& s) { return s.checkpointStep > 0; }));
            QVERIFY(std::filesystem::exists(run.snapshotPath()));
            QVERIFY(writeControl(run.path(), {RunControl::Wanted::Stop, 0, 1}).ok());
        });
        QVERIFY(result.ok());
    }

    void goesBeyondThePlanLikeAPlanOfBoth() {
        const auto plan = config({}, 6);
        const auto prolonged = trainingKinds().front()->extend(plan, 7);
        QVERIFY(prolonged.ok());
        const auto straight = newRun("straight", *prolonged);
        QVERIFY(train(straight).ok());
        const auto total = std::int64_t(6 + kSteps / 2 + 7);
        const auto expected = readText(straight.checkpointPath(total) / "state.safetensors");

        const auto afterwards = newRun("afterwards", plan);
        QVERIFY(train(afterwards).ok());
        QVERIFY(writeControl(afterwards.path(), {RunControl::Wanted::Train, total, 0}).ok());
        QCOMPARE(train(afterwards, total - 3)->step, total - 3);
        QCOMPARE(train(afterwards)->step, total);
        QVERIFY(readText(afterwards.checkpointPath(total) / "state.safetensors") == expected);

        const auto meanwhile = newRun("meanwhile", plan);
        QVERIFY(writeControl(meanwhile.path(), {RunControl::Wanted::Train, total, 0}).ok());
        QCOMPARE(train(meanwhile)->step, total);
        QVERIFY(readText(meanwhile.checkpointPath(total) / "state.safetensors") == expected);
    }

    void waitsForRoomOnAFullDisk() {
        const auto run = newRun("run", config({}, 3));
        std::optional<test::FileSizeLimit> full(2000);
        const auto result = trainMeeting(run, [&] {
            QVERIFY(waitFor(run, [](const RunStatus& s) { return s.state == RunState::NoSpace; }));
            QVERIFY(readStatus(run.path())->message.find("room") != std::string::npos);
            QVERIFY(run.checkpoints().empty());
            full.reset();
        });
        QVERIFY2(result.ok(), result ? "" : result.error().message.c_str());
        QVERIFY(SafetensorsFile::read(run.checkpointPath(3 + kSteps / 2) / "state.safetensors").ok());
        QCOMPARE(readStatus(run.path())->state, RunState::Done);
    }

    void stopsOnAFullDiskWithTheLastCheckpoint() {
        const auto run = newRun("run", config({}, 100000));
        QVERIFY(train(run, 2).ok());
        const test::FileSizeLimit full(2000);
        const auto result = trainMeeting(run, [&] {
            QVERIFY(waitFor(run, [](const RunStatus& s) { return s.step > 3; }));
            QVERIFY(writeControl(run.path(), {RunControl::Wanted::Pause, 0, 0}).ok());
            QVERIFY(waitFor(run, [](const RunStatus& s) { return s.state == RunState::NoSpace; }));
            QVERIFY(writeControl(run.path(), {RunControl::Wanted::Stop, 0, 0}).ok());
        });
        QVERIFY2(result.ok(), result ? "" : result.error().message.c_str());
        QCOMPARE(run.checkpoints().size(), std::size_t(1));
        QVERIFY(SafetensorsFile::read(run.checkpointPath(2) / "state.safetensors").ok());
    }

    void theFirstPreviewComesSoon() {
        const auto run = newRun("run", config({{"previewEvery", 1000}}, 12));
        QVERIFY(train(run).ok());
        QVERIFY(std::filesystem::exists(run.previewPath(10)));
    }

    void keepsThreeGenerationsAndTheBest() {
        const auto run = newRun("run", config({{"previewEvery", 5}, {"checkpointMinutes", 0.00001}}, 40));
        QVERIFY(train(run).ok());
        const auto status = readStatus(run.path());
        QVERIFY(status->bestStep > 0);
        QVERIFY(std::filesystem::exists(run.checkpointPath(status->bestStep) / "state.safetensors"));
        QVERIFY(SafetensorsFile::read(run.bestPath()).ok());
        QVERIFY(run.checkpoints().size() >= 3 && run.checkpoints().size() <= 4);
    }

    void aBranchGoesOnFromACheckpoint() {
        const auto run = newRun("run", config());
        QVERIFY(train(run, 7).ok());
        QVERIFY(train(run).ok());
        QVERIFY(!branchRun(run.path(), 6, path("none")).ok());
        const auto branch = branchRun(run.path(), 7, path("branch"));
        QVERIFY2(branch.ok(), branch ? "" : branch.error().message.c_str());
        QCOMPARE(branchRun(run.path(), 7, path("branch")).error().code, ErrorCode::InvalidArgument);
        const auto opened = RunFolder::open(*branch);
        QVERIFY(train(*opened).ok());
        QVERIFY(readText(opened->checkpointPath(kSteps) / "state.safetensors") ==
                readText(run.checkpointPath(kSteps) / "state.safetensors"));
    }

    void aCheckpointOfANewerVersionIsRefused() {
        const auto run = newRun("run", config());
        QVERIFY(train(run, 2).ok());
        const auto file = run.checkpointPath(2) / "state.safetensors";
        const auto read = SafetensorsFile::read(file);
        auto metadata = read->metadata();
        metadata["format_version"] = "99";
        QVERIFY(writeSafetensors(file, read->tensors(), metadata).ok());
        const auto result = train(run);
        QCOMPARE(result.error().code, ErrorCode::Unsupported);
        const auto status = readStatus(run.path());
        QCOMPARE(status->state, RunState::Failed);
        QVERIFY(status->message.find("newer version") != std::string::npos);
    }

    void aDeletedDataSetIsNamed() {
        const auto run = newRun("run", config({{"data", path("gone.vpack").string()}}));
        const auto result = train(run);
        QVERIFY(!result);
        QVERIFY(result.error().message.find("gone.vpack") != std::string::npos);
        QCOMPARE(readStatus(run.path())->state, RunState::Failed);
    }

    void initTestCase() {
        QVERIFY(m_shared.isValid());
        m_data = std::filesystem::path(m_shared.path().toStdString()) / "toy.vpack";
        test::packToyViews(m_data, 3, 128);
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void batchesAreAFunctionOfTheStep() {
        const auto data = PackedChairs::open(m_data);
        QVERIFY(data.ok());
        const auto pictures = ChairPictures::make(*data, 64);
        auto parsed = ChairTrainConfig::parse(config()).value();
        ChairBatchSource fromStart(*data, *pictures, parsed, parsed.stages[0], 0, 0);
        ChairBatchSource fromTwo(*data, *pictures, parsed, parsed.stages[0], 0, 2);
        fromStart.next();
        const auto second = fromStart.next(), third = fromStart.next(), again = fromTwo.next();
        QVERIFY(third.images == again.images && third.theta == again.theta && third.styles == again.styles);
        QVERIFY(second.theta != third.theta);
    }

    void heldOutViewsAreNeverTrained() {
        const auto data = PackedChairs::open(m_data);
        const auto pictures = ChairPictures::make(*data, 64);
        auto parsed = ChairTrainConfig::parse(config()).value();
        ChairBatchSource batches(*data, *pictures, parsed, parsed.stages[0], 0, 0);
        std::vector<float> heldOut;
        for (const auto& view : data->views())
            if (isHeldOut(view)) heldOut.push_back(view.view.azimuthDeg);
        QVERIFY(!heldOut.empty());
        for (int step = 0; step < 3 * 62 / 4; ++step) {
            const auto batch = batches.next();
            for (std::size_t i = 0; i < batch.styles.size(); ++i)
                QVERIFY(batch.styles[i] != 1 ||
                        std::find(heldOut.begin(), heldOut.end(), batch.azimuthDeg[i]) == heldOut.end());
        }
    }

    void unseenViewsOfTargetsAreNeverTrained_data() {
        QTest::addColumn<QString>("sources");
        for (const char* sources : {"all", "few", "none"})
            QTest::newRow(sources) << QString::fromLatin1(sources);
    }
    void unseenViewsOfTargetsAreNeverTrained() {
        QFETCH(QString, sources);
        const auto data = PackedChairs::open(m_data);
        const auto pictures = ChairPictures::make(*data, 64);
        auto parsed = ChairTrainConfig::parse(config({{"targets", data->styleIds()[1]},
                                                      {"targetAzimuths", 4},
                                                      {"sources", sources.toStdString()},
                                                      {"holdOutViews", false}}))
                          .value();
        const std::size_t few = 4 * 2, numOfSources = sources == QLatin1String("all")   ? 2 * 62
                                                      : sources == QLatin1String("few") ? 2 * few
                                                                                        : 0;
        QCOMPARE(trainedViews(*data, parsed).size(), few + numOfSources);
        ChairBatchSource batches(*data, *pictures, parsed, parsed.stages[0], 0, 0);
        std::set<std::int64_t> shown;
        for (int step = 0; step < 3 * 62 / 4; ++step)
            for (const std::int64_t view : batches.next().views) shown.insert(view);
        QCOMPARE(shown.size(), few + numOfSources);
        for (const std::int64_t index : shown) {
            const PackedView& view = data->views()[std::size_t(index)];
            QVERIFY(view.styleIndex != 1 || view.azimuthIndex % 8 == 0);
        }
    }

    void aTrainingOnFewViewsNamesThemInItsWeights() {
        const auto data = PackedChairs::open(m_data);
        const std::string target = data->styleIds()[1];
        const auto run = newRun("run", config({{"targets", target}, {"targetAzimuths", 2}}));
        QVERIFY(train(run, 2).ok());
        const auto weights = SafetensorsFile::read(run.snapshotPath()).value();
        const auto views = TransferViews::fromText(weights.metadata().at("transfer"));
        QVERIFY(views && views->targets == target && views->targetAzimuths == 2);
        const auto refused = train(newRun("other", config({{"targets", "no-such-chair"}})));
        QVERIFY(!refused && refused.error().message.find("no-such-chair") != std::string::npos);
    }

    void emphasisedChairsAreShownMoreOften() {
        const auto data = PackedChairs::open(m_data);
        const std::string style = data->styleIds()[1];
        auto plain = ChairTrainConfig::parse(config()).value();
        auto often = ChairTrainConfig::parse(config({{"emphasised", " " + style}, {"emphasis", 3}})).value();
        const auto of = [&](const ChairTrainConfig& config) {
            const auto views = trainedViews(*data, config);
            return std::ranges::count_if(views,
                                         [&](std::size_t i) { return data->views()[i].styleIndex == 1; });
        };
        QCOMPARE(of(often), 3 * of(plain));
        QCOMPARE(trainedViews(*data, often).size() - trainedViews(*data, plain).size(),
                 std::size_t(2 * of(plain)));
        const auto run = newRun("run", config({{"emphasised", "no-such-chair"}}));
        const auto result = train(run);
        QVERIFY(!result);
        QVERIFY(result.error().message.find("no-such-chair") != std::string::npos);
    }

    void lossFallsAcrossBothStages() {
        const auto run = newRun("run", config({{"previewEvery", 50}}, 300));
        const auto result = train(run);
        QVERIFY2(result.ok(), result ? "" : result.error().message.c_str());
        QCOMPARE(result->step, std::int64_t(300 + kSteps / 2));
        std::vector<double> losses;
        std::istringstream rows(readText(run.path() / "metrics.csv"));
        for (std::string row; std::getline(rows, row);)
            if (const auto at = row.find(",loss,"); at != std::string::npos)
                losses.push_back(std::stod(row.substr(at + 6)));
        QVERIFY(losses.size() >= 6);
        QVERIFY2(losses[5] < losses[0] / 2,
                 qPrintable(QStringLiteral("%1 -> %2").arg(losses[0]).arg(losses[5])));
        QVERIFY(std::filesystem::exists(run.previewPath(300)));
        QVERIFY(SafetensorsFile::read(run.snapshotPath()).ok());
    }

    std::string configWithCritic() const {
        auto json = nlohmann::json::parse(config({{"styleDimensions", 4}}));
        json["stages"][1]["mixCriticWeight"] = 20;
        return json.dump();
    }

    void aCriticIsResumedAndStaysOutOfWeightFiles() {
        const auto straight = newRun("straight", configWithCritic());
        QVERIFY(train(straight).ok());
        QVERIFY(readText(straight.checkpointPath(kSteps) / "state.safetensors").find("critic.last.weight") !=
                std::string::npos);
        const auto stopped = newRun("stopped", configWithCritic());
        QVERIFY(train(stopped, kSteps - 3).ok());
        QVERIFY(train(stopped).ok());
        QVERIFY(readText(stopped.checkpointPath(kSteps) / "state.safetensors") ==
                readText(straight.checkpointPath(kSteps) / "state.safetensors"));
        const auto weights = SafetensorsFile::read(straight.snapshotPath()).value();
        for (const auto& [name, tensor] : weights.tensors())
            QVERIFY2(!name.starts_with("critic"), name.c_str());
        QVERIFY(makeChairGenerator(weights).ok());
    }

    /// The second stage's own layers come from there; all others from the first stage.
    void layersThatAStageAddsBeginWithTheGivenWeights() {
        const auto first = newRun("first", config());
        QVERIFY(train(first).ok());
        auto json = nlohmann::json::parse(config({{"startFrom", first.snapshotPath().string()}}, 1, 0));
        json["stages"][1]["learningRate"] = 0;
        const auto second = newRun("second", json.dump());
        QVERIFY(train(second).ok());
        const auto given = SafetensorsFile::read(first.snapshotPath()).value(),
                   kept = SafetensorsFile::read(second.snapshotPath()).value();
        for (const auto& [name, tensor] : given.tensors())
            QVERIFY2(std::ranges::equal(tensor.bytes, kept.tensors().at(name).bytes), name.c_str());
    }

    void resumedIsBitForBitUninterrupted() {
        const auto straight = newRun("straight", config());
        QVERIFY(train(straight).ok());
        const auto expected = readText(straight.checkpointPath(kSteps) / "state.safetensors");
        Rng rng({2026});
        std::set<std::int64_t> stops = {
            1, kSteps / 2, kSteps / 2 + 1, kSteps - 1};  // the ends of both stages, and at random
        while (stops.size() < 10) stops.insert(1 + std::int64_t(rng.below(kSteps - 1)));
        for (const std::int64_t stop : stops) {
            const auto name = "stopped" + std::to_string(stop);
            {
                const auto run = newRun(name.c_str(), config());
                QCOMPARE(train(run, stop)->step, stop);
            }
            const auto run = RunFolder::open(path(name.c_str()));
            QVERIFY(train(*run).ok());
            QVERIFY2(readText(run->checkpointPath(kSteps) / "state.safetensors") == expected,
                     qPrintable(QStringLiteral("stopped at %1").arg(stop)));
        }
    }

    void killedAtAnyInstantItGoesOn() {
        const auto configFile = path("config.json");
        QVERIFY(
            writeFileAtomically(configFile, std::string_view(config({{"checkpointMinutes", 0.0001}}, 40000)))
                .ok());
        const QStringList common = {
            QStringLiteral("--threads"), QStringLiteral("1"), QStringLiteral("--out")};
        const QString run = QString::fromStdString(path("killed"));
        std::int64_t last = 0;
        for (int attempt = 0; attempt < 6; ++attempt) {
            QProcess process;
            const bool begun = std::filesystem::exists(path("killed") / "config.json");
            process.start(QStringLiteral(VITRINE_CLI),
                          begun ? QStringList{QStringLiteral("train"), QStringLiteral("--resume"), run}
                                : QStringList{QStringLiteral("train"), QString::fromStdString(configFile)} +
                                      common + QStringList{run});
            QVERIFY(process.waitForStarted());
            if (attempt % 2 == 0)
                QVERIFY(QTest::qWaitFor([&] { return newestStep(path("killed")) > last; }, 60000));
            process.waitForFinished(10 + 130 * attempt);
            process.kill();
            process.waitForFinished();
            const auto folder = RunFolder::open(path("killed"));
            if (!folder) continue;
            for (const auto& checkpoint : folder->checkpoints())
                QVERIFY(SafetensorsFile::read(checkpoint / "state.safetensors").ok());
            last = newestStep(path("killed"));
        }
        QVERIFY(last > 0);
        const auto folder = RunFolder::open(path("killed"));
        QVERIFY2(folder.ok(), folder ? "" : folder.error().message.c_str());
        const auto result = train(*folder, last + 3);
        QVERIFY2(result.ok(), result ? "" : (result.error().message + result.error().detail).c_str());
        QCOMPARE(result->step, last + 3);
    }

    void aFinishedRunStaysAsItIs() {
        const auto run = newRun("run", config());
        QVERIFY(train(run).ok());
        const auto before = readText(run.checkpointPath(kSteps) / "state.safetensors");
        const auto again = train(run);
        QVERIFY(again.ok());
        QCOMPARE(again->step, std::int64_t(kSteps));
        QVERIFY(readText(run.checkpointPath(kSteps) / "state.safetensors") == before);
    }

    void aDamagedCheckpointIsPassedOver() {
        const auto run = newRun("run", config());
        QVERIFY(train(run, 4).ok());
        QVERIFY(train(run, 8).ok());
        std::filesystem::resize_file(run.checkpointPath(8) / "state.safetensors", 1000);
        QCOMPARE(train(run, 6)->step, std::int64_t(6));
    }

    void cancelSavesAndIsNoFailure() {
        const auto run = newRun("run", config());
        std::stop_source stop;
        stop.request_stop();
        const auto result = train(run, 0, {[](const Progress&) {}, stop.get_token()});
        QVERIFY(result.ok());
        QCOMPARE(result->outcome, JobOutcome::Cancelled);
        QCOMPARE(run.checkpoints().size(), std::size_t(1));
    }

    void divergenceStopsAndKeepsTheLastCheckpoint() {
        const auto run = newRun("run", config({{"optimiser", "sgd"}}, 200, 10));
        QVERIFY(train(run, 1).ok());
        const auto result = train(run);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::NonFinite);
        QCOMPARE(run.checkpoints().size(), std::size_t(1));
    }

    void oneProcessPerRun() {
        const auto run = newRun("run", config());
        const auto second = RunFolder::open(run.path());
        QCOMPARE(second.error().code, ErrorCode::Busy);
    }

    void anExistingFolderIsNotOverwritten() {
        const auto run = newRun("run", config());
        QCOMPARE(RunFolder::create(run.path(), "{}").error().code, ErrorCode::InvalidArgument);
    }

    void aChangedDataSetIsNoticed() {
        const auto run = newRun("run", config());
        QVERIFY(train(run, 2).ok());
        const auto other = path("other.vpack");
        test::packToyViews(other, 4, 128);
        auto json = readText(run.path() / "config.json");
        json.replace(json.find(m_data.string()), m_data.string().size(), other.string());
        QVERIFY(writeFileAtomically(run.path() / "config.json", std::string_view(json)).ok());
        const auto result = train(run);
        QVERIFY(!result);
        QVERIFY(result.error().message.find("changed") != std::string::npos);
    }

    void anUnwritableCheckpointKeepsTheLast() {
        const auto run = newRun("run", config());
        QVERIFY(train(run, 2).ok());
        std::filesystem::remove_all(run.path() / "checkpoints/step-0000004");
        std::ofstream(run.path() / "checkpoints/step-0000004") << "a file where the folder should be";
        const auto result = train(run, 4);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Io);
        QVERIFY(SafetensorsFile::read(run.checkpointPath(2) / "state.safetensors").ok());
    }

    void onlyNewLayersLearnWhenAskedTo() {
        auto json = nlohmann::json::parse(config());
        json["stages"][1]["onlyNewLayers"] = true;
        const auto run = newRun("run", json.dump());
        QVERIFY(train(run, kSteps / 2).ok());
        const auto before = SafetensorsFile::read(run.snapshotPath());
        QVERIFY(train(run).ok());
        const auto after = SafetensorsFile::read(run.snapshotPath());
        const auto same = [&](const char* key) {
            return std::ranges::equal(before->tensors().at(key).bytes, after->tensors().at(key).bytes);
        };
        QVERIFY(same("fc_3.weight"));
        QVERIFY(same("rgb_stream.uconv_1.weight"));
        QVERIFY(before->tensors().at("rgb_stream.output.weight").shape !=
                after->tensors().at("rgb_stream.output.weight").shape);
    }

    void onlyNewLayersLearnAfterAStopToo() {
        auto json = nlohmann::json::parse(config());
        json["stages"][1]["onlyNewLayers"] = true;
        const auto straight = newRun("straight", json.dump()), stopped = newRun("stopped", json.dump());
        QVERIFY(train(straight).ok());
        QVERIFY(train(stopped, kSteps - 1).ok());
        const auto rest = train(stopped);
        QVERIFY2(rest.ok(), rest ? "" : rest.error().message.c_str());
        QVERIFY(readFile(stopped.snapshotPath()).value() == readFile(straight.snapshotPath()).value());
    }
};

VITRINE_TEST(TestTrainer)
#include "tst_trainer.moc"
