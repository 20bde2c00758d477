// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/nets/completion_nets.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

CompletionNetOptions tinyCompletionOptions(CompletionVariant variant, std::int64_t numQuadrants) {
    CompletionNetOptions options;
    options.variant = variant;
    options.numQuadrants = numQuadrants;
    options.hidden = 12;
    options.latent = 5;
    return options;
}

CompletionNet makeCompletionNet(const CompletionNetOptions& options) {
    CompletionNet network(options);
    network->initialise(at::make_generator<at::CPUGeneratorImpl>(1));
    return network;
}

}  // namespace

class TestCompletionNets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { torch::manual_seed(2); }

    void quadrantsAreThoseOfTheTutorial_data() {
        QTest::addColumn<int>("numQuadrants");
        QTest::addColumn<QList<bool>>("corners");  // top left, top right, bottom left, bottom right
        QTest::newRow("0") << 0 << QList<bool>{false, false, false, false};
        QTest::newRow("1") << 1 << QList<bool>{false, false, true, false};
        QTest::newRow("2") << 2 << QList<bool>{true, false, true, false};
        QTest::newRow("3") << 3 << QList<bool>{true, true, true, false};
    }
    void quadrantsAreThoseOfTheTutorial() {
        QFETCH(int, numQuadrants);
        QFETCH(QList<bool>, corners);
        const auto seen = seenPixels(numQuadrants).view({28, 28});
        QCOMPARE(seen.sum().item<std::int64_t>(), std::int64_t(numQuadrants) * 196);
        const std::array<std::pair<int, int>, 4> places = {{{0, 0}, {0, 27}, {27, 0}, {27, 27}}};
        for (int i = 0; i < 4; ++i)
            QCOMPARE(seen[places[std::size_t(i)].first][places[std::size_t(i)].second].item<bool>(),
                     corners[i]);
    }

    void gradientReachesEveryParameter_data() {
        QTest::addColumn<int>("variant");
        QTest::addColumn<int>("numQuadrants");
        QTest::newRow("VAE") << int(CompletionVariant::Cvae) << 0;
        QTest::newRow("CVAE") << int(CompletionVariant::Cvae) << 2;
        QTest::newRow("GSNN") << int(CompletionVariant::Gsnn) << 1;
        QTest::newRow("NN") << int(CompletionVariant::Nn) << 3;
    }
    void gradientReachesEveryParameter() {
        QFETCH(int, variant);
        QFETCH(int, numQuadrants);
        auto network = makeCompletionNet(tinyCompletionOptions(CompletionVariant(variant), numQuadrants));
        const auto images = torch::rand({3, 784});
        const auto guess = network->guess(images);
        auto loss = guess.defined() ? guess.square().sum() : torch::zeros({});
        if (network->generation) {
            const auto noise = torch::randn({3, 5});
            const auto prior = network->priorOf(images, guess);
            loss = loss + network->logitsOf(prior.sample(noise)).square().sum();
            if (network->recognition)
                loss = loss + network->logitsOf(network->recognitionOf(images).sample(noise)).square().sum();
        }
        loss.backward();
        for (const auto& parameter : network->named_parameters())
            QVERIFY2(
                parameter.value().grad().defined() && parameter.value().grad().abs().sum().item<double>() > 0,
                parameter.key().c_str());
    }

    void hiddenPixelsAreNotSeen() {
        torch::NoGradGuard noGrad;
        auto network = makeCompletionNet(tinyCompletionOptions(CompletionVariant::Cvae, 1));
        const auto images = torch::rand({2, 784});
        const auto other = torch::where(network->seen, images, torch::rand({2, 784}));
        const auto guess = network->guess(images);
        QVERIFY(torch::equal(guess, network->guess(other)));
        QVERIFY(torch::equal(network->priorOf(images, guess).mean, network->priorOf(other, guess).mean));
        QVERIFY(!torch::equal(network->recognitionOf(images).mean, network->recognitionOf(other).mean));
    }

    void seeingNothingThePriorIsStandard() {
        auto network = makeCompletionNet(tinyCompletionOptions(CompletionVariant::Cvae, 0));
        const auto prior = network->priorOf(torch::rand({2, 784}), {});
        QCOMPARE(prior.mean.abs().sum().item<double>() + prior.logVariance.abs().sum().item<double>(), 0.0);
        QVERIFY(!network->guess(torch::rand({2, 784})).defined());
    }

    void onlyHiddenPixelsCount() {
        const auto logits = torch::zeros({2, 784});
        const auto likelihood = hiddenLogLikelihood(logits, torch::rand({1, 784}), seenPixels(3));
        QVERIFY(torch::allclose(likelihood, torch::full({2}, -196 * std::log(2.0), torch::kFloat32)));
    }

    void optionsSurviveTheMetadata() {
        const auto options = tinyCompletionOptions(CompletionVariant::Gsnn, 3);
        const auto read = CompletionNetOptions::fromMetadata(options.toMetadata());
        QVERIFY(read.ok());
        QVERIFY(read->variant == options.variant && read->numQuadrants == 3 && read->latent == 5);
        auto broken = options.toMetadata();
        broken["num_quadrants"] = "4";
        QVERIFY(!CompletionNetOptions::fromMetadata(broken));
        broken["variant"] = "cnn";
        QVERIFY(CompletionNetOptions::fromMetadata(broken).error().message.find("variant") !=
                std::string::npos);
    }

    void aNetworkThatSeesNothingNeedsARecognitionNetwork() {
        QVERIFY(!tinyCompletionOptions(CompletionVariant::Gsnn, 0).validate());
        QVERIFY(!tinyCompletionOptions(CompletionVariant::Nn, 0).validate());
        QVERIFY(tinyCompletionOptions(CompletionVariant::Cvae, 0).validate().ok());
    }
};

VITRINE_TEST(TestCompletionNets)
#include "tst_completion_nets.moc"
