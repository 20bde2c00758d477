// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/torch.h>

#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/data/idx_images.h"
#include "core/eval/completion_eval.h"
#include "core/io/safetensors.h"
#include "core/nets/completion_weights.h"
#include "core/nets/weights.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;

class TestCompletionEval : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path write(CompletionVariant variant, std::int64_t quadrants, bool binarised = false) const {
        CompletionNetOptions options{variant, quadrants, 20, 6, binarised};
        CompletionNet network(options);
        network->initialise(at::detail::createCPUGenerator(5));
        TensorSet tensors;
        tensors.addParameters(*network, torch::kFloat32);
        const fs::path file = fs::path(m_folder.path().toStdString()) / "model.safetensors";
        if (!writeSafetensors(file, tensors.views(), options.toMetadata()).ok()) qFatal("no model");
        return file;
    }

private Q_SLOTS:
    void initTestCase() {
        if (!readIdxSet().ok()) QSKIP("dataset-fashion-mnist is not installed");
    }

    void aCvaeHasBothEstimatesAndABound() {
        const CompletionEvalOptions options{.counts = {1, 50}, .numPictures = 3};
        const auto eval = evaluateCompletion(write(CompletionVariant::Cvae, 2), {}, options, {});
        QVERIFY2(eval.ok(), eval.ok() ? "" : eval.error().message.c_str());
        QVERIFY(eval->baseline.mean > 0);
        QCOMPARE(eval->monteCarlo.size(), std::size_t(2));
        QCOMPARE(eval->importance.size(), std::size_t(2));
        // More samples make the estimate of one run's weights greater, on the average.
        QVERIFY(eval->monteCarlo[1].mean < eval->monteCarlo[0].mean);
        // -ELBO is an upper bound of what importance sampling tends to.
        QVERIFY(eval->bound.mean > eval->importance[1].mean);
    }

    void aGsnnHasOneEstimate() {
        const auto eval =
            evaluateCompletion(write(CompletionVariant::Gsnn, 1), {}, {.counts = {5}, .numPictures = 2}, {});
        QVERIFY(eval.ok());
        QCOMPARE(eval->monteCarlo.size(), std::size_t(1));
        QVERIFY(eval->importance.empty());
        QVERIFY(std::isnan(eval->bound.mean));
    }

    void theTruthIsBinarisedForANetworkOfSuchPixels() {
        const CompletionEvalOptions options{.counts = {5}, .numPictures = 2};
        const auto grey = evaluateCompletion(write(CompletionVariant::Cvae, 1), {}, options, {});
        const auto binarised = evaluateCompletion(write(CompletionVariant::Cvae, 1, true), {}, options, {});
        QVERIFY(binarised->network.binarised && !grey->network.binarised);
        QVERIFY(binarised->baseline.mean != grey->baseline.mean);
    }

    void aVaeHasNoBaseline() {
        const auto eval =
            evaluateCompletion(write(CompletionVariant::Cvae, 0), {}, {.counts = {5}, .numPictures = 2}, {});
        QVERIFY(eval.ok());
        QVERIFY(std::isnan(eval->baseline.mean));
    }

    void faultsNameWhatIsWrong() {
        const fs::path file = write(CompletionVariant::Cvae, 1);
        QVERIFY(!evaluateCompletion(file, {}, {.counts = {10, 5}}, {}).ok());
        auto read = SafetensorsFile::read(file);
        auto metadata = read->metadata();
        metadata["hidden"] = "400";
        QVERIFY(writeSafetensors(file, read->tensors(), metadata).ok());
        const auto wrong = evaluateCompletion(file, {}, {}, {});
        QVERIFY(wrong.error().message.starts_with("model.safetensors cannot be used"));
        QVERIFY(wrong.error().message.find("numbers") != std::string::npos);
    }
};

VITRINE_TEST(TestCompletionEval)
#include "tst_completion_eval.moc"
