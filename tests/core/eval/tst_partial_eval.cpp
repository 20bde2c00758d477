// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/data/packed_scenes.h"
#include "core/eval/partial_eval.h"
#include "tests/support/random_segmentation_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

constexpr int kSceneSide = 32;

/// The left half is class 1.
LabelMap halfScene() {
    LabelMap labels(kSceneSide, kSceneSide);
    for (int y = 0; y < kSceneSide; ++y) std::fill_n(labels.row(y), kSceneSide / 2, std::uint8_t(1));
    return labels;
}

}  // namespace

class TestPartialEval : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path path(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }
    fs::path model(const char* variant) const {
        const fs::path file = path(variant);
        test::writeRandomSegmentationModel(file, {.variant = variant});
        return file;
    }
    static PartialEvalOptions quick() { return {.numScenes = 3, .numSweeps = 2}; }

private Q_SLOTS:
    void initTestCase() {
        const ScenesHeader header{kSceneSide, {"0", "1", "2"}, {"one", "other"}, "test"};
        const auto produce = [](SceneWriter& writer) -> Status {
            for (int i = 0; i < 12; ++i)
                VITRINE_CHECK(writer.append(Image(kSceneSide, kSceneSide, 3, std::uint8_t(20 * i)),
                                            halfScene(),
                                            {i % 2,
                                             i < 4   ? Split::Train
                                             : i < 8 ? Split::Validation
                                                     : Split::Test}));
            return {};
        };
        QVERIFY(PackedScenes::write(path("scenes"), header, produce).ok());
    }

    void aNetworkWithRecognitionHasThreeRows() {
        const auto answers = evaluatePartial(model("cvae"), path("scenes"), quick(), {});
        QVERIFY2(answers.ok(), answers.ok() ? "" : answers.error().message.c_str());
        QCOMPARE(answers->size(), std::size_t(3));
        QCOMPARE(answers->at(0).name, std::string("sweep 0"));
        QCOMPARE(answers->at(1).name, std::string("mean sweeps"));
        QCOMPARE(answers->at(2).name, std::string("sampled sweeps"));
        const auto direct = evaluatePartial(model("gdnn"), path("scenes"), quick(), {});
        QCOMPARE(direct->size(), std::size_t(1));
        QVERIFY(direct->front().name.empty());
    }

    void columnsGoFromTheLeastShareOn() {
        const auto columns = evaluatePartial(model("gdnn"), path("scenes"), quick(), {})->front().columns;
        QCOMPARE(columns.size(), std::size_t(9));
        QCOMPARE(columns.front().block, 1);
        QCOMPARE(columns.front().omitted, 0.25);
        QCOMPARE(columns.back().block, 8);
        QCOMPARE(columns.back().omitted, 0.7);
    }

    void onlyOmittedPixelsCountButInTheMap() {
        for (const char* variant : {"gdnn", "cvae", "tokens"}) {
            const auto answers = evaluatePartial(model(variant), path("scenes"), quick(), {}).value();
            for (const PartialAnswer& answer : answers) {
                const PartialScores& quarter = answer.columns.front();
                // Were the given labels counted, at 25% no answer could be below 75%.
                QVERIFY(quarter.pixelAccuracy.value() < 0.75);
                // Half of the map is foreground; a quarter of the map is all that can be wrong.
                QVERIFY(quarter.mapIou.value() > 0.5);
            }
        }
    }

    void theSweepsStartAtTheFirstAnswer() {
        PartialEvalOptions none = quick();
        none.numSweeps = 0;
        const auto answers = evaluatePartial(model("hybrid"), path("scenes"), none, {}).value();
        for (std::size_t c = 0; c < answers.front().columns.size(); ++c) {
            QCOMPARE(answers[1].columns[c].iou.value(), answers[0].columns[c].iou.value());
            QCOMPARE(answers[2].columns[c].iou.value(), answers[0].columns[c].iou.value());
        }
    }

    void aColumnDoesNotDependOnTheOthers() {
        PartialEvalOptions one = quick();
        one.omitted = {0.5};
        one.blocks = {4};
        const auto alone = evaluatePartial(model("cvae"), path("scenes"), one, {}).value();
        const auto all = evaluatePartial(model("cvae"), path("scenes"), quick(), {}).value();
        for (const std::size_t answer : {0, 1})  // without chance
            QCOMPARE(alone[answer].columns.front().pixelAccuracy.value(),
                     all[answer].columns[4].pixelAccuracy.value());
    }

    void baselinesNeedNoNetwork() {
        const auto answers = evaluatePartialBaselines(path("scenes"), kSceneSide, quick(), {});
        QVERIFY2(answers.ok(), answers.ok() ? "" : answers.error().message.c_str());
        QCOMPARE(answers->size(), std::size_t(2));
        QCOMPARE(answers->at(0).name, std::string("nearest known label"));
        QVERIFY(answers->at(0).columns.front().iou.value() > 0.9);
        // The training scenes are like the test scenes.
        QCOMPARE(answers->at(1).name, std::string("retrieval"));
        for (const PartialScores& column : answers->at(1).columns) {
            QCOMPARE(column.iou.value(), 1.0);
            QCOMPARE(column.mapIou.value(), 1.0);
        }
    }

    void faultsNameWhatIsWrong() {
        QVERIFY(!evaluatePartial(path("nowhere"), path("scenes"), {}, {}).ok());
        QVERIFY(!evaluatePartialBaselines(path("scenes"), 12, {}, {}).ok());
        std::stop_source stop;
        stop.request_stop();
        JobContext job;
        job.stop = stop.get_token();
        const auto stopped = evaluatePartial(model("cnn"), path("scenes"), {}, job);
        QVERIFY(stopped.error().message.find("cancelled") != std::string::npos);
    }
};

VITRINE_TEST(TestPartialEval)
#include "tst_partial_eval.moc"
