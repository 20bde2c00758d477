// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <stop_token>

#include "core/eval/chair_bench.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;

class TestChairBench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void figuresBelongTogether();
    void ourPathIsNoOtherNetwork();
    void unknownPresetIsRefused();
    void brokenFileIsRefused();
    void missingGpuIsNamed();
    void stopsWhenAsked();

private:
    QTemporaryDir m_folder;
    ChairBenchOptions m_options;
};

void TestChairBench::initTestCase() {
    m_options.model = m_folder.filePath(QStringLiteral("tiny.safetensors")).toStdString();
    test::writeRandomChairModel(m_options.model);
}

void TestChairBench::figuresBelongTogether() {
    const auto bench = benchChairs(m_options, {});
    QVERIFY(bench);
    QCOMPARE(bench->batch1.batch, 1);
    QCOMPARE(bench->batch64.batch, 64);
    QVERIFY(bench->machine.bytesPerSecond > 1e8);
    QVERIFY(bench->machine.fp32FlopsPerSecond > 1e8);
    for (const ChairBenchBatch& batch : {bench->batch1, bench->batch64}) {
        QVERIFY(batch.oursMs > 0 && batch.literalMs > 0 && batch.boundMs > 0);
        QCOMPARE(batch.ratio(), batch.literalMs / batch.oursMs);
        QCOMPARE(batch.boundFraction(), batch.boundMs / batch.oursMs);
        QCOMPARE(batch.precisionMs.at(batch.precision), batch.oursMs);
        QVERIFY(batch.precisionMs.at("fp32") > 0);
    }
    QVERIFY(bench->batch64.boundMs > bench->batch1.boundMs);
    // FC-5 and two up-convolutions of 16 and 8 maps: by hand.
    const double branches = 2.0 * 16 * (5 + 4 + 8 + 3 * 16), joint = 2.0 * 32 * (3 * 16 + 32);
    const double stream = 2.0 * 32 * 16 * 64 + 2.0 * 25 * 16 * 8 * 64 + 2.0 * 25 * 8 * 4 * 256;
    QCOMPARE(bench->flopsPerImage, branches + joint + stream);
}

void TestChairBench::ourPathIsNoOtherNetwork() {
    ChairBenchOptions options = m_options;
    options.precision = "fp32";
    options.device = "cpu";
    const auto bench = benchChairs(options, {});
    QVERIFY(bench);
    QCOMPARE(bench->batch1.precision, std::string("fp32"));
    QCOMPARE(bench->batch64.precision, std::string("fp32"));
    QCOMPARE(bench->device, std::string("CPU, fp32"));
    QVERIFY2(bench->largestDifference < 1e-5, qPrintable(QString::number(bench->largestDifference)));
}

void TestChairBench::unknownPresetIsRefused() {
    ChairBenchOptions options;
    options.preset = "throne-128";
    const auto bench = benchChairs(options, {});
    QVERIFY(!bench);
    QVERIFY(bench.error().code == ErrorCode::InvalidArgument);
}

void TestChairBench::brokenFileIsRefused() {
    ChairBenchOptions options;
    options.model = m_folder.filePath(QStringLiteral("missing.safetensors")).toStdString();
    QVERIFY(benchChairs(options, {}).error().code == ErrorCode::NotFound);
}

void TestChairBench::missingGpuIsNamed() {
    ChairBenchOptions options = m_options;
    options.device = "cuda";
    const auto bench = benchChairs(options, {});
    if (bench) QSKIP("this machine has a GPU");
    QVERIFY(bench.error().code == ErrorCode::Device);
}

void TestChairBench::stopsWhenAsked() {
    std::stop_source source;
    JobContext job;
    job.stop = source.get_token();
    job.report = [&](const Progress& progress) {
        if (progress.fraction > 0.15) source.request_stop();
    };
    QVERIFY(!benchChairs(m_options, job));
}

VITRINE_TEST(TestChairBench)
#include "tst_chair_bench.moc"
