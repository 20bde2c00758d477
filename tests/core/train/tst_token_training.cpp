// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

#include "core/base/image.h"
#include "core/io/atomic_file.h"
#include "core/io/safetensors.h"
#include "core/nets/weights.h"
#include "core/train/known_blocks.h"
#include "core/train/token_task.h"
#include "core/train/trainer.h"
#include "core/train/training_kind.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_scenes.h"

using namespace vitrine;

namespace {

const TrainingKind& tokenKind() {
    return *trainingKindOf(R"({"recipe": "tokens"})").value();
}

torch::Generator seeded(std::uint64_t seed) {
    return at::make_generator<at::CPUGeneratorImpl>(seed);
}

std::string refusalOf(const nlohmann::json& json) {
    const auto config = TokenTrainConfig::parse(json.dump());
    return config ? std::string() : config.error().message;
}

}  // namespace

class TestTokenTraining : public QObject {
    Q_OBJECT

    QTemporaryDir m_shared;
    std::filesystem::path m_data;
    std::unique_ptr<QTemporaryDir> m_folder;

    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(m_folder->path().toStdString()) / name;
    }
    nlohmann::json config(int stepsEach = 5) const {
        nlohmann::json tokens = {{"trains", "tokens"},
                                 {"steps", stepsEach},
                                 {"schedule", "constant"},
                                 {"learningRate", 2e-3},
                                 {"warmupSteps", 2}};
        nlohmann::json prior = tokens;
        prior["trains"] = "prior";
        return {{"recipe", "tokens"},
                {"data", m_data.string()},
                {"size", 32},
                {"priorWidth", 6},
                {"priorLayers", 1},
                {"priorHeads", 3},
                {"batch", 4},
                {"previewEvery", 1000},
                {"precision", "fp32"},
                {"checkpointMinutes", 0},
                {"averageDecay", 0.9},
                {"omissionShare", 0.7},
                {"observedLabelFraction", 0.5},
                {"stages", {tokens, prior}}};
    }
    RunFolder newRun(const char* name, const nlohmann::json& json) const {
        return RunFolder::create(path(name), tokenKind().normalise(json.dump()).value()).value();
    }
    static Result<TrainResult> train(const RunFolder& run, std::int64_t stopAfter = 0) {
        return vitrine::train(run, {1, stopAfter, "cpu"}, {});
    }
    static std::string state(const RunFolder& run, std::int64_t step) {
        return readTextFile(run.checkpointPath(step) / "state.safetensors").value();
    }
    std::unique_ptr<TokenTask> begunTask(std::size_t stage) const {
        auto task = TokenTask::open(TokenTrainConfig::parse(config().dump()).value()).value();
        const bool begun = task->begin(stage, 0, 0, task->makeNetwork(stage).value(), torch::kCPU).ok();
        if (!begun) qFatal("cannot begin");
        return task;
    }

private Q_SLOTS:
    void initTestCase() {
        m_data = std::filesystem::path(m_shared.path().toStdString()) / "toy.vscenes";
        test::packToyScenes(m_data, 40, 32);
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aStoppedRunEndsTheSame() {
        const auto straight = newRun("straight", config());
        QVERIFY(train(straight).ok());
        for (const int stop : {3, 5, 8}) {
            const auto stopped = newRun(("stopped" + std::to_string(stop)).c_str(), config());
            QVERIFY(train(stopped, stop).ok());
            QVERIFY(train(stopped).ok());
            QVERIFY2(state(stopped, 10) == state(straight, 10), std::to_string(stop).c_str());
        }
    }

    void eachStageTrainsItsOwnNetworks() {
        const auto run = newRun("run", config());
        QVERIFY(train(run, 5).ok());
        const auto before = SafetensorsFile::read(run.snapshotPath()).value();
        QVERIFY(train(run).ok());
        const auto after = SafetensorsFile::read(run.snapshotPath()).value();
        for (const auto& [name, tensor] : before.tensors()) {
            const bool isSame = std::ranges::equal(tensor.bytes, after.tensors().at(name).bytes);
            const bool isOfTokens = name.starts_with("recognition.") || name.starts_with("generation.");
            if (isOfTokens) QVERIFY2(isSame, name.c_str());
            if (name == "prior.embedding.weight" || name == "picture.conv_1.weight")
                QVERIFY2(!isSame, name.c_str());
        }
        QVERIFY(TokenPredictorOptions::fromMetadata(after.metadata()).ok());
    }

    void reconstructionsAndTokensAreLearned() {
        auto longer = config(400);
        longer["stages"][1]["steps"] = 300;
        const auto task = TokenTask::open(TokenTrainConfig::parse(longer.dump()).value()).value();
        auto network = task->makeNetwork(0).value();
        for (const std::size_t stage : {0, 1}) {
            QVERIFY(task->begin(stage, 0, 0, network, torch::kCPU).ok());
            std::vector<torch::Tensor> learned;
            for (const auto& parameter : network->named_parameters())
                if (task->learns(stage, parameter.key(), false)) learned.push_back(parameter.value());
            torch::optim::Adam adam(learned, torch::optim::AdamOptions(2e-3));
            double first = 0, last = 0;
            for (int step = 0; step < (stage == 0 ? 400 : 300); ++step) {
                task->fetch();
                adam.zero_grad();
                const LossTerms loss = task->loss();
                loss.total.backward();
                adam.step();
                (step < 10 ? first : last) = loss.parts.front().second.item<double>();
            }
            QVERIFY2(last < 0.7 * first, (std::to_string(first) + " -> " + std::to_string(last)).c_str());
        }
        const auto scores = task->score().value();
        for (const char* key : {"heldOutIou", "heldOutBestIou", "heldOutDiversity", "heldOutCnnIou"})
            QVERIFY2(scores.metrics.contains(key), key);
        QVERIFY(scores.sheet.width > 0);
    }

    void theEvidenceHidesPixelsAndShowsKnownLabels() {
        const auto task = begunTask(1);
        bool anyHidden = false, anyKnown = false;
        for (int step = 0; step < 8; ++step) {
            task->fetch();
            const TokenBatchTensors& batch = task->batch();
            const auto isHidden = batch.evidence.isSeen == 0;
            QVERIFY((batch.evidence.image * isHidden).abs().max().item<double>() == 0);
            const auto known = batch.evidence.labels.sum(1);
            QVERIFY(((known == 0).logical_or(known == 1)).all().item<bool>());
            const auto right = batch.evidence.labels.argmax(1) == batch.labels;
            QVERIFY(right.logical_or(known == 0).all().item<bool>());
            QVERIFY(
                batch.isMasked.flatten(1).any(1).all().item<bool>());  // something to learn in every image
            anyHidden |= isHidden.any().item<bool>();
            anyKnown |= (known > 0).any().item<bool>();
        }
        QVERIFY(anyHidden && anyKnown);
    }

    void knownBlocksHaveTheirShare() {
        const auto none = knownBlocks(8, 32, 0, 1, seeded(1)), all = knownBlocks(400, 32, 1, 1, seeded(2));
        QVERIFY(!none.any().item<bool>());
        const double share = all.to(torch::kFloat64).mean().item<double>();
        QVERIFY2(share > 0.4 && share < 0.6, std::to_string(share).c_str());
    }

    void masksKeepToWhatIsHiddenInOneImageOfTwo() {
        auto isSeen = torch::ones({400, 1, 32, 32});
        isSeen.slice(2, 9, 23).slice(3, 8, 24).zero_();  // 4 x 4 tokens, in part or whole
        const auto isMasked = maskTokens(isSeen, seeded(3));
        QCOMPARE(isMasked.sizes().vec(), (std::vector<std::int64_t>{400, 8, 8}));
        QVERIFY(isMasked.flatten(1).any(1).all().item<bool>());
        auto outside = isMasked.clone();
        outside.slice(1, 2, 6).slice(2, 2, 6).zero_();
        const double share = outside.flatten(1).any(1).to(torch::kFloat64).mean().item<double>();
        QVERIFY2(share > 0.4 && share < 0.55, std::to_string(share).c_str());
        const auto allSeen = maskTokens(torch::ones({400, 1, 32, 32}), seeded(4));
        QVERIFY(allSeen.flatten(1).any(1).all().item<bool>());
    }

    void classesCountByTheirWeight() {
        const auto logits = torch::tensor({2.f, 0.f}).view({1, 2, 1, 1}).expand({1, 2, 1, 2});
        const auto labels = torch::tensor({0, 1}).view({1, 1, 2});
        const double right = std::log1p(std::exp(-2.0)), wrong = std::log1p(std::exp(2.0));
        const double loss = weightedCrossEntropy(logits, labels, torch::tensor({1.f, 3.f})).item<double>();
        QVERIFY(std::abs(loss - (right + 3 * wrong) / 4) < 1e-5);
    }

    void wrongFieldsAreNamed() {
        auto json = config();
        json["priorHeads"] = 5;
        QVERIFY(refusalOf(json).find("priorWidth") != std::string::npos);
        json = config();
        json["stages"][0]["trains"] = "everything";
        QVERIFY(refusalOf(json).find("stages[0].trains") != std::string::npos);
        json = config();
        json["stages"][1]["continuesPrevious"] = true;
        QVERIFY(refusalOf(json).find("stages[1].continuesPrevious") != std::string::npos);
        for (const char* weights : {"1,2", "1,x,1,1,1", "1,0,1,1,1", "1,,1"}) {
            json = config();
            json["classWeights"] = weights;
            const auto task = TokenTask::open(TokenTrainConfig::parse(json.dump()).value());
            QVERIFY2(!task && task.error().message.find("classWeights") != std::string::npos, weights);
        }
    }
};

VITRINE_TEST(TestTokenTraining)
#include "tst_token_training.moc"
