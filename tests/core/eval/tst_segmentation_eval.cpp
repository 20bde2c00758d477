// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/data/packed_scenes.h"
#include "core/eval/segmentation_eval.h"
#include "tests/support/random_structured_model.h"

using namespace vitrine;
namespace fs = std::filesystem;

/// Twelve scenes of three classes, the left half of each being class 1: eight to fit on, four to score.
class TestSegmentationEval : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path path(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }
    fs::path model(const char* variant) const {
        const fs::path file = path(variant);
        test::writeRandomStructuredModel(file, {.variant = variant});
        return file;
    }
    static void writeScenes(const fs::path& file, int numClasses, Split last) {
        ScenesHeader header{32, {}, {"one"}, "test"};
        for (int i = 0; i < numClasses; ++i) header.classNames.push_back(std::to_string(i));
        const auto produce = [&](SceneWriter& writer) -> Status {
            LabelMap labels(32, 32, 1);
            for (int y = 0; y < 32; ++y) std::fill_n(labels.row(y), 16, std::uint8_t(1));
            for (int i = 0; i < 12; ++i)
                VITRINE_CHECK(writer.append(
                    Image(32, 32, 3, std::uint8_t(20 * i)), labels, {0, i < 8 ? Split::Validation : last}));
            return {};
        };
        QVERIFY(PackedScenes::write(file, header, produce).ok());
    }

private Q_SLOTS:
    void initTestCase() { writeScenes(path("scenes"), 3, Split::Test); }

    void samplesOfAHybridDiffer() {
        const auto eval = evaluateSegmentation(model("hybrid"), path("scenes"), {.numSamples = 4}, {});
        QVERIFY2(eval.ok(), eval.ok() ? "" : eval.error().message.c_str());
        QCOMPARE(eval->numScenes, std::size_t(4));
        const auto& omitted = eval->omitted;
        QVERIFY(omitted.diversity > 0);
        QVERIFY(omitted.bestIou >= omitted.sampleIou);
        QVERIFY(std::abs(omitted.energyDistance - (2 * omitted.sampleToTruth - omitted.diversity)) < 1e-9);
        QVERIFY(std::isnan(omitted.monteCarlo) && std::isnan(omitted.importance));  // not asked for
        QVERIFY(std::abs(omitted.uncertaintyCorrelation) <= 1 + 1e-9);
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
        QCOMPARE(again.sampleIou, one.sampleIou);
        QCOMPARE(again.temperature, one.temperature);
        QCOMPARE(again.importance, one.importance);
        QVERIFY(other.calibration.nll != one.calibration.nll);
        QVERIFY(other.importance != one.importance);
    }

    void likelihoodsAreOfTheSameBoxes() {
        const auto evaluated = [&](const char* variant, std::int64_t numSamples) {
            const SegmentationEvalOptions options{.numSamples = 2, .numLikelihoodSamples = numSamples};
            return evaluateSegmentation(model(variant), path("scenes"), options, {}).value().omitted;
        };
        const auto certain = evaluated("cnn", 5);  // its pixels are independent: nats add up
        QVERIFY(std::abs(certain.monteCarlo / (32 * 32) - certain.calibration.nll) < 1e-4);
        QVERIFY(std::isnan(certain.importance));
        const auto few = evaluated("hybrid", 1), many = evaluated("hybrid", 50);
        QVERIFY(many.monteCarlo > 0);
        QVERIFY(many.importance > 0);
        // More samples make the estimate of one run's weights greater, on the average.
        QVERIFY(many.monteCarlo < few.monteCarlo);
        QVERIFY(many.importance < few.importance);
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
            QCOMPARE(eval->omitted.sampleIou, eval->omitted.iou);
            QCOMPARE(eval->omitted.bestIou, eval->omitted.iou);
            QCOMPARE(eval->omitted.diversity, 0.0);
            QVERIFY(std::isnan(eval->omitted.uncertaintyCorrelation));
        }
    }

    void onlyOmittedPixelsCountInThePartialTable() {
        const PartialEvalOptions options{.numScenes = 3, .numSweeps = 2};
        for (const char* variant : {"gdnn", "cvae"}) {
            const auto table = evaluatePartial(model(variant), path("scenes"), options, {});
            QVERIFY2(table.ok(), table.ok() ? "" : table.error().message.c_str());
            QCOMPARE(table->size(), std::size_t(9));
            QCOMPARE(table->back().block, 8);
            QCOMPARE(table->back().omitted, 0.7);
            // Were the given labels counted, at 25% no answer could be below 75%.
            QVERIFY(table->front().pixelAccuracy < 0.75);
        }
    }

    void faultsNameWhatIsWrong() {
        writeScenes(path("two"), 2, Split::Test);
        const auto classes = evaluateSegmentation(model("cnn"), path("two"), {}, {});
        QVERIFY(!classes.ok());
        QVERIFY(classes.error().message.starts_with("cnn cannot be used: the network tells 3 classes"));
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

QTEST_GUILESS_MAIN(TestSegmentationEval)
#include "tst_segmentation_eval.moc"
