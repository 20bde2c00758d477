// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/eval/chair_eval.h"
#include "core/metrics/chair_metrics.h"
#include "core/metrics/shared_views.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_views.h"

using namespace vitrine;

class TestChairEval : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

private Q_SLOTS:
    void initTestCase() {
        test::packToyViews(path("toy.vpack"), 4, 64);
        test::RandomChairModel model;
        model.numStyles = 4;
        model.styleIds = {"chair-0", "chair-1", "chair-2", "chair-3"};
        model.rgbMaps = {8, 6, 4};
        test::writeRandomChairModel(path("model.safetensors"), model);
    }

    void scoresHaveTheirKnownValues() {
        auto truth = torch::zeros({4, 8, 8}), half = torch::zeros({4, 8, 8});
        truth.slice(2, 0, 4).fill_(0);
        truth[3].slice(1, 0, 4).fill_(1);  // black, left half
        half[3].slice(1, 0, 2).fill_(
            1);  // black, left quarter: a quarter of the picture is white where it should be black
        ChairScoreSum same, other;
        same.add(truth, truth);
        other.add(half, truth);
        QCOMPARE(same.mean().iou, 1.0);
        QVERIFY(same.mean().psnr > 99);
        QCOMPARE(other.mean().iou, 0.5);
        QVERIFY(std::abs(other.mean().psnr - 10 * std::log10(4.0)) < 1e-4);
    }

    void pooledIsThePsnrOfTheMeanError() {
        auto truth = torch::zeros({4, 4, 4}), off = torch::zeros({4, 4, 4});
        truth[3].fill_(1);
        off[3].fill_(1);
        off.slice(0, 0, 3).fill_(0.1);
        ChairScoreSum sum;
        sum.add(off, truth);  // 20 dB
        off.slice(0, 0, 3).fill_(1);
        sum.add(off, truth);  // 0 dB
        QVERIFY(std::abs(sum.mean().psnr - 10) < 1e-3);
        QVERIFY(std::abs(sum.mean().pooledPsnr - -10 * std::log10(0.505)) < 1e-3);
    }

    void everyViewIsScoredOnTheRightSide() {
        const auto eval = evaluateChairs(path("model.safetensors"), path("toy.vpack"), {});
        QVERIFY2(eval.ok(), eval ? "" : eval.error().message.c_str());
        QCOMPARE(eval->numChairs, std::size_t(4));
        QCOMPARE(eval->heldOut.views, std::size_t(32));
        QCOMPARE(eval->validation.views, std::size_t(16));  // of class 3
        QCOMPARE(eval->test.views, std::size_t(16));        // of class 1
        QCOMPARE(eval->train.views, std::size_t(4 * 62 - 32));
        QCOMPARE(eval->nearestView.views, std::size_t(32));
        QCOMPARE(eval->neighbourAverage.views, std::size_t(32));
        QVERIFY(std::abs(eval->heldOut.psnr - (eval->validation.psnr + eval->test.psnr) / 2) < 1e-9);
        QVERIFY(eval->heldOut.psnrInterval.low <= eval->heldOut.psnr &&
                eval->heldOut.psnr <= eval->heldOut.psnrInterval.high);
        QVERIFY2(eval->nearestView.psnr > eval->heldOut.psnr + 3,
                 "a real neighbour must beat random weights");
    }

    /// An edge of height 1 in each row, spread over two steps of a half.
    void blurLowersTheGradientEnergy() {
        auto truth = torch::ones({4, 6, 6}), blurred = torch::ones({4, 6, 6});
        for (int c = 0; c < 3; ++c) {
            truth[c].slice(1, 0, 3).fill_(0);
            blurred[c].slice(1, 0, 2).fill_(0);
            blurred[c].slice(1, 2, 3).fill_(0.5);
        }
        ChairScoreSum same, blur;
        same.add(truth, truth);
        blur.add(blurred, truth);
        QCOMPARE(same.mean().edge, 1.0);
        QVERIFY(std::abs(blur.mean().edge - 0.5) < 1e-6);
    }

    void aLargerModelIsScoredOnTheChairsItShares() {
        test::RandomChairModel model;
        model.rgbMaps = {8, 6, 4};
        model.styleIds = {"chair-2", "scan-001", "family-7", "chair-0", "elsewhere"};
        model.numStyles = 5;
        test::writeRandomChairModel(path("larger.safetensors"), model);
        const auto eval = evaluateChairs(path("larger.safetensors"), path("toy.vpack"), {});
        QVERIFY2(eval.ok(), eval ? "" : eval.error().message.c_str());
        QCOMPARE(eval->numChairs, std::size_t(2));
        QCOMPARE(eval->validation.views, std::size_t(16));  // chair-0 is the model's class 3
        QCOMPARE(eval->test.views, std::size_t(0));
        QVERIFY(std::isnan(eval->test.psnr));
        QCOMPARE(eval->train.views, std::size_t(2 * 62 - 16));
    }

    void aSetOfOtherChairsIsRefused() {
        test::RandomChairModel model;
        model.rgbMaps = {8, 6, 4};
        model.styleIds = {"a", "b", "c"};
        model.numStyles = 3;
        test::writeRandomChairModel(path("other.safetensors"), model);
        const auto eval = evaluateChairs(path("other.safetensors"), path("toy.vpack"), {});
        QVERIFY(!eval);
        QCOMPARE(eval.error().code, ErrorCode::InvalidArgument);
    }

    void aMissingModelIsNamed() {
        const auto eval = evaluateChairs(path("none.safetensors"), path("toy.vpack"), {});
        QVERIFY(!eval);
        QVERIFY(eval.error().message.find("none.safetensors") != std::string::npos);
    }
};

VITRINE_TEST(TestChairEval)
#include "tst_chair_eval.moc"
