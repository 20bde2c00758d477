// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <stop_token>

#include "core/eval/segmentation_bench.h"
#include "tests/support/random_segmentation_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;

class TestSegmentationBench : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    SegmentationBenchOptions optionsOf(const char* variant) const {
        SegmentationBenchOptions options;
        options.model = std::filesystem::path(m_folder.path().toStdString()) / variant;
        test::writeRandomSegmentationModel(options.model, {variant});
        return options;
    }

private Q_SLOTS:
    void figuresBelongTogetherAndBothWaysAreOneNetwork_data() {
        QTest::addColumn<QByteArray>("variant");
        for (const char* name : {"hybrid", "gdnn", "cnn"}) QTest::newRow(name) << QByteArray(name);
    }
    void figuresBelongTogetherAndBothWaysAreOneNetwork() {
        QFETCH(QByteArray, variant);
        const auto bench = benchSegmentation(optionsOf(variant.constData()), {});
        QVERIFY(bench.ok());
        QCOMPARE(bench->model.variant, variant.toStdString());
        QVERIFY(bench->isTrained() && bench->threads > 0);
        QVERIFY(bench->firstSampleMs > 0 && bench->firstSampleMs < bench->hundredSamplesMs);
        QVERIFY(bench->literalHundredSamplesMs > 0);
        QCOMPARE(bench->ratio(), bench->literalHundredSamplesMs / bench->hundredSamplesMs);
        QVERIFY2(bench->differingPixels < 0.001, qPrintable(QString::number(bench->differingPixels)));
    }

    void sizesThatCannotBeAreRefused() {
        SegmentationBenchOptions options;
        options.size = 100;
        QCOMPARE(benchSegmentation(options, {}).error().code, ErrorCode::InvalidArgument);
    }

    void aMissingFileIsNamed() {
        SegmentationBenchOptions options;
        options.model = "missing.safetensors";
        const auto bench = benchSegmentation(options, {});
        QCOMPARE(bench.error().code, ErrorCode::NotFound);
        QVERIFY(bench.error().message.find("missing.safetensors") != std::string::npos);
    }

    void stopsWhenAsked() {
        std::stop_source source;
        JobContext job;
        job.stop = source.get_token();
        job.report = [&](const Progress& progress) {
            if (progress.fraction >= 0.5) source.request_stop();
        };
        QCOMPARE(benchSegmentation(optionsOf("hybrid"), job).error().code, ErrorCode::Busy);
    }
};

VITRINE_TEST(TestSegmentationBench)
#include "tst_segmentation_bench.moc"
