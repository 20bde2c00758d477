// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/io/atomic_file.h"
#include "core/io/safetensors.h"
#include "core/train/chair_batches.h"
#include "core/train/chair_trainer.h"
#include "tests/support/toy_views.h"

using namespace vitrine;

namespace {

constexpr int kSteps = 24;

std::string readText(const std::filesystem::path& file) { return readTextFile(file).value(); }

}  // namespace

class TestChairTraining : public QObject {
    Q_OBJECT

    QTemporaryDir m_shared;
    std::filesystem::path m_data;
    std::unique_ptr<QTemporaryDir> m_folder;

    std::filesystem::path path(const char* name) const { return std::filesystem::path(m_folder->path().toStdString()) / name; }

    std::string config(const nlohmann::json& more = {}, int first = kSteps / 2, double rate = 2e-3) const {
        const nlohmann::json stage = {{"preset", "compact-64"}, {"width", 0.03}, {"schedule", "constant"}, {"learningRate", rate}, {"warmupSteps", 2}, {"steps", first}};
        nlohmann::json second = stage, config = {{"data", m_data.string()}, {"batch", 4}, {"previewEvery", 1000}, {"precision", "fp32"}, {"checkpointMinutes", 0}};
        second["preset"] = "compact-128";
        second["steps"] = kSteps / 2;
        config["stages"] = {stage, second};
        if (!more.is_null()) config.update(more);
        return config.dump();
    }
    RunFolder newRun(const char* name, const std::string& json) const {
        return RunFolder::create(path(name), ChairTrainConfig::parse(json).value().toJson()).value();
    }
    static Result<TrainResult> train(const RunFolder& run, std::int64_t stopAfter = 0, const JobContext& job = {}) {
        return trainChairs(run, {1, stopAfter}, job);
    }

private Q_SLOTS:
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
                QVERIFY(batch.styles[i] != 1 || std::find(heldOut.begin(), heldOut.end(), batch.azimuthDeg[i]) == heldOut.end());
        }
    }

    void lossFallsAcrossBothStages() {
        const auto run = newRun("run", config({{"previewEvery", 50}}, 300));
        const auto result = train(run);
        QVERIFY2(result.ok(), result ? "" : result.error().message.c_str());
        QCOMPARE(result->step, std::int64_t(300 + kSteps / 2));
        std::vector<double> losses;
        std::istringstream rows(readText(run.path() / "metrics.csv"));
        for (std::string row; std::getline(rows, row);)
            if (const auto at = row.find(",loss,"); at != std::string::npos) losses.push_back(std::stod(row.substr(at + 6)));
        QVERIFY(losses.size() >= 6);
        QVERIFY2(losses[5] < losses[0] / 2, qPrintable(QStringLiteral("%1 -> %2").arg(losses[0]).arg(losses[5])));
        QVERIFY(std::filesystem::exists(run.previewPath(300)));
        QVERIFY(SafetensorsFile::read(run.snapshotPath()).ok());
    }

    void resumedIsBitForBitUninterrupted() {
        const auto straight = newRun("straight", config());
        QVERIFY(train(straight).ok());
        const auto expected = readText(straight.checkpointPath(kSteps) / "state.safetensors");
        for (const std::int64_t stop : {1, 5, kSteps / 2, kSteps / 2 + 1, kSteps - 1}) {
            const auto name = "stopped" + std::to_string(stop);
            {
                const auto run = newRun(name.c_str(), config());
                QCOMPARE(train(run, stop)->step, stop);
            }
            const auto run = RunFolder::open(path(name.c_str()));
            QVERIFY(train(*run).ok());
            QVERIFY2(readText(run->checkpointPath(kSteps) / "state.safetensors") == expected, qPrintable(QStringLiteral("stopped at %1").arg(stop)));
        }
    }

    void killedAtAnyInstantItGoesOn() {
        const auto configFile = path("config.json");
        QVERIFY(writeFileAtomically(configFile, std::string_view(config({{"checkpointMinutes", 0.0001}}, 40000))).ok());
        const QStringList common = {QStringLiteral("--threads"), QStringLiteral("1"), QStringLiteral("--out")};
        const QString run = QString::fromStdString(path("killed"));
        std::int64_t last = 0;
        for (int attempt = 0; attempt < 6; ++attempt) {
            QProcess process;
            const bool begun = std::filesystem::exists(path("killed") / "config.json");
            process.start(QStringLiteral(VITRINE_CLI), begun ? QStringList{QStringLiteral("train"), QStringLiteral("--resume"), run}
                                                            : QStringList{QStringLiteral("train"), QString::fromStdString(configFile)} + common + QStringList{run});
            QVERIFY(process.waitForStarted());
            process.waitForFinished(1500 + 130 * attempt);
            process.kill();
            process.waitForFinished();
            const auto folder = RunFolder::open(path("killed"));
            if (!folder) continue;
            for (const auto& checkpoint : folder->checkpoints()) QVERIFY(SafetensorsFile::read(checkpoint / "state.safetensors").ok());
            if (!folder->checkpoints().empty()) last = std::stoll(folder->checkpoints().back().filename().string().substr(5));
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
        const auto same = [&](const char* key) { return std::ranges::equal(before->tensors().at(key).bytes, after->tensors().at(key).bytes); };
        QVERIFY(same("fc_3.weight"));
        QVERIFY(same("rgb_stream.uconv_1.weight"));
        QVERIFY(before->tensors().at("rgb_stream.output.weight").shape != after->tensors().at("rgb_stream.output.weight").shape);
    }
};

QTEST_GUILESS_MAIN(TestChairTraining)
#include "tst_chair_training.moc"
