// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/torch.h>

#include <QtTest>

#include "core/nets/device_chair_generator.h"

using namespace vitrine;
using torch::Tensor;

namespace {

struct Inputs {
    Tensor style, view, theta;
};

/// Widths that are no multiples of eight, so that maps are added.
ChairGenerator tinyNetwork(bool twoStreams, double leakySlope, std::int64_t styleDimensions = 0) {
    ChairGeneratorOptions options;
    options.numStyles = 6;
    options.branchWidth = 24;
    options.jointWidth = 40;
    options.rgbMaps = {20, 12, 9};
    options.maskMaps = twoStreams ? std::vector<std::int64_t>{10, 8, 5} : std::vector<std::int64_t>{};
    options.leakySlope = leakySlope;
    options.styleDimensions = styleDimensions;
    ChairGenerator network(options);
    network->initialise(at::detail::createCPUGenerator(3));
    const torch::NoGradGuard noGrad;
    for (auto& parameter : network->named_parameters())
        if (parameter.key().ends_with("bias")) parameter.value().uniform_(-0.1, 0.2);
    return network;
}

Inputs someInputs(const ChairGenerator& network, std::int64_t batch) {
    return {torch::rand({batch, network->options.numStyles}),
            torch::rand({batch, 4}) * 2 - 1,
            torch::rand({batch, network->options.thetaSize}) - 0.5};
}

double largestError(const Tensor& actual, const Tensor& expected) {
    return ((actual - expected).abs().max() / expected.abs().max()).item<double>();
}

}  // namespace

class TestDeviceChairGenerator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { torch::manual_seed(5); }
    void equalsTheLiteralNetwork_data();
    void equalsTheLiteralNetwork();
    void everyLayerIsFinishedByTheFunctionGiven();
    void cellsAndPicturesAreTheSameNumbers();
    void refusesInputsOfTheWrongSize();
};

void TestDeviceChairGenerator::equalsTheLiteralNetwork_data() {
    QTest::addColumn<bool>("twoStreams");
    QTest::addColumn<double>("leakySlope");
    QTest::addColumn<int>("batch");
    QTest::addColumn<int>("styleDimensions");
    QTest::newRow("two streams, ReLU, one picture") << true << 0.0 << 1 << 0;
    QTest::newRow("two streams, ReLU, five pictures") << true << 0.0 << 5 << 0;
    QTest::newRow("one stream, leaky, one picture") << false << 0.2 << 1 << 0;
    QTest::newRow("one stream, leaky, three pictures") << false << 0.2 << 3 << 0;
    QTest::newRow("Gaussian styles") << false << 0.2 << 3 << 5;
}

void TestDeviceChairGenerator::equalsTheLiteralNetwork() {
    QFETCH(bool, twoStreams);
    QFETCH(double, leakySlope);
    QFETCH(int, batch);
    QFETCH(int, styleDimensions);
    const torch::NoGradGuard noGrad;
    ChairGenerator network = tinyNetwork(twoStreams, leakySlope, styleDimensions);
    const Inputs inputs = someInputs(network, batch);
    const ChairImages literal = literalForward(*network, inputs.style, inputs.view, inputs.theta);

    const DeviceChairGenerator generator(*network, torch::kCPU, torch::kFloat32);
    const ChairCells cells = generator.forward(at::cat({inputs.style, inputs.view, inputs.theta}, 1));
    const Tensor rgb = pictureOfCells(cells.rgb), mask = pictureOfCells(cells.mask);
    QCOMPARE(rgb.sizes(), literal.rgb.sizes());
    QCOMPARE(mask.sizes(), literal.mask.sizes());
    QVERIFY2(largestError(rgb, literal.rgb) < 1e-5,
             qPrintable(QString::number(largestError(rgb, literal.rgb))));
    QVERIFY2(largestError(mask, literal.mask) < 1e-5,
             qPrintable(QString::number(largestError(mask, literal.mask))));
}

void TestDeviceChairGenerator::everyLayerIsFinishedByTheFunctionGiven() {
    const torch::NoGradGuard noGrad;
    ChairGenerator network = tinyNetwork(true, 0);
    int numDense = 0, numMaps = 0;
    const auto counting = [&](const Tensor& sums, const Tensor& bias, double slope) {
        ++(sums.dim() == 4 ? numMaps : numDense);
        return finishLayer(sums, bias, slope);
    };
    const DeviceChairGenerator generator(*network, torch::kCPU, torch::kFloat32, counting);
    generator.forward(torch::rand({2, generator.numInputs()}));
    QCOMPARE(numDense, 4 + 2);  // FC-1 to FC-4, FC-5 of each stream
    QCOMPARE(numMaps, 2 * 2);
}

void TestDeviceChairGenerator::cellsAndPicturesAreTheSameNumbers() {
    const Tensor picture = torch::rand({2, 3, 8, 8});
    const Tensor cells = cellsOfPicture(picture);
    QCOMPARE(cells[1][2][3][1][0][1].item<float>(), picture[1][2][7][1].item<float>());
    QVERIFY(pictureOfCells(cells).equal(picture));
}

void TestDeviceChairGenerator::refusesInputsOfTheWrongSize() {
    ChairGenerator network = tinyNetwork(true, 0);
    const DeviceChairGenerator generator(*network, torch::kCPU, torch::kFloat32);
    QVERIFY_EXCEPTION_THROWN(generator.forward(torch::rand({1, generator.numInputs() - 1})), c10::Error);
}

QTEST_GUILESS_MAIN(TestDeviceChairGenerator)
#include "tst_device_chair_generator.moc"
