// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/torch.h>

#include <QtTest>

#include "core/data/theta.h"
#include "core/nets/picture_output.h"
#include "core/recipe/compose.h"
#include "tests/core/cuda/cuda_fixture.h"

using namespace vitrine;
using torch::Tensor;

namespace {

constexpr int kSize = 32;

/// Premultiplied pictures. Shapes: [count, kSize, kSize, 4] uint8.
Tensor somePictures(std::int64_t count) {
    const Tensor alpha = torch::rand({count, kSize, kSize, 1}),
                 colour = torch::rand({count, kSize, kSize, 3});
    return (at::cat({colour * alpha, alpha}, 3) * 255).round().to(torch::kUInt8);
}

Tensor onCpu(const Tensor& pictures, const Tensor& indices, const std::vector<Theta>& thetas) {
    const Tensor out = torch::empty({indices.size(0), kSize, kSize, 4});
    for (std::int64_t n = 0; n < indices.size(0); ++n) {
        const Tensor picture = pictures[indices[n].item<std::int64_t>()].contiguous();
        applyTheta(picture.const_data_ptr<std::uint8_t>(),
                   kSize,
                   kSize,
                   thetas[std::size_t(n)],
                   out[n].data_ptr<float>());
    }
    return out;
}

Tensor tensorOf(const std::vector<Theta>& thetas) {
    std::vector<float> values;
    for (const Theta& theta : thetas)
        for (float value : theta.values()) values.push_back(value);
    return torch::tensor(values).view({-1, kThetaSize});
}

/// Identity, each value alone, and draws far beyond the trained ranges.
std::vector<Theta> manyThetas() {
    std::vector<Theta> thetas = {Theta{}};
    for (std::size_t i = 0; i < kThetaSize; ++i)
        for (float sign : {-1.0f, 1.0f}) {
            std::array<float, kThetaSize> values{};
            values[i] = sign * thetaRanges()[i].extrapolated;
            thetas.push_back(Theta::fromValues(values));
        }
    for (std::uint64_t i = 0; i < 100; ++i) {
        Rng rng({11, i});
        thetas.push_back(sampleTheta(rng, i % 2 ? 1 : 3));
    }
    return thetas;
}

/// Numbers around [0, 1] as a network makes them. Shapes: [N, channels, kSize, kSize].
Tensor someMaps(std::int64_t batch, std::int64_t channels, torch::Dtype type, at::MemoryFormat format) {
    return (torch::rand({batch, channels, kSize, kSize}) * 1.6 - 0.3).to(type).contiguous(format);
}

/// What the CPU makes of the same numbers. Shapes: [N, kSize, kSize, 4] uint8.
Tensor written(const Tensor& rgb, const Tensor& mask) {
    Tensor out = torch::empty({rgb.size(0), kSize, kSize, 4}, torch::kUInt8);
    writePremultiplied(outputChannels(rgb, false, 0, 3),
                       outputChannels(mask, false, 0, mask.size(1)),
                       {out.data_ptr<std::uint8_t>(), std::size_t(out.numel())});
    return out;
}

ChairCells cellsOnDevice(const Tensor& rgb, const Tensor& mask) {
    return {cellsOfPicture(rgb.to(torch::kCUDA)), cellsOfPicture(mask.to(torch::kCUDA))};
}

}  // namespace

class TestCudaKernels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { torch::manual_seed(1); }
    void thetaEqualsTheCpu();
    void indicesOutOfRangeAreNotNumbers();
    void composesAsTheCpuWrites_data();
    void composesAsTheCpuWrites();
    void composesOverABackground();
    void noticesNonFiniteNumbers();
    void finishesAsPlainTorch_data();
    void finishesAsPlainTorch();

private:
    const CudaModule& module() const { return **cudaModule(); }
};

void TestCudaKernels::initTestCase() {
    if (const QString reason = test::reasonToSkipCuda(); !reason.isEmpty()) QSKIP(qPrintable(reason));
}

void TestCudaKernels::thetaEqualsTheCpu() {
    const Tensor pictures = somePictures(7);
    const std::vector<Theta> thetas = manyThetas();
    const Tensor indices = torch::randint(7, {std::int64_t(thetas.size())}, torch::kInt64);
    const Tensor expected = onCpu(pictures, indices, thetas);
    const Tensor there = augmentOnDevice(pictures.to(torch::kCUDA), indices, tensorOf(thetas));
    QVERIFY(there.is_cuda());
    QCOMPARE(there.sizes(), expected.sizes());
    const double error = (there.cpu() - expected).abs().max().item<double>();
    QVERIFY2(error <= 1.0 / 255, qPrintable(QString::number(error)));
    QVERIFY(there[0].cpu().equal(expected[0]));  // the identity moves nothing
    QVERIFY(augmentOnDevice(
                pictures.to(torch::kCUDA), indices.to(torch::kCUDA), tensorOf(thetas).to(torch::kCUDA))
                .equal(there));
}

void TestCudaKernels::indicesOutOfRangeAreNotNumbers() {
    const Tensor indices = torch::tensor({0, 3, -1}, torch::kInt64);
    const Tensor there =
        augmentOnDevice(somePictures(3).to(torch::kCUDA), indices, torch::zeros({3, kThetaSize}));
    QVERIFY(there[0].isfinite().all().item<bool>());
    QVERIFY(there.slice(0, 1).isnan().all().item<bool>());
}

void TestCudaKernels::composesAsTheCpuWrites_data() {
    QTest::addColumn<int>("type");
    QTest::addColumn<bool>("channelsLast");
    QTest::addColumn<int>("maskChannels");
    const std::pair<const char*, torch::Dtype> types[] = {
        {"fp32", torch::kFloat32}, {"fp16", torch::kHalf}, {"bf16", torch::kBFloat16}};
    for (const auto& [name, type] : types)
        for (bool channelsLast : {false, true})
            for (int maskChannels : {1, 3})
                QTest::addRow(
                    "%s, %s, mask of %d", name, channelsLast ? "channels last" : "contiguous", maskChannels)
                    << int(type) << channelsLast << maskChannels;
}

void TestCudaKernels::composesAsTheCpuWrites() {
    QFETCH(int, type);
    QFETCH(bool, channelsLast);
    QFETCH(int, maskChannels);
    const auto format = channelsLast ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
    // One stream: both are parts of one tensor.
    const Tensor output = someMaps(3, 3 + maskChannels, torch::Dtype(type), format);
    const Tensor rgb = output.slice(1, 0, 3), mask = output.slice(1, 3);
    const ComposedPictures composed = module().compose(cellsOnDevice(rgb, mask));
    QVERIFY(composed.pictures.cpu().equal(written(rgb, mask)));
    QCOMPARE(composed.notFinite.item<int>(), 0);
}

void TestCudaKernels::composesOverABackground() {
    const Tensor rgb = someMaps(1, 3, torch::kFloat32, at::MemoryFormat::Contiguous),
                 mask = someMaps(1, 1, torch::kFloat32, at::MemoryFormat::Contiguous);
    const Tensor premultiplied = module().compose(cellsOnDevice(rgb, mask)).pictures.cpu();
    const Tensor composed = module().compose(cellsOnDevice(rgb, mask), 0x336699u).pictures.cpu();
    Image picture(kSize, kSize, 4), behind(1, 1, 3);
    std::memcpy(picture.pixels.data(), premultiplied.data_ptr(), premultiplied.nbytes());
    behind.pixels = {0x99, 0x66, 0x33};
    const Image expected = composeOver(picture, {BackgroundKind::Picture, behind});
    for (int y = 0; y < kSize; ++y)
        for (int x = 0; x < kSize; ++x) {
            for (int c = 0; c < 3; ++c) QCOMPARE(composed[0][y][x][c].item<int>(), int(expected.at(y, x, c)));
            QCOMPARE(composed[0][y][x][3].item<int>(), 255);
        }
}

void TestCudaKernels::noticesNonFiniteNumbers() {
    for (float value : {std::numeric_limits<float>::quiet_NaN(),
                        std::numeric_limits<float>::infinity(),
                        -std::numeric_limits<float>::infinity()}) {
        Tensor rgb = someMaps(2, 3, torch::kHalf, at::MemoryFormat::ChannelsLast),
               mask = someMaps(2, 1, torch::kHalf, at::MemoryFormat::ChannelsLast);
        rgb[1][2][kSize - 1][3] = value;
        QCOMPARE(module().compose(cellsOnDevice(rgb, mask)).notFinite.item<int>(), 1);
    }
}

void TestCudaKernels::finishesAsPlainTorch_data() {
    QTest::addColumn<bool>("isMaps");
    QTest::addColumn<double>("slope");
    for (bool isMaps : {false, true})
        for (double slope : {0.0, 0.2})
            QTest::addRow("%s, slope %.1f", isMaps ? "maps" : "dense", slope) << isMaps << slope;
}

void TestCudaKernels::finishesAsPlainTorch() {
    QFETCH(bool, isMaps);
    QFETCH(double, slope);
    const Tensor bias = torch::randn({24}).to(torch::kCUDA);
    const Tensor sums =
        isMaps ? torch::randn({3, 96, 5, 7}).contiguous(at::MemoryFormat::ChannelsLast).to(torch::kCUDA)
               : torch::randn({3, 24}).to(torch::kCUDA);
    const Tensor expected = finishLayer(sums, bias, slope), actual = module().finishLayer(sums, bias, slope);
    QCOMPARE(actual.sizes(), expected.sizes());
    QCOMPARE(actual.strides(), expected.strides());
    QVERIFY(actual.allclose(expected));
}

QTEST_GUILESS_MAIN(TestCudaKernels)
#include "tst_cuda_kernels.moc"
