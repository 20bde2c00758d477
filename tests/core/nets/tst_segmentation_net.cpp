// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "core/io/safetensors.h"
#include "core/nets/segmentation_weights.h"
#include "core/nets/segmenter.h"
#include "core/nets/weights.h"
#include "tests/core/nets/module_size.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

SegmentationNetOptions tinySegmentationOptions(SegmentationVariant variant = SegmentationVariant::Hybrid) {
    SegmentationNetOptions options;
    options.variant = variant;
    options.numClasses = 3;
    options.width = 0.1;
    return options;
}

SegmentationNet makeSegmentationNetwork(const SegmentationNetOptions& options, std::uint64_t seed = 1) {
    SegmentationNet network(options);
    network->initialise(at::make_generator<at::CPUGeneratorImpl>(seed));
    return network;
}

std::filesystem::path saved(const SegmentationNet& network,
                            const QTemporaryDir& folder,
                            std::map<std::string, std::string> metadata) {
    const auto path = std::filesystem::path(folder.filePath(QStringLiteral("w.safetensors")).toStdString());
    TensorSet set;
    set.addParameters(*network, torch::kFloat32);
    if (!writeSafetensors(path, set.views(), metadata)) qFatal("could not save");
    return path;
}

}  // namespace

class TestSegmentationNet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { torch::manual_seed(7); }

    void hasThePapersNumberOfParameters() {
        auto options = SegmentationNetOptions();
        options.variant = SegmentationVariant::Cvae;
        options.numClasses = 4;
        options.multiScale = false;
        const SegmentationNet network(options);
        QCOMPARE(numParameters(*network->recognition), std::int64_t(374'560));
        QCOMPARE(numParameters(*network->prior), std::int64_t(374'560));
        QCOMPARE(numParameters(*network->generation), std::int64_t(331'460));
        QCOMPARE(numParameters(*network->cnn), std::int64_t(784'372));
    }

    void parametersAreCountedWithoutMakingThem_data() {
        QTest::addColumn<int>("variant");
        for (const auto& name : segmentationVariantNames())
            QTest::newRow(name.c_str()) << int(*segmentationVariantFromName(name));
    }
    void parametersAreCountedWithoutMakingThem() {
        QFETCH(int, variant);
        auto options = tinySegmentationOptions(SegmentationVariant(variant));
        QCOMPARE(options.numParameters(), numParameters(*SegmentationNet(options)));
        options.headKernel = 5;
        options.multiScale = options.recognitionSeesImage = options.recurrent = false;
        QCOMPARE(options.numParameters(), numParameters(*SegmentationNet(options)));
        options.batchNorm = true;
        QCOMPARE(options.numParameters(), numParameters(*SegmentationNet(options)));
    }

    void batchNormalisationFoldsIntoTheLayers_data() { parametersAreCountedWithoutMakingThem_data(); }
    void batchNormalisationFoldsIntoTheLayers() {
        QFETCH(int, variant);
        torch::NoGradGuard noGrad;
        auto options = tinySegmentationOptions(SegmentationVariant(variant));
        options.batchNorm = true;
        auto network = makeSegmentationNetwork(options);
        const auto image = torch::rand({2, 3, 32, 32}),
                   labels = oneHotLabels(torch::randint(3, {2, 32, 32}), 3);
        for (int step = 0; step < 3; ++step) {  // gathers means and variances
            network->forward(image);
            if (network->recognition) network->recognitionOf(image, labels);
        }
        for (auto& parameter : network->named_parameters())
            if (!isGathered(parameter.key()))
                parameter.value().add_(0.1 * torch::rand_like(parameter.value()));
        network->eval();
        auto plain = withoutBatchNorm(network);
        QVERIFY(!plain->options.batchNorm);
        QCOMPARE(plain->options.numParameters(), numParameters(*plain));
        QVERIFY(torch::allclose(plain->forward(image), network->forward(image), 1e-4, 1e-4));
        if (network->recognition)
            QVERIFY(torch::allclose(plain->recognitionOf(image, labels).mean,
                                    network->recognitionOf(image, labels).mean,
                                    1e-4,
                                    1e-4));
    }

    void shapesFollowTheImage_data() {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("paper") << 128 << 128;
        QTest::newRow("small") << 64 << 64;
        QTest::newRow("not square") << 32 << 48;
    }
    void shapesFollowTheImage() {
        QFETCH(int, height);
        QFETCH(int, width);
        torch::NoGradGuard noGrad;
        auto options = tinySegmentationOptions();
        options.width = 1;
        auto network = makeSegmentationNetwork(options);
        const auto image = torch::rand({1, 3, height, width});
        const auto guess = network->guess(image);
        QVERIFY(guess.logits.sizes() == at::IntArrayRef({1, 3, height, width}));
        QVERIFY(guess.half.sizes() == at::IntArrayRef({1, 3, height / 2, width / 2}));
        QVERIFY(guess.quarter.sizes() == at::IntArrayRef({1, 3, height / 4, width / 4}));
        const auto prior = network->priorOf(image, guess.logits);
        QVERIFY(prior.mean.sizes() == at::IntArrayRef({1, 32, height / 16, width / 16}));
        QVERIFY(prior.mean.sizes() == at::IntArrayRef(network->latentShape(image)));
        QVERIFY(network->logitsOf(guess.logits, prior.mean).sizes() == guess.logits.sizes());
    }

    void forwardIsTheLiteralNetwork_data() {
        QTest::addColumn<int>("variant");
        QTest::addColumn<int>("headKernel");
        QTest::newRow("paper") << int(SegmentationVariant::Hybrid) << 9;
        QTest::newRow("released code") << int(SegmentationVariant::Hybrid) << 5;
        QTest::newRow("cnn") << int(SegmentationVariant::Cnn) << 9;
    }
    void forwardIsTheLiteralNetwork() {
        QFETCH(int, variant);
        QFETCH(int, headKernel);
        torch::NoGradGuard noGrad;
        auto options = tinySegmentationOptions(SegmentationVariant(variant));
        options.headKernel = headKernel;
        auto network = makeSegmentationNetwork(options);
        const auto image = torch::rand({2, 3, 32, 48});
        QVERIFY(torch::allclose(network->forward(image), literalForward(*network, image), 1e-4, 1e-5));
    }

    void aSampleIsTheLiteralNetworks_data() {
        QTest::addColumn<int>("variant");
        QTest::addColumn<bool>("hasNoise");
        QTest::newRow("hybrid") << int(SegmentationVariant::Hybrid) << true;
        QTest::newRow("gdnn") << int(SegmentationVariant::Gdnn) << false;
    }
    void aSampleIsTheLiteralNetworks() {
        QFETCH(int, variant);
        QFETCH(bool, hasNoise);
        torch::NoGradGuard noGrad;
        auto network = makeSegmentationNetwork(tinySegmentationOptions(SegmentationVariant(variant)));
        const auto image = torch::rand({2, 3, 32, 48});
        const auto noise = 20 * torch::randn(network->latentShape(image));
        const auto guess = network->guess(image).logits;
        const auto prior = network->priorOf(image, guess);
        const auto z = hasNoise ? prior.sample(noise) : prior.mean;
        const auto literal = literalForward(*network, image, noise);
        QVERIFY(torch::allclose(network->logitsOf(guess, z), literal, 1e-4, 1e-4));
        QVERIFY(literal.is_contiguous());
        QCOMPARE(torch::allclose(literal, literalForward(*network, image)), !hasNoise);
    }

    void aThreeByThreeUpConvolutionIsUnpoolingAndConvolution() {
        torch::NoGradGuard noGrad;
        UpConvolution layer(6, 4, 3);
        layer->weight.normal_();
        layer->bias.normal_();
        const auto input = torch::randn({2, 6, 5, 7});
        const auto literal = literalUpConvolution(input, flipKernel(layer->weight), layer->bias);
        QVERIFY(torch::allclose(layer->forward(input), literal, 1e-4, 1e-4));
    }

    void thePredictionIsTheSumOfBothLogits() {
        torch::NoGradGuard noGrad;
        auto network = makeSegmentationNetwork(tinySegmentationOptions());
        const auto guess = torch::randn({1, 3, 32, 32}),
                   z = torch::randn({1, network->options.latentMaps(), 2, 2});
        QVERIFY(torch::allclose(network->logitsOf(guess, z), guess + network->generation->forward(z)));
        auto options = tinySegmentationOptions();
        options.predictionSeesImage = false;
        auto alone = makeSegmentationNetwork(options);
        QVERIFY(torch::equal(alone->logitsOf(guess, z), alone->generation->forward(z)));
    }

    void theGuessFlowsIntoThePriorWithItsGradient() {
        auto network = makeSegmentationNetwork(tinySegmentationOptions());
        const auto image = torch::rand({1, 3, 32, 32});
        network->priorOf(image, network->guess(image).logits).mean.square().sum().backward();
        QVERIFY(network->cnn->conv_1->weight.grad().abs().sum().item<double>() > 0);
    }

    void theGuessIsSharperWhereItIsHalfOfTheAnswer() {
        torch::NoGradGuard noGrad;
        const auto image = torch::rand({1, 3, 32, 32}), logits = torch::randn({1, 3, 32, 32});
        for (const bool isSum : {true, false}) {
            auto options = tinySegmentationOptions();
            options.predictionSeesImage = isSum;
            auto network = makeSegmentationNetwork(options);
            const auto guess = torch::softmax((isSum ? 2 : 1) * logits, 1);
            const auto expected = network->prior->forward(torch::cat({image, guess}, 1)).mean;
            QVERIFY(torch::allclose(network->priorOf(image, logits).mean, expected, 1e-4, 1e-6));
        }
    }

    void withoutTheRecurrentConnectionThePriorSeesTheImageOnly() {
        auto options = tinySegmentationOptions();
        options.recurrent = false;
        auto network = makeSegmentationNetwork(options);
        torch::NoGradGuard noGrad;
        const auto image = torch::rand({1, 3, 32, 32});
        const auto one = network->priorOf(image, torch::zeros({1, 3, 32, 32})).mean;
        QVERIFY(torch::equal(one, network->priorOf(image, torch::randn({1, 3, 32, 32})).mean));
    }

    void recognitionMayBeBlindToTheImage() {
        auto options = tinySegmentationOptions();
        options.recognitionSeesImage = false;
        auto network = makeSegmentationNetwork(options);
        torch::NoGradGuard noGrad;
        const auto labels = oneHotLabels(torch::randint(3, {1, 32, 32}), 3);
        const auto one = network->recognitionOf(torch::rand({1, 3, 32, 32}), labels).mean;
        QVERIFY(torch::equal(one, network->recognitionOf(torch::rand({1, 3, 32, 32}), labels).mean));
    }

    void gradientReachesEveryParameter_data() { parametersAreCountedWithoutMakingThem_data(); }
    void gradientReachesEveryParameter() {
        QFETCH(int, variant);
        auto network = makeSegmentationNetwork(tinySegmentationOptions(SegmentationVariant(variant)));
        const auto image = torch::rand({2, 3, 32, 32});
        const auto guess = network->guess(image);
        auto loss = guess.logits.square().sum() + guess.half.square().sum() + guess.quarter.square().sum();
        const auto add = [&](const LatentGaussian& latent) {
            const auto z = latent.sample(torch::randn(network->latentShape(image)));
            loss = loss + network->logitsOf(guess.logits, z).square().sum();
        };
        if (network->prior) add(network->priorOf(image, guess.logits));
        if (network->recognition)
            add(network->recognitionOf(image, oneHotLabels(torch::randint(3, {2, 32, 32}), 3)));
        loss.backward();
        for (const auto& parameter : network->named_parameters())
            QVERIFY2(
                parameter.value().grad().defined() && parameter.value().grad().abs().sum().item<double>() > 0,
                parameter.key().c_str());
    }

    void theDeviationIsOneAtTheStart() {
        torch::NoGradGuard noGrad;
        auto network = makeSegmentationNetwork(tinySegmentationOptions());
        const auto image = torch::rand({1, 3, 32, 32});
        const auto prior = network->priorOf(image, network->guess(image).logits);
        QCOMPARE(prior.logVariance.abs().max().item<double>(), 0.0);
        const auto noise = torch::randn(network->latentShape(image));
        QVERIFY(torch::allclose(prior.sample(noise), prior.mean + noise));
    }

    void aWildLogVarianceStaysANumber() {
        torch::NoGradGuard noGrad;
        auto network = makeSegmentationNetwork(tinySegmentationOptions());
        network->prior->log_variance->bias.fill_(1e6);
        const auto image = torch::rand({1, 3, 32, 32});
        const auto prior = network->priorOf(image, network->guess(image).logits);
        QVERIFY(prior.logVariance.exp().isfinite().all().item<bool>());
    }

    void sameSeedSameWeights() {
        const auto weight = [](std::uint64_t seed) {
            return makeSegmentationNetwork(tinySegmentationOptions(), seed)->cnn->conv_2->weight;
        };
        QVERIFY(torch::equal(weight(5), weight(5)));
        QVERIFY(!torch::equal(weight(5), weight(6)));
    }

    void wrongInputNamesBothSizes() {
        auto network = makeSegmentationNetwork(tinySegmentationOptions());
        try {
            network->forward(torch::zeros({1, 3, 40, 32}));
            QFAIL("accepted an image that the latent cannot cover");
        } catch (const c10::Error& error) {
            const std::string message = error.what_without_backtrace();
            QVERIFY2(message.find("[1, 3, 40, 32]") != std::string::npos &&
                         message.find("16") != std::string::npos,
                     message.c_str());
        }
    }

    void unknownLabelsAreNoClass() {
        const auto map = oneHotLabels(torch::tensor({{{0, 2, 255}}}), 3);
        QVERIFY(torch::equal(map.squeeze(0).squeeze(1).t(),
                             torch::tensor({{1.f, 0.f, 0.f}, {0.f, 0.f, 1.f}, {0.f, 0.f, 0.f}})));
    }

    void optionsThatContradictAreRefused() {
        auto options = tinySegmentationOptions();
        options.priorSeesImage = options.recurrent = false;
        QVERIFY(!options.validate());
        options = tinySegmentationOptions();
        options.headKernel = 7;
        QVERIFY(!options.validate());
        options = tinySegmentationOptions();
        options.recurrent = options.predictionSeesImage = false;
        QVERIFY(!options.validate());  // multi-scale prediction without a CNN
        options.multiScale = false;
        QVERIFY(options.validate().ok());
    }

    void aFileBringsTheNetworkBack() {
        QTemporaryDir folder;
        auto network = makeSegmentationNetwork(tinySegmentationOptions(), 3);
        auto metadata = network->options.toMetadata();
        metadata["classes"] = "background,seat,legs";
        metadata["image_size"] = "64";
        const auto file = SafetensorsFile::read(saved(network, folder, metadata)).value();
        auto read = makeSegmentationNet(file);
        QVERIFY2(read.ok(), read ? "" : read.error().message.c_str());
        const auto image = torch::rand({1, 3, 32, 32});
        torch::NoGradGuard noGrad;
        QVERIFY(torch::equal((*read)->forward(image), network->forward(image)));
        const auto info = segmentationWeightsInfo(file.metadata());
        QCOMPARE(info->imageSize, std::int64_t(64));
        QCOMPARE(info->classNames.at(2), std::string("legs"));
    }

    void aFileThatDoesNotFitIsRefusedByKey_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* name, const char* key, const char* value, const char* named) {
            QTest::newRow(name) << QString::fromLatin1(key) << QString::fromLatin1(value)
                                << QString::fromLatin1(named);
        };
        row("another kind", "architecture", "chair-generator", "chair-generator");
        row("unknown variant", "variant", "vae", "variant");
        row("fewer classes", "num_classes", "2", "output");
        row("more classes", "num_classes", "5", "numbers");
        row("too many classes", "num_classes", "6000", "classes");
        row("a flag that is none", "recurrent", "yes", "recurrent");
        row("another head", "head_kernel", "5", "output.weight");
        row("names for other classes", "classes", "a,b", "classes");
        row("a size off the grid", "image_size", "65", "image_size");
    }
    void aFileThatDoesNotFitIsRefusedByKey() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, named);
        QTemporaryDir folder;
        auto network = makeSegmentationNetwork(tinySegmentationOptions());
        auto metadata = network->options.toMetadata();
        metadata[key.toStdString()] = value.toStdString();
        const auto read =
            makeSegmentationNet(SafetensorsFile::read(saved(network, folder, metadata)).value());
        QVERIFY(!read);
        QVERIFY2(read.error().message.find(named.toStdString()) != std::string::npos,
                 read.error().message.c_str());
    }

    void dataWithOtherClassesAreRefusedBySentence() {
        SegmenterInfo info;
        info.numClasses = 3;
        QVERIFY(checkClasses(info, 3).ok());
        const auto status = checkClasses(info, 5);
        QVERIFY(status.error().message.find('3') != std::string::npos &&
                status.error().message.find('5') != std::string::npos);
    }
};

VITRINE_TEST(TestSegmentationNet)
#include "tst_segmentation_net.moc"
