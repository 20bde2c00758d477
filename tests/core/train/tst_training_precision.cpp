// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

#include "core/io/atomic_file.h"
#include "core/train/precision.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

/// Two stages of one linear layer; notes what it is asked for.
class ToyTask : public TrainTask {
public:
    const TrainSettings& settings() const override { return m_settings; }
    std::vector<TrainStage> stages() const override { return {{}, {}}; }
    std::string dataHash() const override { return "toy"; }
    std::int64_t imagesPerEpoch() const override { return 1; }
    Result<std::shared_ptr<torch::nn::Module>> makeNetwork(std::size_t stage) const override {
        if (stage != 1) return Error{ErrorCode::Internal, "The last stage is asked for."};
        return std::shared_ptr<torch::nn::Module>(torch::nn::Linear(24, 8).ptr());
    }
    Status begin(std::size_t,
                 std::int64_t,
                 std::int64_t,
                 std::shared_ptr<torch::nn::Module> network,
                 torch::Device) override {
        m_network = std::dynamic_pointer_cast<torch::nn::LinearImpl>(network);
        ++numBegun;
        return {};
    }
    void fetch() override { ++numFetched; }
    LossTerms loss() override {
        const auto output = m_network->forward(torch::ones({4, 24}));
        ++(output.scalar_type() == torch::kBFloat16 ? numBFloat16 : numFloat32);
        return {output.to(torch::kFloat32).square().sum(), {}};
    }
    Result<TaskScore> score() override { return TaskScore{}; }
    std::map<std::string, std::string> metadata() const override { return {{"architecture", "toy"}}; }

    int numBegun = 0, numFetched = 0, numFloat32 = 0, numBFloat16 = 0;

private:
    TrainSettings m_settings;
    std::shared_ptr<torch::nn::LinearImpl> m_network;
};

}  // namespace

class TestTrainingPrecision : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theUserOverrides() {
        ToyTask task;
        for (const char* wanted : {"fp32", "bf16"})
            QCOMPARE(trainingPrecision(task, wanted, torch::kCPU, probe(true)).value(), std::string(wanted));
        QCOMPARE(task.numBegun, 0);
    }

    void aProcessorWithoutBFloat16IsNotTimed() {
        ToyTask task;
        QCOMPARE(trainingPrecision(task, "auto", torch::kCPU, probe(false)).value(), std::string("fp32"));
        QCOMPARE(task.numBegun, 0);
    }

    void aStepIsTimedInBothPrecisions() {
        ToyTask task;
        const std::string chosen = trainingPrecision(task, "auto", torch::kCPU, probe(true)).value();
        QCOMPARE(task.numBegun, 1);
        QCOMPARE(task.numFetched, 1);
        QVERIFY(task.numFloat32 > 1);
        QCOMPARE(task.numBFloat16, task.numFloat32);
        const auto times = nlohmann::json::parse(readTextFile(file()).value())["a processor"].front();
        const torch::Dtype faster = fasterPrecision({times["fp32Ms"], times["bf16Ms"]});
        QCOMPARE(chosen, precisionName(faster));
        ToyTask again;
        QCOMPARE(trainingPrecision(again, "auto", torch::kCPU, probe(true)).value(), chosen);
        QCOMPARE(again.numFetched, 0);
    }

private:
    std::filesystem::path file() const {
        return m_folder->filePath(QStringLiteral("precision.json")).toStdString();
    }
    PrecisionProbe probe(bool hasBFloat16) const { return {file(), "a processor", hasBFloat16}; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

VITRINE_TEST(TestTrainingPrecision)
#include "tst_training_precision.moc"
