// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/eval/transfer_chairs.h"
#include "core/eval/transfer_eval.h"
#include "core/metrics/chair_metrics.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_views.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

constexpr int kSize = 32;
const TransferViews kTwoGiven{.targetAzimuths = 2};

int placeOf(int azimuthIndex, int elevationIndex) {
    return elevationIndex * 31 + azimuthIndex;
}

}  // namespace

class TestTransferEval : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path path(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }
    PackedChairs data() const { return PackedChairs::open(path("toy.vpack")).value(); }
    void writeModel(const char* name, const std::string& transfer) const {
        fs::create_directories(path(name).parent_path());
        test::RandomChairModel model;
        model.numStyles = 4;
        model.styleIds = {"chair-0", "chair-1", "chair-2", "chair-3"};
        if (!transfer.empty()) model.more["transfer"] = transfer;
        test::writeRandomChairModel(path(name), model);
    }
    Result<std::vector<TransferModel>> open(const char* folder) const {
        return openTransferModels(
            path(folder), [](const fs::path& file) { return ChairSession::open(file, Device::Cpu, "fp32"); });
    }

private Q_SLOTS:
    // Chairs 3 and 0 have one colour. Chairs 3 and 2 have, at this size, one shape.
    void initTestCase() { test::packToyViews(path("toy.vpack"), 4, kSize); }

    void theNearestSourceIsAlikeInColourOrInShape() {
        const PackedChairs set = data();
        const auto chairs = TransferChairs::make(set, {"chair-3"});
        QVERIFY2(chairs.ok(), chairs ? "" : chairs.error().message.c_str());
        QCOMPARE(chairs->targets(), std::vector<int>{3});
        QCOMPARE(chairs->sources(), (std::vector<int>{0, 1, 2}));
        const auto given = chairs->given(kTwoGiven);
        QCOMPARE(chairs->nearestSources(given, TransferLikeness::Rgb, kSize), std::vector<int>{0});
        QCOMPARE(chairs->nearestSources(given, TransferLikeness::Hog, kSize), std::vector<int>{2});
    }

    void theNearestGivenViewIsNearestInAngle() {
        const PackedChairs set = data();
        const auto chairs = TransferChairs::make(set, {"chair-3"}).value();
        const auto given = chairs.given(kTwoGiven);
        QCOMPARE(given, (std::vector<int>{placeOf(0, 0), placeOf(16, 0), placeOf(0, 1), placeOf(16, 1)}));
        QCOMPARE(chairs.nearestPlace(given, placeOf(28, 1)), placeOf(0, 1));  // across 360 degrees
        QCOMPARE(chairs.nearestPlace(given, placeOf(11, 0)), placeOf(16, 0));
        const auto low = chairs.given({.targetsAt20 = true});
        QCOMPARE(chairs.nearestPlace(low, placeOf(11, 1)), placeOf(11, 0));
    }

    void whatIsScoredIsGivenToNone() {
        const PackedChairs set = data();
        const auto chairs = TransferChairs::make(set, {"chair-3"}).value();
        for (const TransferSetting setting : kTransferSettings) {
            const TransferViews views = viewsOf(setting);
            const auto given = chairs.given(views), unseen = chairs.unseen(views);
            QCOMPARE(unseen.size(), std::size_t(views.targetsAt20 ? 31 : 32));
            for (const int place : unseen) {
                QVERIFY(std::ranges::find(given, place) == given.end());
                QVERIFY(!isGivenView(setting, chairs.viewAt(place)));
            }
            if (!views.targetsAt20) QCOMPARE(unseen, chairs.unseen(kTwoGiven));
        }
    }

    void eachNetworkFillsItsPlace() {
        writeModel("models/a.safetensors", R"({"targets": "chair-3", "targetAzimuths": 15})");
        writeModel("models/b.safetensors",
                   R"({"targets": "chair-3", "targetAzimuths": 1, "sources": "few"})");
        auto models = open("models");
        QVERIFY2(models.ok(), models ? "" : models.error().message.c_str());
        const auto eval = evaluateTransfer(*models, data(), {});
        QVERIFY2(eval.ok(), eval ? "" : eval.error().message.c_str());
        QCOMPARE(eval->numTargets, std::size_t(1));
        QCOMPARE(eval->numSources, std::size_t(3));
        QCOMPARE(eval->rows.size(), std::size_t(6));
        const auto views = [&](std::size_t row, std::size_t setting) {
            return eval->rows[row].scores[setting].views;
        };
        for (std::size_t setting = 0; setting < 6; ++setting) {
            QCOMPARE(views(0, setting), std::size_t(setting == 0 ? 32 : 0));
            QCOMPARE(views(1, setting), std::size_t(setting == 4 ? 32 : 0));
            QCOMPARE(views(2, setting), std::size_t(0));
            for (const std::size_t row : {3, 4, 5})
                QCOMPARE(views(row, setting), std::size_t(setting == 5 ? 31 : 32));
        }
        const auto& givenView = eval->rows[5].scores;
        QVERIFY(givenView[0].squaredError < givenView[4].squaredError);
        QVERIFY(givenView[0].squaredError < eval->rows[0].scores[0].squaredError);
    }

    void nearestSourcesAreListedForTheWindow() {
        writeModel("models/a.safetensors", R"({"targets": "chair-3", "targetAzimuths": 15})");
        const auto models = open("models").value();
        const auto nearest = nearestSources(models, data(), {});
        QVERIFY2(nearest.ok(), nearest ? "" : nearest.error().message.c_str());
        QCOMPARE(nearest->size(), kTransferSettings.size());
        const NearestSource* two = findNearest(*nearest, "chair-3", TransferSetting::Views2);
        QVERIFY(two);
        QCOMPARE(two->rgb, std::string("chair-0"));
        QCOMPARE(two->hog, std::string("chair-2"));
        QCOMPARE(two->catalogue, std::string("chair-0"));
    }

    void theSquaredErrorIsThatOfAPicture() {
        ChairScoreSum sum;
        auto black = torch::zeros({4, 8, 8});
        black[3].fill_(1);
        sum.add(black, torch::zeros({4, 8, 8}));  // on white: 1 for each value
        sum.add(black, black);
        QCOMPARE(sum.mean().squaredError, 3.0 * 8 * 8 / 2);
    }

    void whatDoesNotFitIsNamed() {
        const auto messageOf = [this](const char* folder) {
            const auto models = open(folder);
            return models ? std::string() : models.error().message;
        };
        QVERIFY(messageOf("none").find("none") != std::string::npos);
        writeModel("plain/plain.safetensors", "");
        QVERIFY(messageOf("plain").find("plain.safetensors") != std::string::npos);
        writeModel("mixed/a.safetensors", R"({"targets": "chair-3"})");
        writeModel("mixed/b.safetensors", R"({"targets": "chair-2"})");
        QVERIFY(messageOf("mixed").find("b.safetensors") != std::string::npos);
        writeModel("stranger/a.safetensors", R"({"targets": "scan-006"})");
        QVERIFY(messageOf("stranger").find("scan-006") != std::string::npos);
        const PackedChairs set = data();
        QVERIFY(TransferChairs::make(set, {"scan-006"}).error().message.find("scan-006") !=
                std::string::npos);
    }
};

VITRINE_TEST(TestTransferEval)
#include "tst_transfer_eval.moc"
