// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/torch.h>

#include <QtTest>

#include "core/nets/device_chair_generator.h"
#include "tests/core/nets/tiny_chair_generator.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using namespace vitrine::test;
using torch::Tensor;

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
    ChairGenerator network = tinyChairGenerator(twoStreams, leakySlope, 1, styleDimensions);
    const ChairInputs inputs = someChairInputs(network, batch);
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
    ChairGenerator network = tinyChairGenerator(true, 0);
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
    ChairGenerator network = tinyChairGenerator(true, 0);
    const DeviceChairGenerator generator(*network, torch::kCPU, torch::kFloat32);
    QVERIFY_EXCEPTION_THROWN(generator.forward(torch::rand({1, generator.numInputs() - 1})), c10::Error);
}

VITRINE_TEST(TestDeviceChairGenerator)
#include "tst_device_chair_generator.moc"
