// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/eval/chair_eval.h"
#include "core/eval/chair_metrics.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/toy_views.h"

using namespace vitrine;

class TestChairEval : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path path(const char* name) const { return std::filesystem::path(m_folder.path().toStdString()) / name; }

private Q_SLOTS:
    void initTestCase() {
        test::packToyViews(path("toy.vpack"), 3, 64);
        test::RandomChairModel model;
        model.numStyles = 3;
        model.rgbMaps = {8, 6, 4};
        test::writeRandomChairModel(path("model.safetensors"), model);
    }

    void scoresHaveTheirKnownValues() {
        auto truth = torch::zeros({4, 8, 8}), half = torch::zeros({4, 8, 8});
        truth.slice(2, 0, 4).fill_(0);
        truth[3].slice(1, 0, 4).fill_(1);  // black, left half
        half[3].slice(1, 0, 2).fill_(1);   // black, left quarter: a quarter of the picture is white where it should be black
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
        sum.add(off, truth);   // 20 dB
        off.slice(0, 0, 3).fill_(1);
        sum.add(off, truth);   // 0 dB
        QVERIFY(std::abs(sum.mean().psnr - 10) < 1e-3);
        QVERIFY(std::abs(sum.mean().pooledPsnr - -10 * std::log10(0.505)) < 1e-3);
    }

    void everyViewIsScoredOnTheRightSide() {
        const auto eval = evaluateChairs(path("model.safetensors"), path("toy.vpack"), {});
        QVERIFY2(eval.ok(), eval ? "" : eval.error().message.c_str());
        QCOMPARE(eval->heldOut.views, std::size_t(16));
        QCOMPARE(eval->train.views, std::size_t(3 * 62 - 16));
        QCOMPARE(eval->nearestView.views, std::size_t(16));
        QCOMPARE(eval->neighbourAverage.views, std::size_t(16));
        QVERIFY2(eval->nearestView.psnr > eval->heldOut.psnr + 3, "a real neighbour must beat random weights");
    }

    void aSetOfOtherChairsIsRefused() {
        test::packToyViews(path("other.vpack"), 2, 64);
        const auto eval = evaluateChairs(path("model.safetensors"), path("other.vpack"), {});
        QVERIFY(!eval);
        QCOMPARE(eval.error().code, ErrorCode::InvalidArgument);
    }

    void aMissingModelIsNamed() {
        const auto eval = evaluateChairs(path("none.safetensors"), path("toy.vpack"), {});
        QVERIFY(!eval);
        QVERIFY(eval.error().message.find("none.safetensors") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestChairEval)
#include "tst_chair_eval.moc"
