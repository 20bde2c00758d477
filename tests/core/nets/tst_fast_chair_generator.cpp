// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/torch.h>

#include <QtTest>

#include "core/nets/chair_weights.h"
#include "core/nets/fast_chair_generator.h"
#include "core/nets/inference_backend.h"
#include "core/nets/picture_output.h"
#include "tests/core/nets/tiny_chair_generator.h"
#include "tests/support/bfloat16.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using namespace vitrine::test;
using torch::Tensor;

class TestFastChairGenerator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { torch::manual_seed(1); }
    void equalsTheLiteralNetwork_data();
    void equalsTheLiteralNetwork();
    void bothFormsEqualTheLiteralUpConvolution_data();
    void bothFormsEqualTheLiteralUpConvolution();
    void paintsWhatForwardComputes_data();
    void paintsWhatForwardComputes();
    void eachBatchSizeHasItsPrecision();
    void clampsAndRounds();
    void noticesNonFiniteNumbers();
    void refusesInputsOfTheWrongSize();
    void countsParameters_data();
    void countsParameters();
};

void TestFastChairGenerator::equalsTheLiteralNetwork_data() {
    QTest::addColumn<bool>("twoStreams");
    QTest::addColumn<double>("leakySlope");
    QTest::addColumn<int>("batch");
    QTest::addColumn<int>("styleDimensions");
    QTest::newRow("two streams, ReLU, one picture") << true << 0.0 << 1 << 0;
    QTest::newRow("two streams, ReLU, five pictures") << true << 0.0 << 5 << 0;
    QTest::newRow("one stream, leaky, Gaussian styles") << false << 0.2 << 3 << 5;
}

void TestFastChairGenerator::equalsTheLiteralNetwork() {
    QFETCH(bool, twoStreams);
    QFETCH(double, leakySlope);
    QFETCH(int, batch);
    QFETCH(int, styleDimensions);
    const torch::NoGradGuard noGrad;
    ChairGenerator network = tinyChairGenerator(twoStreams, leakySlope, 1, styleDimensions);
    const ChairInputs inputs = someChairInputs(network, batch);
    const ChairImages literal = literalForward(*network, inputs.style, inputs.view, inputs.theta);

    const ChairImages single =
        FastChairGenerator(*network, torch::kFloat32).forward(inputs.style, inputs.view, inputs.theta);
    QCOMPARE(single.rgb.sizes(), literal.rgb.sizes());
    QCOMPARE(single.mask.sizes(), literal.mask.sizes());
    QVERIFY2(largestError(single.rgb, literal.rgb) < 1e-5,
             qPrintable(QString::number(largestError(single.rgb, literal.rgb))));
    QVERIFY2(largestError(single.mask, literal.mask) < 1e-5,
             qPrintable(QString::number(largestError(single.mask, literal.mask))));

    // bf16 keeps 8 bits of each factor; over the layers that is about one hundredth of the brightest value.
    if (!test::cpuComputesBFloat16()) return;
    const ChairImages brief =
        FastChairGenerator(*network, torch::kBFloat16).forward(inputs.style, inputs.view, inputs.theta);
    QVERIFY2(largestError(brief.rgb, literal.rgb) < 0.03,
             qPrintable(QString::number(largestError(brief.rgb, literal.rgb))));
    QVERIFY2(largestError(brief.mask, literal.mask) < 0.03,
             qPrintable(QString::number(largestError(brief.mask, literal.mask))));
}

void TestFastChairGenerator::bothFormsEqualTheLiteralUpConvolution_data() {
    QTest::addColumn<int>("kernelSize");
    for (int size : {1, 3, 5, 7, 9}) QTest::addRow("%d x %d", size, size) << size;
}

void TestFastChairGenerator::bothFormsEqualTheLiteralUpConvolution() {
    QFETCH(int, kernelSize);
    const torch::NoGradGuard noGrad;
    const Tensor kernel = torch::randn({7, 5, kernelSize, kernelSize}), bias = torch::randn({7}),
                 input = torch::randn({2, 5, 6, 6});
    const Tensor expected = literalUpConvolution(input, kernel, bias).relu();
    for (UpForm form : {UpForm::Transposed, UpForm::MergedPhases}) {
        const PackedUpConvolution layer(flipKernel(kernel), bias, torch::kFloat32, {true, 0}, form, 6);
        const Tensor actual = layer.forward(input.contiguous(at::MemoryFormat::ChannelsLast));
        QCOMPARE(actual.sizes(), expected.sizes());
        QVERIFY(largestError(actual, expected) < 1e-5);
    }
}

void TestFastChairGenerator::paintsWhatForwardComputes_data() {
    QTest::addColumn<bool>("twoStreams");
    QTest::addColumn<int>("maskChannels");
    QTest::newRow("two streams") << true << 1;
    QTest::newRow("two streams, mask of three channels") << true << 3;
    QTest::newRow("one stream") << false << 1;
}

void TestFastChairGenerator::paintsWhatForwardComputes() {
    QFETCH(bool, twoStreams);
    QFETCH(int, maskChannels);
    const torch::NoGradGuard noGrad;
    ChairGenerator network = tinyChairGenerator(twoStreams, 0.1, maskChannels);
    const ChairInputs inputs = someChairInputs(network, 3);
    const FastChairGenerator fast(*network, torch::kFloat32);
    const ChairImages images = fast.forward(inputs.style, inputs.view, inputs.theta);
    const Tensor mask = images.mask.mean(1, true).clamp(0, 1);
    const Tensor rgb = torch::minimum(images.rgb.clamp_min(0), mask);
    const Tensor expected = torch::cat({rgb, mask}, 1).permute({0, 2, 3, 1}).contiguous() * 255;

    Tensor painted = torch::zeros(expected.sizes(), torch::kUInt8);
    QVERIFY(fast.paint(inputs.style,
                       inputs.view,
                       inputs.theta,
                       {painted.data_ptr<std::uint8_t>(), std::size_t(painted.numel())}));
    QVERIFY((painted.to(torch::kFloat32) - expected).abs().max().item<float>() <= 0.51f);
    QVERIFY(painted.to(torch::kFloat32).std().item<float>() > 1);
}

void TestFastChairGenerator::eachBatchSizeHasItsPrecision() {
    ChairGenerator network = tinyChairGenerator(false, 0);
    const auto batchType = test::cpuComputesBFloat16() ? torch::kBFloat16 : torch::kFloat32;
    const InferenceBackend backend = cpuBackend(*network, {torch::kFloat32, batchType});
    for (const std::int64_t batch : {1, 2}) {
        const ChairInputs inputs = someChairInputs(network, batch);
        const FastChairGenerator fast(*network, batch == 1 ? torch::kFloat32 : batchType);
        std::vector<std::uint8_t> expected(
            std::size_t(batch * network->options.imageSize() * network->options.imageSize() * 4)),
            painted(expected);
        QVERIFY(fast.paint(inputs.style, inputs.view, inputs.theta, expected));
        QVERIFY(backend.paint({inputs.style, inputs.view, inputs.theta}, painted));
        QVERIFY(painted == expected);
    }
    QVERIFY(backend.device == "CPU, fp32" || backend.device == "CPU, fp32, batches bf16");
}

void TestFastChairGenerator::clampsAndRounds() {
    const Tensor output = torch::tensor({2.0f, -1.0f, 0.4f, 0.5f, 0.2f, 0.7f, 0.1f, 1.7f})
                              .view({1, 1, 2, 4})
                              .permute({0, 3, 1, 2});
    const Tensor square = torch::cat({output, output}, 2);  // [1, 4, 2, 2]
    std::vector<std::uint8_t> bytes(2 * 2 * 4);
    QVERIFY(
        writePremultiplied(outputChannels(square, false, 0, 3), outputChannels(square, false, 3, 1), bytes));
    const std::vector<std::uint8_t> expected = {128, 0, 102, 128, 51, 179, 26, 255};
    QVERIFY(std::equal(expected.begin(), expected.end(), bytes.begin()));
    QVERIFY(std::equal(expected.begin(), expected.end(), bytes.begin() + 8));
}

void TestFastChairGenerator::noticesNonFiniteNumbers() {
    for (float value : {std::numeric_limits<float>::quiet_NaN(),
                        std::numeric_limits<float>::infinity(),
                        -std::numeric_limits<float>::infinity()}) {
        Tensor output = torch::rand({1, 4, 8, 8});
        output[0][1][7][3] = value;
        std::vector<std::uint8_t> bytes(8 * 8 * 4);
        QVERIFY(!writePremultiplied(
            outputChannels(output, false, 0, 3), outputChannels(output, false, 3, 1), bytes));
    }
}

void TestFastChairGenerator::refusesInputsOfTheWrongSize() {
    ChairGenerator network = tinyChairGenerator(true, 0);
    const ChairInputs inputs = someChairInputs(network, 1);
    const FastChairGenerator fast(*network, torch::kFloat32);
    QVERIFY_EXCEPTION_THROWN(fast.forward(inputs.style.slice(1, 1), inputs.view, inputs.theta), c10::Error);
}

void TestFastChairGenerator::countsParameters_data() {
    QTest::addColumn<QString>("preset");
    for (const char* preset : {"paper-128", "paper-64", "compact-128", "compact-64"})
        QTest::newRow(preset) << QString::fromUtf8(preset);
}

void TestFastChairGenerator::countsParameters() {
    QFETCH(QString, preset);
    auto options = ChairGeneratorOptions::fromPreset(preset.toStdString(), 3);
    QVERIFY(options);
    options->branchWidth = 8;
    options->jointWidth = 8;
    options->styleDimensions = 6;
    ChairGenerator network(*options);
    std::int64_t expected = 0;
    for (const auto& parameter : network->parameters()) expected += parameter.numel();
    QCOMPARE(numParameters(*options), expected);

    auto original = *ChairGeneratorOptions::fromPreset("paper-128", 809);
    original.thetaSize = 28;
    original.maskChannels = 3;
    QCOMPARE(numParameters(original), std::int64_t(31'876'286));  // papers.md B1
}

VITRINE_TEST(TestFastChairGenerator)
#include "tst_fast_chair_generator.moc"
