// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "core/nets/chair_styles.h"
#include "core/nets/chair_weights.h"
#include "core/nets/weights.h"
#include "tests/core/nets/module_size.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

ChairGeneratorOptions tinyOptions(bool twoStreams) {
    ChairGeneratorOptions options;
    options.numStyles = 3;
    options.branchWidth = 8;
    options.jointWidth = 12;
    options.rgbMaps = {6, 4};
    options.maskMaps = twoStreams ? std::vector<std::int64_t>{4, 3} : std::vector<std::int64_t>{};
    options.leakySlope = 0.2;
    return options;
}

ChairGenerator tinyNetwork(bool twoStreams, std::uint64_t seed = 1) {
    ChairGenerator network(tinyOptions(twoStreams));
    network->initialise(at::make_generator<at::CPUGeneratorImpl>(seed));
    return network;
}

struct Inputs {
    torch::Tensor style = torch::eye(3).slice(0, 0, 2);
    torch::Tensor view = encodeViews(torch::tensor({0.f, 90.f}), torch::tensor({20.f, 30.f}));
    torch::Tensor theta = torch::linspace(-0.1, 0.1, 16).view({2, 8});
};

SafetensorsFile savedParameters(const ChairGenerator& network, const QString& path) {
    TensorSet set;
    set.addParameters(*network, torch::kFloat32);
    if (!writeSafetensors(path.toStdString(), set.views(), network->options.toMetadata()))
        qFatal("could not save");
    return SafetensorsFile::read(path.toStdString()).value();
}

}  // namespace

class TestChairGenerator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { torch::manual_seed(7); }

    void weightsWithFewerStylesPaintTheKeptOnesAlike_data() {
        QTest::addColumn<int>("styleDimensions");
        QTest::newRow("one-hot") << 0;
        QTest::newRow("Gaussian") << 5;
    }
    void weightsWithFewerStylesPaintTheKeptOnesAlike() {
        QFETCH(int, styleDimensions);
        const QTemporaryDir folder;
        auto options = tinyOptions(false);
        options.styleDimensions = styleDimensions;
        ChairGenerator network(options);
        network->initialise(at::make_generator<at::CPUGeneratorImpl>(1));
        const std::filesystem::path whole = folder.filePath(QStringLiteral("whole")).toStdString(),
                                    some = folder.filePath(QStringLiteral("some")).toStdString();
        TensorSet set;
        set.addParameters(*network, torch::kFloat32);
        auto metadata = options.toMetadata();
        metadata["classes"] = "windsor-chair,scan-001,family-7";
        QVERIFY(writeSafetensors(whole, set.views(), metadata));
        QVERIFY(writeWithStyles(
            whole, [](const std::string& id) { return id != "scan-001"; }, some));

        const auto kept = SafetensorsFile::read(some).value();
        QCOMPARE(chairWeightsInfo(kept.metadata()).value().styleIds,
                 (std::vector<std::string>{"windsor-chair", "family-7"}));
        auto fewer = makeChairGenerator(kept).value();
        const Inputs inputs;
        const torch::NoGradGuard noGrad;
        const auto asked = torch::tensor({{0.3f, 0.f, 0.7f}, {0.f, 0.f, 1.f}});
        const auto expected = network->forward(asked, inputs.view, inputs.theta);
        const auto painted =
            fewer->forward(asked.index_select(1, torch::tensor({0, 2})), inputs.view, inputs.theta);
        QVERIFY(torch::allclose(painted.rgb, expected.rgb, 1e-5, 1e-6) &&
                torch::allclose(painted.mask, expected.mask, 1e-5, 1e-6));

        const auto refused = writeWithStyles(
            whole, [](const std::string&) { return false; }, some);
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
    }

    void upConvolutionIsUnpoolingAndConvolution_data() {
        QTest::addColumn<int>("outChannels");
        QTest::addColumn<int>("kernelSize");
        QTest::newRow("transposed") << 12 << 5;
        QTest::newRow("phases") << 4 << 5;
        QTest::newRow("9x9") << 4 << 9;
    }
    void upConvolutionIsUnpoolingAndConvolution() {
        QFETCH(int, outChannels);
        QFETCH(int, kernelSize);
        UpConvolution layer(6, outChannels, kernelSize);
        torch::NoGradGuard noGrad;
        layer->weight.normal_();
        layer->bias.normal_();
        const auto input = torch::randn({2, 6, 5, 7});
        const auto literal = literalUpConvolution(input, flipKernel(layer->weight), layer->bias);
        const auto ours = layer->forward(input);
        QCOMPARE(ours.sizes(), literal.sizes());
        QVERIFY(torch::allclose(ours, literal, 1e-4, 1e-4));
    }

    void oldProcessorsShuffleTheSamePixels() {
        const auto phases = torch::randn({2, 12, 3, 5});
        const auto together = phases.contiguous(at::MemoryFormat::ChannelsLast);
        QVERIFY(torch::equal(permutedPixelShuffle(phases), at::pixel_shuffle(phases, 2)));
        QVERIFY(torch::equal(permutedPixelShuffle(together), at::pixel_shuffle(phases, 2)));
    }

    void unpoolingPutsTheValueAtTheTopLeft() {
        auto kernel = torch::zeros({1, 1, 5, 5});
        kernel[0][0][2][2] = 1;
        const auto out = literalUpConvolution(torch::full({1, 1, 1, 1}, 3.f), kernel, torch::zeros({1}));
        QVERIFY(torch::equal(out, torch::tensor({{{{3.f, 0.f}, {0.f, 0.f}}}})));
    }

    void paperHasItsNumberOfParameters() {
        auto options = ChairGeneratorOptions::fromPreset("paper-128", 809).value();
        options.thetaSize = 28;
        options.maskChannels = 3;
        QCOMPARE(numParameters(*ChairGenerator(options)), std::int64_t(31'876'286));
        options.numStyles = 843;
        QCOMPARE(numParameters(*ChairGenerator(options)), std::int64_t(31'893'694));
        auto small = ChairGeneratorOptions::fromPreset("paper-64", 843).value();
        small.thetaSize = 28;
        small.maskChannels = 3;
        QCOMPARE(numParameters(*ChairGenerator(small)), std::int64_t(31'656'370));
    }

    void presetsMakePicturesOfTheirSize_data() {
        QTest::addColumn<QString>("preset");
        QTest::addColumn<int>("size");
        QTest::newRow("paper-64") << QStringLiteral("paper-64") << 64;
        QTest::newRow("compact-64") << QStringLiteral("compact-64") << 64;
        QTest::newRow("compact-128") << QStringLiteral("compact-128") << 128;
    }
    void presetsMakePicturesOfTheirSize() {
        QFETCH(QString, preset);
        QFETCH(int, size);
        torch::NoGradGuard noGrad;
        ChairGenerator network(ChairGeneratorOptions::fromPreset(preset.toStdString(), 3).value());
        const Inputs inputs;
        const auto images = network->forward(inputs.style, inputs.view, inputs.theta);
        QVERIFY(images.rgb.sizes() == at::IntArrayRef({2, 3, size, size}));
        QVERIFY(images.mask.sizes() == at::IntArrayRef({2, 1, size, size}));
    }

    void unknownPresetIsRefusedByName() {
        const auto options = ChairGeneratorOptions::fromPreset("paper-256", 3);
        QVERIFY(!options);
        QVERIFY(options.error().message.find("paper-256") != std::string::npos);
    }

    void forwardIsTheLiteralNetwork_data() {
        QTest::addColumn<bool>("twoStreams");
        QTest::newRow("one stream") << false;
        QTest::newRow("two streams") << true;
    }
    void forwardIsTheLiteralNetwork() {
        QFETCH(bool, twoStreams);
        auto network = tinyNetwork(twoStreams);
        const Inputs inputs;
        torch::NoGradGuard noGrad;
        const auto ours = network->forward(inputs.style, inputs.view, inputs.theta);
        const auto literal = literalForward(*network, inputs.style, inputs.view, inputs.theta);
        QVERIFY(torch::allclose(ours.rgb, literal.rgb, 1e-4, 1e-5));
        QVERIFY(torch::allclose(ours.mask, literal.mask, 1e-4, 1e-5));
    }

    void gradientReachesEveryParameter() {
        auto network = tinyNetwork(true);
        const Inputs inputs;
        const auto images = network->forward(inputs.style, inputs.view, inputs.theta);
        (images.rgb.square().sum() + images.mask.square().sum()).backward();
        for (const auto& parameter : network->named_parameters())
            QVERIFY2(parameter.value().grad().abs().sum().item<double>() > 0, parameter.key().c_str());
    }

    void stylesCanBeGaussians() {
        auto options = tinyOptions(true);
        options.styleDimensions = 4;
        ChairGenerator network(options);
        network->initialise(at::make_generator<at::CPUGeneratorImpl>(1));
        const Inputs inputs;
        const auto noise = torch::randn({2, 4});
        const auto noisy = network->forward(inputs.style, inputs.view, inputs.theta, noise);
        const auto kl =
            klPerChannel(network->styleGaussian(inputs.style), {torch::zeros({2, 4}), torch::zeros({2, 4})});
        (noisy.rgb.square().sum() + noisy.mask.square().sum() + kl.sum()).backward();
        for (const auto& parameter : network->named_parameters())
            QVERIFY2(parameter.value().grad().abs().sum().item<double>() > 0, parameter.key().c_str());

        torch::NoGradGuard noGrad;
        const auto means = network->forward(inputs.style, inputs.view, inputs.theta);
        QVERIFY(!torch::equal(means.rgb, noisy.rgb));
        const auto literal = literalForward(*network, inputs.style, inputs.view, inputs.theta);
        QVERIFY(torch::allclose(means.rgb, literal.rgb, 1e-4, 1e-5));
        // A mix of styles is the mix of their means.
        const auto mixed = network->styleGaussian(torch::tensor({{0.25f, 0.75f, 0.f}}));
        QVERIFY(
            torch::allclose(mixed.mean[0], 0.25 * network->style_mean[0] + 0.75 * network->style_mean[1]));
    }

    void gaussianStylesSurviveTheirFile() {
        auto options = tinyOptions(false);
        options.styleDimensions = 4;
        ChairGenerator network(options);
        network->initialise(at::make_generator<at::CPUGeneratorImpl>(1));
        QTemporaryDir folder;
        const auto file = savedParameters(network, folder.filePath(QStringLiteral("a.safetensors")));
        auto loaded = makeChairGenerator(file).value();
        QCOMPARE(loaded->options.styleDimensions, std::int64_t(4));
        QVERIFY(torch::equal(loaded->style_mean, network->style_mean));
    }

    void sameSeedSameWeights() {
        QVERIFY(torch::equal(tinyNetwork(false, 5)->fc_3->weight, tinyNetwork(false, 5)->fc_3->weight));
        QVERIFY(!torch::equal(tinyNetwork(false, 5)->fc_3->weight, tinyNetwork(false, 6)->fc_3->weight));
    }

    void wrongInputNamesBothSizes() {
        auto network = tinyNetwork(false);
        const Inputs inputs;
        try {
            network->forward(torch::zeros({2, 4}), inputs.view, inputs.theta);
            QFAIL("accepted a style of the wrong size");
        } catch (const c10::Error& error) {
            const std::string message = error.what_without_backtrace();
            QVERIFY(message.find("[2, 4]") != std::string::npos &&
                    message.find("[N, 3]") != std::string::npos);
        }
    }

    void viewsAreEncodedInTheAuthorsOrder() {
        const auto encoded = encodeViews(torch::tensor({90.f}), torch::tensor({30.f}));
        QVERIFY(torch::allclose(encoded, torch::tensor({{0.5f, 0.8660254f, 1.f, 0.f}}), 1e-5, 1e-6));
    }

    void optionsSurviveTheMetadata() {
        const auto options = tinyOptions(true);
        const auto read = ChairGeneratorOptions::fromMetadata(options.toMetadata());
        QVERIFY(read.ok());
        QVERIFY(read->rgbMaps == options.rgbMaps && read->maskMaps == options.maskMaps);
        QCOMPARE(read->leakySlope, options.leakySlope);
        auto broken = options.toMetadata();
        broken["rgb_maps"] = "6,x";
        QVERIFY(ChairGeneratorOptions::fromMetadata(broken).error().message.find("rgb_maps") !=
                std::string::npos);
        broken["rgb_maps"] = "100000,4";
        QVERIFY(!ChairGeneratorOptions::fromMetadata(broken));
    }

    void parametersSurviveAFile() {
        QTemporaryDir folder;
        auto network = tinyNetwork(true, 3), other = tinyNetwork(true, 4);
        const auto file = savedParameters(network, folder.filePath(QStringLiteral("w.safetensors")));
        QVERIFY(loadParameters(*other, file).ok());
        const auto original = network->named_parameters();
        for (const auto& parameter : other->named_parameters())
            QVERIFY(torch::equal(parameter.value(), original[parameter.key()]));
    }

    void aForeignFileIsRefusedByKeyAndNothingChanges() {
        QTemporaryDir folder;
        const auto file =
            savedParameters(tinyNetwork(false, 3), folder.filePath(QStringLiteral("w.safetensors")));
        auto twoStreams = tinyNetwork(true, 4);
        const auto before = twoStreams->fc_3->weight.clone();
        const auto status = loadParameters(*twoStreams, file);
        QCOMPARE(status.error().code, ErrorCode::BadFormat);
        QVERIFY2(status.error().message.find("rgb_stream.output") != std::string::npos ||
                     status.error().message.find("mask_stream") != std::string::npos,
                 status.error().message.c_str());
        QVERIFY(torch::equal(before, twoStreams->fc_3->weight));
    }

    void aGrownNetworkTakesOverWhatFits() {
        QTemporaryDir folder;
        auto options = tinyOptions(false);
        options.rgbMaps = {6, 4, 4};
        ChairGenerator small(options.halfSize()), large(options);
        small->initialise(at::make_generator<at::CPUGeneratorImpl>(1));
        large->initialise(at::make_generator<at::CPUGeneratorImpl>(2));
        const auto file = savedParameters(small, folder.filePath(QStringLiteral("w.safetensors")));
        const auto fresh = loadMatchingParameters(*large, file.tensors());
        QVERIFY(torch::equal(large->rgb_stream->uconv[0]->weight, small->rgb_stream->uconv[0]->weight));
        QVERIFY(std::find(fresh.begin(), fresh.end(), "rgb_stream.uconv_2.weight") != fresh.end());
    }
};

VITRINE_TEST(TestChairGenerator)
#include "tst_chair_generator.moc"
