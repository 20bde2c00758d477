// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/data/packed_scenes.h"
#include "core/eval/segmentation_eval.h"
#include "tests/support/random_segmentation_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;

/// Twelve scenes of three classes, the left half of each being class 1: eight to fit on, four to score.
class TestSegmentationEval : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path path(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }
    fs::path model(const char* variant) const {
        const fs::path file = path(variant);
        test::writeRandomSegmentationModel(file, {.variant = variant});
        return file;
    }
    /// The left half is class 1.
    static LabelMap halfScene() {
        LabelMap labels(32, 32);
        for (int y = 0; y < 32; ++y) std::fill_n(labels.row(y), 16, std::uint8_t(1));
        return labels;
    }
    /// A seat on two legs that fill the lower half.
    static LabelMap legScene() {
        LabelMap labels(32, 32);
        for (int y = 10; y < 14; ++y) std::fill_n(labels.row(y) + 4, 24, std::uint8_t(1));
        for (int y = 14; y < 30; ++y)
            for (const int x : {4, 22}) std::fill_n(labels.row(y) + x, 6, std::uint8_t(2));
        return labels;
    }
    /// Eight validation scenes and four of the last split; then training scenes.
    static void writeScenes(const fs::path& file,
                            std::vector<std::string> classNames,
                            const LabelMap& labels,
                            Split last = Split::Test,
                            int numTrain = 4) {
        const ScenesHeader header{32, std::move(classNames), {"one", "other"}, "test"};
        const auto produce = [&](SceneWriter& writer) -> Status {
            for (int i = 0; i < 12 + numTrain; ++i) {
                const Split split = i < 8 ? Split::Validation : i < 12 ? last : Split::Train;
                VITRINE_CHECK(writer.append(Image(32, 32, 3, std::uint8_t(15 * i)), labels, {i % 2, split}));
            }
            return {};
        };
        QVERIFY(PackedScenes::write(file, header, produce).ok());
    }
    static void writeScenes(const fs::path& file, int numClasses, Split last) {
        std::vector<std::string> names;
        for (int i = 0; i < numClasses; ++i) names.push_back(std::to_string(i));
        writeScenes(file, names, halfScene(), last, /*numTrain=*/0);
    }

private Q_SLOTS:
    void initTestCase() { writeScenes(path("scenes"), 3, Split::Test); }

    void samplesOfAHybridDiffer() {
        const auto eval = evaluateSegmentation(model("hybrid"), path("scenes"), {.numSamples = 4}, {});
        QVERIFY2(eval.ok(), eval.ok() ? "" : eval.error().message.c_str());
        QCOMPARE(eval->numScenes, std::size_t(4));
        const auto& omitted = eval->omitted;
        QVERIFY(omitted.diversity.value() > 0);
        QVERIFY(omitted.bestIou.value() >= omitted.sampleIou.value());
        QVERIFY(std::abs(omitted.energyDistance.value() -
                         (2 * omitted.sampleToTruth.value() - omitted.diversity.value())) < 1e-9);
        QVERIFY(std::isnan(omitted.monteCarlo.value()) &&
                std::isnan(omitted.importance.value()));  // not asked for
        QVERIFY(std::abs(omitted.uncertaintyCorrelation.value()) <= 1 + 1e-9);
        QVERIFY(omitted.scaledCalibration.nll > 0);
        QCOMPARE(omitted.calibration.bins.size(), std::size_t(15));
        std::size_t pixels = 0;
        for (const auto& bin : omitted.calibration.bins) pixels += bin.count;
        QCOMPARE(pixels, std::size_t(4 * 32 * 32));
    }

    void theSameSeedGivesTheSameFigures() {
        const auto file = model("cvae");
        const auto evaluated = [&](std::uint64_t seed) {
            const SegmentationEvalOptions options{.numSamples = 3, .numLikelihoodSamples = 5, .seed = seed};
            return evaluateSegmentation(file, path("scenes"), options, {}).value().omitted;
        };
        const auto one = evaluated(1), again = evaluated(1), other = evaluated(2);
        QCOMPARE(again.sampleIou.value(), one.sampleIou.value());
        QCOMPARE(again.temperature, one.temperature);
        QCOMPARE(again.importance.value(), one.importance.value());
        QVERIFY(other.calibration.nll != one.calibration.nll);
        QVERIFY(other.importance.value() != one.importance.value());
    }

    void likelihoodsAreOfTheSameBoxes() {
        const auto evaluated = [&](const char* variant, std::int64_t numSamples) {
            const SegmentationEvalOptions options{.numSamples = 2, .numLikelihoodSamples = numSamples};
            return evaluateSegmentation(model(variant), path("scenes"), options, {}).value().omitted;
        };
        const auto certain = evaluated("cnn", 5);  // its pixels are independent: nats add up
        QVERIFY(std::abs(certain.monteCarlo.value() / (32 * 32) - certain.calibration.nll) < 1e-4);
        QVERIFY(std::isnan(certain.importance.value()));
        const auto few = evaluated("hybrid", 1), many = evaluated("hybrid", 50);
        QVERIFY(many.monteCarlo.value() > 0);
        QVERIFY(many.importance.value() > 0);
        // More samples make the estimate of one run's weights greater, on the average.
        QVERIFY(many.monteCarlo.value() < few.monteCarlo.value());
        QVERIFY(many.importance.value() < few.importance.value());
    }

    void aStudioIsAnotherSetOfPictures() {
        const auto file = model("cvae");
        const auto rooms = evaluateSegmentation(file, path("scenes"), {.numSamples = 3}, {});
        const auto studio = evaluateSegmentation(file, path("scenes"), {.numSamples = 3, .studio = true}, {});
        const auto again = evaluateSegmentation(file, path("scenes"), {.numSamples = 3, .studio = true}, {});
        QVERIFY(studio->omitted.calibration.nll != rooms->omitted.calibration.nll);
        QCOMPARE(again->omitted.calibration.nll, studio->omitted.calibration.nll);
    }

    void anAnswerWithoutNoiseIsItsOnlySample() {
        for (const char* variant : {"cnn", "gdnn"}) {
            const auto eval = evaluateSegmentation(model(variant), path("scenes"), {}, {});
            QVERIFY(eval.ok());
            QCOMPARE(eval->omitted.sampleIou.value(), eval->omitted.iou.value());
            QCOMPARE(eval->omitted.bestIou.value(), eval->omitted.iou.value());
            QCOMPARE(eval->omitted.diversity.value(), 0.0);
            QVERIFY(std::isnan(eval->omitted.uncertaintyCorrelation.value()));
        }
    }

    void aReconstructionNeedsARecognitionNetwork() {
        const auto evaluated = [&](const char* variant) {
            return evaluateSegmentation(model(variant), path("scenes"), {.numSamples = 2}, {}).value();
        };
        QVERIFY(evaluated("cvae").whole.reconstructionIou.value() >= 0);
        QVERIFY(evaluated("cvae").omitted.reconstructionIou.value() >= 0);
        QVERIFY(evaluated("tokens").omitted.reconstructionIou.value() >= 0);
        QVERIFY(std::isnan(evaluated("gsnn").whole.reconstructionIou.value()));
        QVERIFY(std::isnan(evaluated("cnn").omitted.reconstructionIou.value()));
    }

    void samplesOfTokensFollowStepsAndTemperature() {
        const auto evaluated = [&](int numSteps, double temperature) {
            const SegmentationEvalOptions options{
                .numSamples = 3, .numSteps = numSteps, .temperature = temperature};
            return evaluateSegmentation(model("tokens"), path("scenes"), options, {}).value().omitted;
        };
        const auto drawn = evaluated(4, 1);
        QVERIFY(drawn.diversity.value() > 0);
        QCOMPARE(evaluated(4, 1).sampleIou.value(), drawn.sampleIou.value());
        QVERIFY(evaluated(9, 1).calibration.nll != drawn.calibration.nll);
        QCOMPARE(evaluated(1, 0).diversity.value(), 0.0);  // the likeliest tokens, all at once
    }

    void theSplitToChooseByIsAnotherOne() {
        const SegmentationEvalOptions options{.numSamples = 2, .split = Split::Validation};
        QCOMPARE(evaluateSegmentation(model("cnn"), path("scenes"), options, {})->numScenes, std::size_t(8));
    }

    void theTruthIsItsOwnBestAnswer() {
        const auto baselines = evaluateSegmentationBaselines(model("cvae"), path("scenes"), {}, {});
        QVERIFY2(baselines.ok(), baselines.ok() ? "" : baselines.error().message.c_str());
        QCOMPARE(baselines->size(), std::size_t(1));  // there are no training scenes to look up
        const SegmentationEval& truth = baselines->front();
        QCOMPARE(truth.baseline, std::string("truth"));
        QCOMPARE(truth.omitted.iou.value(), 1.0);
        QCOMPARE(truth.omitted.foregroundIou.value(), 1.0);
        QCOMPARE(truth.omitted.energyDistance.value(), 0.0);
        QVERIFY(std::isnan(truth.whole.iou.value()));
        QVERIFY(truth.omitted.calibration.bins.empty());
        QVERIFY(std::isnan(truth.omitted.wholeLegs.value()));  // no class of legs
    }

    void legsAreJudgedWhereASetHasThem() {
        writeScenes(path("chairs"), {"background", "seat", "legs"}, legScene());
        const SegmentationEvalOptions options{.numSamples = 5};
        const auto baselines = evaluateSegmentationBaselines(model("cvae"), path("chairs"), options, {});
        QVERIFY2(baselines.ok(), baselines.ok() ? "" : baselines.error().message.c_str());
        QCOMPARE(baselines->size(), std::size_t(2));
        QCOMPARE(baselines->at(0).omitted.wholeLegs.value(), 1.0);
        QCOMPARE(baselines->at(0).omitted.falseLegs.value(), 0.0);
        // All training scenes are the test scene: the box is filled with the truth.
        QCOMPARE(baselines->at(1).baseline, std::string("retrieval"));
        QCOMPARE(baselines->at(1).omitted.falseLegs.value(), 0.0);
        QCOMPARE(baselines->at(1).omitted.diversity.value(), 0.0);
        const auto network = evaluateSegmentation(model("cvae"), path("chairs"), options, {}).value();
        QVERIFY(network.omitted.wholeLegs.value() >= 0 && network.omitted.wholeLegs.value() <= 1);
    }

    void faultsNameWhatIsWrong() {
        writeScenes(path("two"), 2, Split::Test);
        const auto classes = evaluateSegmentation(model("cnn"), path("two"), {}, {});
        QVERIFY(!classes.ok());
        QVERIFY(classes.error().message.starts_with("cnn cannot be used: the network has 3 classes"));
        writeScenes(path("untested"), 3, Split::Train);
        const auto split = evaluateSegmentation(model("cnn"), path("untested"), {}, {});
        QVERIFY(split.error().message.find("test") != std::string::npos);
        QVERIFY(!evaluateSegmentation(path("nowhere"), path("scenes"), {}, {}).ok());
        std::stop_source stop;
        stop.request_stop();
        JobContext job;
        job.stop = stop.get_token();
        QVERIFY(
            evaluateSegmentation(model("cnn"), path("scenes"), {}, job).error().message.find("cancelled") !=
            std::string::npos);
    }
};

VITRINE_TEST(TestSegmentationEval)
#include "tst_segmentation_eval.moc"
