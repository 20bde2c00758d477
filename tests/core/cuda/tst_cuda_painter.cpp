// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/torch.h>

#include <QTemporaryDir>
#include <QtTest>

#include "core/nets/inference_backend.h"
#include "core/nets/picture_output.h"
#include "core/sessions/chair_session.h"
#include "tests/core/cuda/cuda_fixture.h"
#include "tests/core/nets/tiny_chair_generator.h"
#include "tests/support/random_chair_model.h"

using namespace vitrine;
using torch::Tensor;

namespace {

ChairGenerator someNetwork(bool twoStreams, double leakySlope) {
    ChairGenerator network(test::tinyChairGeneratorOptions(twoStreams, leakySlope));
    network->initialise(at::detail::createCPUGenerator(3));
    const torch::NoGradGuard noGrad;
    for (auto& parameter : network->named_parameters()) {
        if (parameter.key().ends_with("bias")) parameter.value().uniform_(-0.1, 0.4);
        if (parameter.key().ends_with("output.weight")) parameter.value().mul_(4);
    }
    return network;
}

ChairInputs someInputs(const ChairGenerator& network, std::int64_t batch) {
    return {torch::rand({batch, network->options.numStyles}),
            torch::rand({batch, 4}) * 2 - 1,
            torch::rand({batch, network->options.thetaSize}) - 0.5};
}

Tensor painted(const InferenceBackend& backend, const ChairInputs& inputs, std::int64_t side) {
    Tensor out = torch::empty({inputs.style.size(0), side, side, 4}, torch::kUInt8);
    if (!backend.paint(inputs, {out.data_ptr<std::uint8_t>(), std::size_t(out.numel())}))
        throw std::runtime_error("not finite");
    return out;
}

/// The paper's network, in fp32 on the CPU.
Tensor literalPicture(ChairGenerator& network, const ChairInputs& inputs) {
    const torch::NoGradGuard noGrad;
    const ChairImages images = literalForward(*network, inputs.style, inputs.view, inputs.theta);
    Tensor out = torch::empty({images.rgb.size(0), images.rgb.size(2), images.rgb.size(3), 4}, torch::kUInt8);
    writePremultiplied(outputChannels(images.rgb, false, 0, 3),
                       outputChannels(images.mask, false, 0, 1),
                       {out.data_ptr<std::uint8_t>(), std::size_t(out.numel())});
    return out;
}

int largestDifference(const Tensor& a, const Tensor& b) {
    return (a.to(torch::kInt32) - b.to(torch::kInt32)).abs().max().item<int>();
}

ChairRequest requestFor(int style) {
    ChairRequest request;
    request.styleWeights = {{style, 1}};
    return request;
}

}  // namespace

class TestCudaPainter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { torch::manual_seed(2); }
    void graphEqualsThePlainForwardPass_data();
    void graphEqualsThePlainForwardPass();
    void theSameInputsTheSamePicture();
    void batchesOfEverySizeArePainted();
    void hugeWeightsAreNotAPicture();
    void aSessionPaintsOnTheGpu();
    void realMemoryFailureFallsBack();

private:
    QTemporaryDir m_folder;
};

void TestCudaPainter::initTestCase() {
    if (const QString reason = test::reasonToSkipCuda(); !reason.isEmpty()) QSKIP(qPrintable(reason));
    at::globalContext().setAllowTF32CuDNN(false);  // fp32 is compared with the CPU's
}

void TestCudaPainter::graphEqualsThePlainForwardPass_data() {
    QTest::addColumn<bool>("twoStreams");
    QTest::addColumn<double>("slope");
    QTest::newRow("two streams, ReLU") << true << 0.0;
    QTest::newRow("one stream, leaky") << false << 0.2;
}

void TestCudaPainter::graphEqualsThePlainForwardPass() {
    QFETCH(bool, twoStreams);
    QFETCH(double, slope);
    ChairGenerator network = someNetwork(twoStreams, slope);
    const ChairInputs inputs = someInputs(network, 3);
    const Tensor expected = literalPicture(network, inputs);
    QVERIFY(expected.to(torch::kFloat32).std().item<float>() > 1);
    const std::int64_t side = network->options.imageSize();
    QVERIFY(largestDifference(painted(cudaBackend(*network, torch::kFloat32), inputs, side), expected) <= 1);
    QVERIFY(largestDifference(painted(cudaBackend(*network, torch::kHalf), inputs, side), expected) <= 3);
}

void TestCudaPainter::theSameInputsTheSamePicture() {
    ChairGenerator network = someNetwork(true, 0);
    const InferenceBackend backend = cudaBackend(*network);
    QCOMPARE(backend.device, std::string("CUDA graph, fp16"));
    const ChairInputs first = someInputs(network, 1), second = someInputs(network, 1);
    const Tensor picture = painted(backend, first, 64);
    QVERIFY(!painted(backend, second, 64).equal(picture));
    QVERIFY(painted(backend, first, 64).equal(picture));
}

void TestCudaPainter::batchesOfEverySizeArePainted() {
    ChairGenerator network = someNetwork(false, 0.2);
    const InferenceBackend backend = cudaBackend(*network);
    const ChairInputs all = someInputs(network, 16);
    const Tensor expected = painted(backend, all, 64);
    for (std::int64_t batch : {1, 2, 7, 15}) {
        const ChairInputs some = {
            all.style.slice(0, 0, batch), all.view.slice(0, 0, batch), all.theta.slice(0, 0, batch)};
        QVERIFY(largestDifference(painted(backend, some, 64), expected.slice(0, 0, batch)) <= 2);
    }
}

void TestCudaPainter::hugeWeightsAreNotAPicture() {
    ChairGenerator network = someNetwork(true, 0);
    const InferenceBackend backend = cudaBackend(*network);
    ChairInputs inputs = someInputs(network, 1);
    inputs.style.fill_(3e38f);
    std::vector<std::uint8_t> out(64 * 64 * 4);
    QVERIFY(!backend.paint(inputs, out));
    QVERIFY(backend.paint(someInputs(network, 1), out));
}

void TestCudaPainter::aSessionPaintsOnTheGpu() {
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("model.safetensors")).toStdString();
    test::writeRandomChairModel(file);
    auto there = ChairSession::open(file, Device::Cuda), here = ChairSession::open(file, Device::Cpu);
    QVERIFY2(there, there ? "" : there.error().detail.c_str());
    QCOMPARE(there->info().device, std::string("CUDA graph, fp16"));
    const Image actual = there->generate(requestFor(2))->premultiplied,
                expected = here->generate(requestFor(2))->premultiplied;
    double sum = 0;
    for (std::size_t i = 0; i < actual.pixels.size(); ++i)
        sum += std::abs(int(actual.pixels[i]) - int(expected.pixels[i]));
    QVERIFY(sum / double(actual.pixels.size()) < 2);
}

void TestCudaPainter::realMemoryFailureFallsBack() {
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("model.safetensors")).toStdString();
    test::writeRandomChairModel(file);
    auto session = ChairSession::openOn(file, [](ChairGeneratorImpl&) {
        return InferenceBackend{"full", [](const ChairInputs&, std::span<std::uint8_t>) -> bool {
                                    torch::empty({std::int64_t(1) << 44},
                                                 torch::TensorOptions(torch::kCUDA).dtype(torch::kUInt8));
                                    return true;
                                }};
    });
    QVERIFY(session->generate(requestFor(1)));
    QVERIFY(session->info().device.starts_with("CPU, "));
    QVERIFY(QString::fromStdString(session->info().notice).contains(QStringLiteral("out of memory")));
}

QTEST_GUILESS_MAIN(TestCudaPainter)
#include "tst_cuda_painter.moc"
