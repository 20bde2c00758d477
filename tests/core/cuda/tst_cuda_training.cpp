// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <nlohmann/json.hpp>

#include "core/io/safetensors.h"
#include "core/runs/metrics_file.h"
#include "core/runs/run_status.h"
#include "core/train/trainer.h"
#include "core/train/training_kind.h"
#include "tests/core/cuda/cuda_fixture.h"
#include "tests/support/toy_scenes.h"
#include "tests/support/toy_views.h"

using namespace vitrine;

/// Training on the device: the same losses as on the CPU, with either precision, across a checkpoint.
class TestCudaTraining : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path path(const std::string& name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    nlohmann::json config(const QString& recipe) const {
        nlohmann::json stage = {
            {"steps", 40}, {"schedule", "constant"}, {"learningRate", 1e-3}, {"warmupSteps", 2}};
        nlohmann::json config = {{"recipe", recipe.toStdString()}, {"batch", 8}, {"previewEvery", 20}};
        if (recipe == u"chairs") {
            config["data"] = path("views").string();
            stage["preset"] = "compact-64";
            stage["width"] = 0.1;
        } else {
            config["data"] = path("scenes").string();
            config["variant"] = "hybrid";
            config["batchNorm"] = true;
            config["width"] = 0.2;
            stage["size"] = 32;
        }
        config["stages"] = {stage};
        return config;
    }
    void initData() {
        test::packToyScenes(path("scenes"), 60, 32);
        test::packToyViews(path("views"), 6, 64);
    }
    /// What the averaged weights score at the end, on what was trained.
    double train(nlohmann::json config,
                 const char* device,
                 const char* precision,
                 std::int64_t stopAfter = 0) {
        config["precision"] = precision;
        const std::string text = config.dump();
        const TrainingKind& recipe = *trainingKindOf(text).value();
        static int count = 0;
        const auto run =
            RunFolder::create(path("run" + std::to_string(++count)), recipe.normalise(text).value()).value();
        if (stopAfter > 0 && !vitrine::train(run, {1, stopAfter, device}, {})) return -1;
        const auto result = vitrine::train(run, {1, 0, device}, {});
        if (!result) qWarning("%s", result.error().message.c_str());
        if (!result || !SafetensorsFile::read(run.snapshotPath())) return -1;
        if (readStatus(run.path())->device.starts_with("CUDA") != (std::string(device) == "cuda")) return -1;
        return result->metrics.at(config["recipe"] == "chairs" ? "trainPsnr" : "trainCe");
    }

private Q_SLOTS:
    void initTestCase() {
        if (const QString reason = test::reasonToSkipCuda(); !reason.isEmpty()) QSKIP(qPrintable(reason));
        initData();
    }

    void learnsAsTheCpuDoes_data() {
        QTest::addColumn<QString>("recipe");
        QTest::newRow("chairs") << "chairs";
        QTest::newRow("segmentation") << "segmentation";
    }
    void learnsAsTheCpuDoes() {
        QFETCH(QString, recipe);
        const double cpu = train(config(recipe), "cpu", "fp32");
        QVERIFY(cpu > 0);
        for (const char* precision : {"fp32", "bf16"}) {
            const double device = train(config(recipe), "cuda", precision);
            QVERIFY2(std::abs(device - cpu) < 0.05 * cpu,
                     qPrintable(QStringLiteral("%1 %2").arg(device).arg(cpu)));
        }
        const double resumed = train(config(recipe), "cuda", "fp32", 10);
        QVERIFY2(std::abs(resumed - cpu) < 0.05 * cpu,
                 qPrintable(QStringLiteral("%1 %2").arg(resumed).arg(cpu)));
    }
};

QTEST_GUILESS_MAIN(TestCudaTraining)
#include "tst_cuda_training.moc"
