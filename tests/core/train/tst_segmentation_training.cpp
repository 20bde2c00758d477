// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/io/atomic_file.h"
#include "core/io/safetensors.h"
#include "core/runs/metrics_file.h"
#include "core/sessions/segmentation_session.h"
#include "core/train/segmentation_batches.h"
#include "core/train/segmentation_task.h"
#include "core/train/trainer.h"
#include "core/train/training_kind.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_scenes.h"

using namespace vitrine;

namespace {

const TrainingKind& kind() {
    return *trainingKindOf(R"({"recipe": "segmentation"})").value();
}

std::string messageFor(const std::string& json) {
    const auto config = SegmentationTrainConfig::parse(json);
    return config ? std::string() : config.error().message;
}

bool isBlack(const SceneBatch& batch, std::size_t pixel) {
    return batch.images[3 * pixel] == 0 && batch.images[3 * pixel + 1] == 0 &&
           batch.images[3 * pixel + 2] == 0;
}

}  // namespace

class TestSegmentationTraining : public QObject {
    Q_OBJECT

    QTemporaryDir m_shared;
    std::filesystem::path m_data;
    std::unique_ptr<QTemporaryDir> m_folder;

    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(m_folder->path().toStdString()) / name;
    }
    /// Two stages: half size, then all.
    nlohmann::json config(const char* variant = "hybrid", int stepsEach = 6) const {
        const nlohmann::json stage = {{"size", 16},
                                      {"steps", stepsEach},
                                      {"schedule", "constant"},
                                      {"learningRate", 2e-3},
                                      {"warmupSteps", 2}};
        nlohmann::json second = stage;
        second["size"] = 32;
        return {{"recipe", "segmentation"},
                {"data", m_data.string()},
                {"variant", variant},
                {"width", 0.1},
                {"batch", 4},
                {"previewEvery", 1000},
                {"precision", "fp32"},
                {"checkpointMinutes", 0},
                {"averageDecay", 0.9},
                {"omissionShare", 0.5},
                {"noiseInjection", 0.4},
                {"observedLabelFraction", 0.5},
                {"klAnnealSteps", 4},
                {"stages", {stage, second}}};
    }
    RunFolder newRun(const char* name, const nlohmann::json& json) const {
        return RunFolder::create(path(name), kind().normalise(json.dump()).value()).value();
    }
    static Result<TrainResult> train(const RunFolder& run, std::int64_t stopAfter = 0) {
        return vitrine::train(run, {1, stopAfter, "cpu"}, {});
    }
    static std::string state(const RunFolder& run, std::int64_t step) {
        return readTextFile(run.checkpointPath(step) / "state.safetensors").value();
    }
    SceneBatch batchOf(SegmentationTrainConfig& parsed, int size, std::int64_t step) const {
        const auto data = PackedScenes::open(m_data).value();
        const auto pictures = ScenePictures::make(data, size).value();
        SegmentationBatchSource source(
            pictures, data.indicesOf(Split::Train), parsed.settings, parsed.augmentation, step);
        return source.next();
    }

private Q_SLOTS:
    void initTestCase() {
        m_data = std::filesystem::path(m_shared.path().toStdString()) / "toy.vscenes";
        test::packToyScenes(m_data, 40, 32);
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aStoppedRunEndsTheSame_data() {
        QTest::addColumn<QByteArray>("variant");
        QTest::addColumn<int>("stopAfter");
        QTest::newRow("hybrid, in the first stage") << QByteArray("hybrid") << 3;
        QTest::newRow("hybrid, between the stages") << QByteArray("hybrid") << 6;
        QTest::newRow("gdnn, in the second stage") << QByteArray("gdnn") << 9;
    }
    void aStoppedRunEndsTheSame() {
        QFETCH(QByteArray, variant);
        QFETCH(int, stopAfter);
        const auto straight = newRun("straight", config(variant.constData()));
        QVERIFY(train(straight).ok());
        const auto stopped = newRun("stopped", config(variant.constData()));
        QVERIFY(train(stopped, stopAfter).ok());
        QVERIFY(train(stopped).ok());
        QVERIFY(state(stopped, 12) == state(straight, 12));
    }

    void batchNormalisationIsKeptByACheckpointAndGoneFromTheNetworkThatIsRead() {
        auto json = config("hybrid");
        json["batchNorm"] = true;
        const auto straight = newRun("straight", json), stopped = newRun("stopped", json);
        QVERIFY(train(straight).ok());
        QVERIFY(train(stopped, 9).ok());
        QVERIFY(train(stopped).ok());
        QVERIFY(state(stopped, 12) == state(straight, 12));
        const auto file = SafetensorsFile::read(straight.snapshotPath()).value();
        QVERIFY(file.tensors().contains("cnn.norms.conv_1.gathered_mean"));
        QVERIFY(SegmentationSession::open(straight.snapshotPath()).ok());
        json["startFrom"] = straight.snapshotPath().string();
        QVERIFY(train(newRun("next", json)).ok());
    }

    void everyVariantLearnsAndScores_data() {
        QTest::addColumn<QByteArray>("variant");
        QTest::addColumn<bool>("samples");
        for (const char* name : {"hybrid", "cvae", "gsnn"}) QTest::newRow(name) << QByteArray(name) << true;
        for (const char* name : {"gdnn", "cnn"}) QTest::newRow(name) << QByteArray(name) << false;
    }
    void everyVariantLearnsAndScores() {
        QFETCH(QByteArray, variant);
        QFETCH(bool, samples);
        auto json = config(variant.constData(), 8);
        json["previewEvery"] = 8;
        const auto run = newRun("run", json);
        const auto result = train(run);
        QVERIFY2(result.ok(), result ? "" : result.error().message.c_str());
        QVERIFY(result->metrics.contains("heldOutIou") && result->metrics.contains("trainIou"));
        QCOMPARE(result->metrics.contains("heldOutDiversity"), samples);
        QCOMPARE(result->metrics.contains("heldOutKl"), variant == "hybrid" || variant == "cvae");
        auto session = SegmentationSession::open(run.bestPath());
        QVERIFY2(session.ok(), session ? "" : session.error().message.c_str());
        QCOMPARE(session->info().classNames.at(2), std::string("legs"));
        QCOMPARE(session->info().variant, variant.toStdString());
    }

    void aToyIsLearned() {
        auto json = config("hybrid", 300);
        json["previewEvery"] = 300;
        json["omissionShare"] = json["noiseInjection"] = 0;
        json["stages"] = {json["stages"][1]};
        json["stages"][0]["learningRate"] = 4e-3;
        json["width"] = 0.25;
        const auto result = train(newRun("run", json));
        QVERIFY(result.ok());
        QVERIFY2(result->metrics.at("heldOutIou") > 0.6,
                 std::to_string(result->metrics.at("heldOutIou")).c_str());
    }

    void aProlongedRunGoesOn() {
        auto json = config();
        const auto prolonged = kind().extend(json.dump(), 3);
        QVERIFY(prolonged.ok());
        const auto run = newRun("run", nlohmann::json::parse(*prolonged));
        QCOMPARE(train(run)->step, std::int64_t(15));
    }

    void batchesAreAFunctionOfTheStep() {
        auto parsed = SegmentationTrainConfig::parse(config().dump()).value();
        const auto data = PackedScenes::open(m_data).value();
        const auto pictures = ScenePictures::make(data, 32).value();
        SegmentationBatchSource fromStart(
            pictures, data.indicesOf(Split::Train), parsed.settings, parsed.augmentation, 0);
        SegmentationBatchSource fromTwo(
            pictures, data.indicesOf(Split::Train), parsed.settings, parsed.augmentation, 2);
        fromStart.next();
        const auto second = fromStart.next(), third = fromStart.next(), again = fromTwo.next();
        QVERIFY(third.images == again.images && third.labels == again.labels);
        QVERIFY(second.images != third.images);
    }

    void omissionsBlackenTheImageAndSpareTheLabels() {
        auto parsed = SegmentationTrainConfig::parse(config().dump()).value();
        parsed.augmentation = {.flip = false, .omissionShare = 1, .omissionMin = 0.5, .omissionMax = 0.5};
        const auto batch = batchOf(parsed, 32, 0);
        parsed.augmentation.omissionShare = 0;
        const auto whole = batchOf(parsed, 32, 0);
        QVERIFY(batch.labels == whole.labels);
        for (std::size_t image = 0; image < 4; ++image) {
            int black = 0;
            for (std::size_t pixel = image * 1024; pixel < (image + 1) * 1024; ++pixel) {
                const bool left = isBlack(batch, pixel);
                black += left;
                if (!left) QCOMPARE(batch.images[3 * pixel], whole.images[3 * pixel]);
            }
            QCOMPARE(black, 16 * 16);
        }
    }

    void omittedBlocksAreScatteredOverTheImage() {
        auto parsed = SegmentationTrainConfig::parse(config().dump()).value();
        parsed.augmentation = {.flip = false, .omissionShare = 1, .omissionBlocks = 1};
        const auto batch = batchOf(parsed, 32, 0);
        for (std::size_t image = 0; image < 4; ++image) {
            std::set<std::size_t> quadrants;
            int black = 0;
            for (std::size_t pixel = 0; pixel < 1024; ++pixel)
                if (isBlack(batch, 1024 * image + pixel)) {
                    ++black;
                    quadrants.insert(pixel / 512 * 2 + pixel % 32 / 16);
                }
            QCOMPARE(quadrants.size(), std::size_t(4));
            QVERIFY2(black > 1024 / 10 && black < 1024 * 9 / 10, qPrintable(QString::number(black)));
        }
    }

    void blocksOfLabelsAreTold() {
        auto json = config("cvae", 1);
        const auto observedOf = [&json](double share) {
            json["observedLabelFraction"] = share;
            auto task = SegmentationTask::open(SegmentationTrainConfig::parse(json.dump()).value()).value();
            if (!task->begin(1, 1, 1, task->makeNetwork(1).value(), torch::kCPU)) qFatal("it does not begin");
            task->fetch();
            return task->batch().observed.defined() ? task->batch().observed.clone() : torch::Tensor();
        };
        QVERIFY(!observedOf(0).defined());
        const auto observed = observedOf(1);
        QCOMPARE(observed.sizes(), (torch::IntArrayRef{4, 32, 32}));
        QVERIFY(torch::equal(observed, observedOf(1)));
        const auto blocks =
            observed.unfold(1, 4, 4).unfold(2, 4, 4).flatten(3);  // the smallest are of 4 pixels
        QVERIFY(torch::equal(blocks.amax(3), blocks.amin(3)));
    }

    void parametricChairsAreLeftOutIfAsked() {
        const ScenesHeader header{32, {"background", "box", "legs"}, {"toy", "family-0"}, "toy"};
        const auto status =
            PackedScenes::write(path("family.vscenes"), header, [](SceneWriter& writer) -> Status {
                VITRINE_CHECK(writer.append(Image(32, 32, 3), LabelMap(32, 32), {0, Split::Validation}));
                return writer.append(Image(32, 32, 3), LabelMap(32, 32), {1, Split::Train});
            });
        QVERIFY(status.ok());
        auto json = config("hybrid", 1);
        json["data"] = path("family.vscenes").string();
        QVERIFY(train(newRun("with", json)).ok());
        json["family"] = false;
        const auto without = train(newRun("without", json));
        QVERIFY(!without.ok() && without.error().message.find("no scenes to train on") != std::string::npos);
    }

    void aStageMaySeeWholeImages() {
        auto json = config();
        json["stages"][0]["omissions"] = false;
        const auto parsed = SegmentationTrainConfig::parse(json.dump()).value();
        QCOMPARE(parsed.augmentationOf(0).omissionShare, 0.0);
        QCOMPARE(parsed.augmentationOf(1).omissionShare, 0.5);
    }

    void injectedNoiseHasOneSizeABatch() {
        auto parsed = SegmentationTrainConfig::parse(config().dump()).value();
        parsed.augmentation = {.flip = false, .noiseInjection = 1};
        std::set<int> sizes;
        for (std::int64_t step = 0; step < 6; ++step) {
            const auto batch = batchOf(parsed, 32, step);
            std::set<int> ofBatch;
            for (std::size_t image = 0; image < 4; ++image) {
                int black = 0;
                for (std::size_t pixel = image * 1024; pixel < (image + 1) * 1024; ++pixel)
                    black += isBlack(batch, pixel);
                ofBatch.insert(black);
            }
            QCOMPARE(ofBatch.size(), std::size_t(1));
            sizes.insert(*ofBatch.begin());
        }
        QVERIFY(sizes.size() > 2);
    }

    void mirroringTurnsImageAndLabelsTogether() {
        auto parsed = SegmentationTrainConfig::parse(config().dump()).value();
        parsed.augmentation = {.flip = true};
        const auto mirrored = batchOf(parsed, 32, 0);
        parsed.augmentation.flip = false;
        const auto straight = batchOf(parsed, 32, 0);
        int numTurned = 0;
        for (std::size_t image = 0; image < 4; ++image) {
            const std::size_t at = image * 1024 + 9 * 32;
            const bool turned =
                std::equal(mirrored.labels.begin() + std::ptrdiff_t(at),
                           mirrored.labels.begin() + std::ptrdiff_t(at + 32),
                           std::make_reverse_iterator(straight.labels.begin() + std::ptrdiff_t(at + 32)));
            numTurned += turned && mirrored.labels != straight.labels;
            for (std::size_t x = 0; turned && x < 32; ++x)
                QCOMPARE(mirrored.images[3 * (at + x)], straight.images[3 * (at + 31 - x)]);
        }
        QVERIFY(numTurned > 0);
    }

    void coloursChangeAndLabelsDoNot() {
        auto parsed = SegmentationTrainConfig::parse(config().dump()).value();
        parsed.augmentation = {.flip = false};
        const auto plain = batchOf(parsed, 32, 0);
        parsed.augmentation.colour = 0.4;
        const auto changed = batchOf(parsed, 32, 0);
        QVERIFY(changed.labels == plain.labels);
        for (std::size_t image = 0; image < 4; ++image) {
            const auto at = std::ptrdiff_t(image * 1024 * 3);
            const auto *one = plain.images.data() + at, *other = changed.images.data() + at;
            QVERIFY(!std::equal(one, one + 1024 * 3, other));
            std::map<std::array<int, 3>, std::array<int, 3>> colours;  // equal colours stay equal
            for (std::size_t p = 0; p < 1024 * 3; p += 3) {
                const std::array<int, 3> now = {other[p], other[p + 1], other[p + 2]};
                QCOMPARE(
                    colours.emplace(std::array<int, 3>{one[p], one[p + 1], one[p + 2]}, now).first->second,
                    now);
            }
        }
    }

    void aStudioTakesThePlaceOfTheRoomAlone() {
        auto parsed = SegmentationTrainConfig::parse(config().dump()).value();
        parsed.augmentation = {.flip = false};
        const auto room = batchOf(parsed, 32, 0);
        parsed.augmentation.studio = 1;
        const auto studio = batchOf(parsed, 32, 0);
        QVERIFY(studio.labels == room.labels);
        std::size_t numChanged = 0, numBackground = 0;
        for (std::size_t p = 0; p < room.labels.size(); ++p) {
            const bool same = std::equal(
                room.images.data() + 3 * p, room.images.data() + 3 * p + 3, studio.images.data() + 3 * p);
            if (room.labels[p] == 0)
                ++numBackground, numChanged += !same;
            else
                QVERIFY(same);
        }
        QVERIFY(numBackground > 0 && numChanged > numBackground / 2);
    }

    void aCutOutIsAPartOfTheScene() {
        const auto data = PackedScenes::open(m_data).value();
        const auto pictures = ScenePictures::make(data, 16).value();
        SceneBatch cut;
        cut.addPlaces(1, 16);
        pictures.write(3, {8, 12, 16, 16}, cut.image(0, 16), cut.labelsOf(0, 16));
        for (int y = 0; y < 16; ++y)
            for (int x = 0; x < 16; ++x) {
                const auto from = std::size_t((12 + y) * 32 + 8 + x), to = std::size_t(y * 16 + x);
                QCOMPARE(cut.labels[to], data.labels(3)[from]);
                QCOMPARE(cut.images[3 * to + 1], data.image(3)[3 * from + 1]);
            }
        pictures.write(3, {3, 0, 21, 32}, cut.image(0, 16), cut.labelsOf(0, 16));
        QCOMPARE(cut.labels.front(), data.labels(3)[3]);
        QCOMPARE(cut.labels.back(), data.labels(3)[31 * 32 + 23]);
    }

    void shrinkingKeepsTheMostFrequentLabel() {
        auto parsed = SegmentationTrainConfig::parse(config().dump()).value();
        parsed.augmentation = {.flip = false};
        const auto small = batchOf(parsed, 16, 0), whole = batchOf(parsed, 32, 0);
        QCOMPARE(small.labels.size(), whole.labels.size() / 4);
        for (std::size_t y = 0; y < 16; ++y)
            for (std::size_t x = 0; x < 16; ++x) {
                std::array<int, 3> votes{};
                for (const std::size_t at :
                     {2 * y * 32 + 2 * x, 2 * y * 32 + 2 * x + 1, (2 * y + 1) * 32 + 2 * x})
                    ++votes[whole.labels[at]];
                ++votes[whole.labels[(2 * y + 1) * 32 + 2 * x + 1]];
                QCOMPARE(votes[small.labels[y * 16 + x]], *std::max_element(votes.begin(), votes.end()));
            }
    }

    void theKlWeightRises() {
        SegmentationTrainConfig config;
        config.klWeight = 2;
        QCOMPARE(config.klWeightAt(0), 2.0);
        config.klAnnealSteps = 100;
        QCOMPARE(config.klWeightAt(0), 0.02);
        QCOMPARE(config.klWeightAt(49), 1.0);
        QCOMPARE(config.klWeightAt(5000), 2.0);
    }

    void theFaultyFieldIsNamed_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* name, const char* json, const char* named) {
            QTest::newRow(name) << QString::fromLatin1(json) << QString::fromLatin1(named);
        };
        row("not JSON", "{", "not a JSON object");
        row("unknown variant", R"({"variant": "vae", "stages": [{"steps": 1}]})", "\"variant\"");
        row("alpha", R"({"alpha": 1.5, "stages": [{"steps": 1}]})", "\"alpha\"");
        row("no stages", "{}", "\"stages\"");
        row("a size off the grid", R"({"stages": [{"steps": 1, "size": 40}]})", "\"stages[0].size\"");
        row("boxes",
            R"({"omissionMin": 0.9, "omissionMax": 0.3, "stages": [{"steps": 1}]})",
            "\"omissionMin\"");
        row("a former key", R"({"toldShare": 2, "stages": [{"steps": 1}]})", "\"observedLabelFraction\"");
        row("a first stage that continues",
            R"({"stages": [{"steps": 1, "continuesPrevious": true}]})",
            "\"stages[0].continuesPrevious\"");
    }
    void theFaultyFieldIsNamed() {
        QFETCH(QString, json);
        QFETCH(QString, named);
        const QString message = QString::fromStdString(messageFor(json.toStdString()));
        QVERIFY2(message.contains(named), qPrintable(message));
    }

    void theFormerKeyOfObservedLabelsIsRead() {
        const auto config =
            SegmentationTrainConfig::parse(R"({"toldShare": 0.25, "stages": [{"steps": 1}]})");
        QVERIFY(config.ok());
        QCOMPARE(config->augmentation.observedLabelFraction, 0.25);
        QVERIFY(config->toJson().find("\"observedLabelFraction\": 0.25") != std::string::npos);
        QVERIFY(config->toJson().find("toldShare") == std::string::npos);
    }

    void aSizeThatDoesNotDivideTheDataIsRefused() {
        auto json = config();
        json["stages"][0]["size"] = 48;
        const auto result = train(newRun("run", json));
        QVERIFY(!result);
        QVERIFY2(result.error().message.find("48") != std::string::npos, result.error().message.c_str());
    }

    void everyTemplateIsAConfiguration() {
        const TrainingKindInfo info = kind().info();
        QVERIFY(info.templates.size() >= 6);
        for (const auto& one : info.templates) {
            const auto normal = kind().normalise(one.json);
            QVERIFY2(normal.ok(), normal ? "" : normal.error().message.c_str());
            QCOMPARE(QString::fromStdString(*normal), QString::fromStdString(one.json));
        }
        for (const auto& field : info.fields)
            QVERIFY2(!field.label.empty() && field.help.ends_with("."), field.key.c_str());
    }
};

VITRINE_TEST(TestSegmentationTraining)
#include "tst_segmentation_training.moc"
