// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/random.h"
#include "core/io/atomic_file.h"
#include "core/io/safetensors.h"
#include "core/runs/completion_config.h"
#include "core/train/trainer.h"
#include "core/train/training_kind.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

const TrainingKind& quadrants() {
    return *trainingKindOf(R"({"recipe": "quadrants"})").value();
}

/// Pictures with one bright half, left or right.
std::string toyIdx(int count) {
    std::string text = {0, 0, 8, 3, 0, 0, 0, char(count), 0, 0, 0, 28, 0, 0, 0, 28};
    for (int i = 0; i < count; ++i) {
        const bool left = Rng({3, std::uint64_t(i)}).uniform() < 0.5;
        for (int pixel = 0; pixel < 28 * 28; ++pixel)
            text += (pixel % 28 < 14) == left ? char(0xF0) : char(0x08);
    }
    return text;
}

std::string toyLabels(int count) {
    return std::string{0, 0, 8, 1, 0, 0, 0, char(count)} + std::string(std::size_t(count), '\0');
}

}  // namespace

class TestCompletionTraining : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(m_folder->path().toStdString()) / name;
    }
    nlohmann::json config(const char* variant, int numQuadrants, int stepsEach = 6) const {
        const nlohmann::json latent = {{"part", "latent"},
                                       {"steps", stepsEach},
                                       {"schedule", "constant"},
                                       {"learningRate", 5e-3},
                                       {"warmupSteps", 0}};
        nlohmann::json baseline = latent;
        baseline["part"] = "baseline";
        nlohmann::json stages = nlohmann::json::array();
        if (numQuadrants > 0) stages.push_back(baseline);
        stages.push_back(latent);
        return {{"recipe", "quadrants"},
                {"data", m_folder->path().toStdString()},
                {"variant", variant},
                {"numQuadrants", numQuadrants},
                {"hidden", 16},
                {"latent", 4},
                {"batch", 8},
                {"previewEvery", 1000},
                {"precision", "fp32"},
                {"checkpointMinutes", 0},
                {"averageDecay", 0},
                {"stages", stages}};
    }
    RunFolder newRun(const char* name, const nlohmann::json& json) const {
        return RunFolder::create(path(name), quadrants().normalise(json.dump()).value()).value();
    }
    static Result<TrainResult> train(const RunFolder& run, std::int64_t stopAfter = 0) {
        return vitrine::train(run, {1, stopAfter, "cpu"}, {});
    }
    static std::string state(const RunFolder& run, std::int64_t step) {
        return readTextFile(run.checkpointPath(step) / "state.safetensors").value();
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        const auto write = [this](const char* name, const std::string& content) {
            QVERIFY(writeFileAtomically(path(name), std::string_view(content)).ok());
        };
        write("train-images-idx3-ubyte", toyIdx(60));
        write("train-labels-idx1-ubyte", toyLabels(60));
        write("t10k-images-idx3-ubyte", toyIdx(20));
        write("t10k-labels-idx1-ubyte", toyLabels(20));
    }

    void aStoppedRunEndsTheSame_data() {
        QTest::addColumn<int>("stopAfter");
        QTest::newRow("while the baseline learns") << 4;
        QTest::newRow("while it is frozen") << 9;
    }
    void aStoppedRunEndsTheSame() {
        QFETCH(int, stopAfter);
        const auto straight = newRun("straight", config("cvae", 1)),
                   stopped = newRun("stopped", config("cvae", 1));
        QVERIFY(train(straight).ok());
        QVERIFY(train(stopped, stopAfter).ok());
        const auto rest = train(stopped);
        QVERIFY2(rest.ok(), rest ? "" : rest.error().message.c_str());
        QVERIFY(state(stopped, 12) == state(straight, 12));
    }

    void theBaselineIsFrozenUnderTheLatent() {
        const auto run = newRun("run", config("cvae", 2));
        QVERIFY(train(run, 6).ok());
        const auto before = SafetensorsFile::read(run.snapshotPath());
        QVERIFY(train(run).ok());
        const auto after = SafetensorsFile::read(run.snapshotPath());
        const char* key = "baseline.fc_1.weight";
        QVERIFY(std::ranges::equal(before->tensors().at(key).bytes, after->tensors().at(key).bytes));
        QVERIFY(!before->tensors().contains("prior.mean.weight") &&
                after->tensors().contains("prior.mean.weight"));
    }

    void everyKindLearns_data() {
        QTest::addColumn<QByteArray>("variant");
        QTest::addColumn<int>("numQuadrants");
        QTest::newRow("VAE") << QByteArray("cvae") << 0;
        QTest::newRow("CVAE") << QByteArray("cvae") << 1;
        QTest::newRow("GSNN") << QByteArray("gsnn") << 1;
    }
    void everyKindLearns() {
        QFETCH(QByteArray, variant);
        QFETCH(int, numQuadrants);
        auto json = config(variant.constData(), numQuadrants, 120);
        json["previewEvery"] = 120;
        const auto result = train(newRun("run", json));
        QVERIFY2(result.ok(), result ? "" : result.error().message.c_str());
        // A guess of one half for every hidden pixel costs log 2 each.
        const double blind = (4 - numQuadrants) * 196 * std::log(2.0);
        QVERIFY2(result->metrics.at("heldOutLoss") < 0.6 * blind,
                 std::to_string(result->metrics.at("heldOutLoss")).c_str());
        QCOMPARE(result->metrics.contains("heldOutNllByImportance"), variant == "cvae");
    }

    void pixelsAreBlackAndWhiteWhereTheConfigurationSaysSo() {
        auto json = config("cvae", 1);
        QVERIFY(!CompletionTrainConfig::parse(json.dump())->binarise);  // as written by an earlier version
        QVERIFY(CompletionTrainConfig::parse(quadrants().info().templates.front().json)->binarise);
        const auto grey = newRun("grey", json);
        json["binarise"] = true;
        const auto binarised = newRun("binarised", json);
        QVERIFY(train(grey).ok() && train(binarised).ok());
        QVERIFY(state(grey, 12) != state(binarised, 12));
        QCOMPARE(SafetensorsFile::read(binarised.snapshotPath())->metadata().at("binarised"),
                 std::string("1"));
    }

    void theFaultyFieldIsNamed_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* name, const char* json, const char* named) {
            QTest::newRow(name) << QString::fromLatin1(json) << QString::fromLatin1(named);
        };
        row("no baseline", R"({"stages": [{"steps": 1}]})", "stages[0].part");
        row("a baseline that sees nothing",
            R"({"numQuadrants": 0, "stages": [{"steps": 1, "part": "baseline"}]})",
            "stages[0].part");
        row("a GSNN that sees nothing",
            R"({"numQuadrants": 0, "variant": "gsnn", "stages": [{"steps": 1}]})",
            "variant");
        row("four quadrants", R"({"numQuadrants": 4, "stages": [{"steps": 1}]})", "numQuadrants");
    }
    void theFaultyFieldIsNamed() {
        QFETCH(QString, json);
        QFETCH(QString, named);
        const auto config = CompletionTrainConfig::parse(json.toStdString());
        QVERIFY(!config);
        QVERIFY2(config.error().message.find(named.toStdString()) != std::string::npos,
                 config.error().message.c_str());
    }

    void everyTemplateIsAConfiguration() {
        for (const auto& one : quadrants().info().templates) {
            const auto normal = quadrants().normalise(one.json);
            QVERIFY2(normal.ok(), normal ? "" : normal.error().message.c_str());
            QCOMPARE(QString::fromStdString(*normal), QString::fromStdString(one.json));
        }
    }
};

VITRINE_TEST(TestCompletionTraining)
#include "tst_completion_training.moc"
