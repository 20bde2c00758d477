// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/nets/token_predictor.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

TokenPredictorOptions tinyPredictorOptions() {
    TokenPredictorOptions options;
    options.numClasses = 3;
    options.imageSize = 32;
    options.levels = {4, 3};
    options.labelMaps = {4, 6};
    options.imageMaps = {4, 4, 6, 8};
    options.priorMaps = {4, 6, 12}, options.priorLayers = 2, options.priorHeads = 3;
    return options;
}

torch::Generator seeded(std::uint64_t seed) {
    return at::make_generator<at::CPUGeneratorImpl>(seed);
}

TokenPredictor tinyPredictor() {
    TokenPredictor network(tinyPredictorOptions());
    network->initialise(seeded(1));
    network->eval();
    return network;
}

PictureEvidence evidence(std::int64_t count) {
    return {torch::rand({count, 3, 32, 32}),
            (torch::rand({count, 1, 32, 32}) > 0.3).to(torch::kFloat32),
            torch::zeros({count, 3, 32, 32})};
}

}  // namespace

class TestTokenPredictor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { torch::manual_seed(5); }

    void everyTokenIsAVectorOfLevels() {
        for (const std::vector<std::int64_t>& levels : {std::vector<std::int64_t>{8, 5, 5, 5}, {4, 3}, {2}}) {
            const FiniteScalarQuantiser quantiser(levels);
            std::int64_t numCodes = 1;
            for (const auto level : levels) numCodes *= level;
            const auto tokens = torch::arange(numCodes).view({1, 1, numCodes});
            const auto vectors = quantiser.vectorsOf(tokens);
            QVERIFY(vectors.min().item<double>() >= -1 && vectors.max().item<double>() <= 1);
            QVERIFY(quantiser.tokensOf(vectors).equal(tokens));
            QCOMPARE(std::get<0>(at::unique_dim(vectors.view({vectors.size(1), numCodes}), 1)).size(1),
                     numCodes);
        }
    }

    void quantisingReachesAllLevelsAndPassesTheGradient() {
        const FiniteScalarQuantiser quantiser({8, 5, 5, 5});
        const auto vectors = (4 * torch::randn({50, 4, 8, 8})).requires_grad_(true);
        const auto quantised = quantiser.quantise(vectors);
        QVERIFY(quantiser.vectorsOf(quantiser.tokensOf(quantised)).allclose(quantised.detach(), 1e-5, 1e-6));
        for (std::int64_t c = 0; c < 4; ++c)
            QCOMPARE(std::get<0>(at::_unique(quantised.detach().select(1, c).mul(8).round())).numel(),
                     c == 0 ? 8 : 5);
        quantised.sum().backward();
        QVERIFY((vectors.grad() > 0).any().item<bool>());
    }

    void shapesAndInputs() {
        auto network = tinyPredictor();
        const torch::NoGradGuard noGrad;
        const auto reading = network->picture->forward(evidence(2));
        QCOMPARE(reading.features.sizes().vec(), (std::vector<std::int64_t>{2, 4, 8, 8}));
        QCOMPARE(reading.guess.sizes().vec(), (std::vector<std::int64_t>{2, 3, 32, 32}));
        const auto labels =
            torch::one_hot(torch::randint(3, {2, 32, 32}), 3).permute({0, 3, 1, 2}).to(torch::kFloat32);
        const auto tokens = network->tokensOf(labels);
        QCOMPARE(tokens.sizes().vec(), (std::vector<std::int64_t>{2, 8, 8}));
        const auto hidden = torch::zeros({2, 1, 32, 32});
        const auto logits = network->logitsOf(tokens, reading, hidden);
        QVERIFY(
            logits.allclose(network->generation->forward(network->recognition->forward(labels)), 1e-4, 1e-5));
        QVERIFY(!network->logitsOf(tokens, reading, hidden + 1).allclose(logits));
    }

    void thePriorSeesPictureAndDrawnTokens() {
        auto network = tinyPredictor();
        const torch::NoGradGuard noGrad;
        const auto features = network->picture->forward(evidence(1)).features;
        auto tokens = torch::full({1, 8, 8}, tinyPredictorOptions().numCodes(), torch::kInt64);
        const auto first = network->prior->forward(features, tokens);
        QCOMPARE(first.sizes().vec(), (std::vector<std::int64_t>{1, 64, 12}));
        tokens[0][2][1] = 7;
        QVERIFY(!network->prior->forward(features, tokens)[0][0].allclose(first[0][0], 1e-6, 1e-8));
        QVERIFY(!network->prior->forward(features + 1, tokens)[0][0].allclose(first[0][0], 1e-6, 1e-8));
    }

    void samplesAreWholeAndFollowTheSeed() {
        auto network = tinyPredictor();
        const torch::NoGradGuard noGrad;
        const auto features = network->picture->forward(evidence(3)).features;
        for (const int steps : {1, 5, 16, 40}) {
            const auto sampled = [&](std::int64_t first, std::int64_t count, std::uint64_t seed) {
                return network->sampleTokens(
                    features.narrow(0, 0, count), tokenNoise(first, count, 64, seed), steps, 1);
            };
            const auto tokens = sampled(0, 3, 3);
            QVERIFY((tokens < tinyPredictorOptions().numCodes()).all().item<bool>());
            QVERIFY(tokens.equal(sampled(0, 3, 3)));
            QVERIFY(!tokens.equal(sampled(0, 3, 4)));
            QVERIFY(tokens[0].equal(sampled(0, 1, 3)[0]));  // however many are drawn together
        }
    }

    void atNoTemperatureOneStepGivesTheLikeliestTokens() {
        auto network = tinyPredictor();
        const torch::NoGradGuard noGrad;
        const auto features = network->picture->forward(evidence(2)).features;
        const auto masked = torch::full({2, 8, 8}, tinyPredictorOptions().numCodes(), torch::kInt64);
        const auto likeliest = network->prior->forward(features, masked).argmax(-1).view({2, 8, 8});
        QVERIFY(network->sampleTokens(features, tokenNoise(0, 2, 64, 1), 1, 0).equal(likeliest));
    }

    void tokensAreAsLikelyAsTheyAreDrawn() {
        auto network = tinyPredictor();
        const torch::NoGradGuard noGrad;
        const auto features = network->picture->forward(evidence(4)).features;
        const auto noise = tokenNoise(0, 4, 64, 1);
        const auto given = torch::randint(tinyPredictorOptions().numCodes(), {4, 8, 8});
        const auto masked = torch::full({4, 8, 8}, tinyPredictorOptions().numCodes(), torch::kInt64);
        const auto atOnce = network->prior->forward(features, masked)
                                .log_softmax(-1)
                                .gather(-1, given.flatten(1).unsqueeze(-1))
                                .sum({1, 2});
        QVERIFY(network->logProbability(features, noise.order, 1, given)
                    .allclose(atOnce.to(torch::kFloat64), 1e-4));
        // What it draws is likelier to it than anything at all.
        const auto drawn = network->sampleTokens(features, noise, 6, 1);
        const auto ofDrawn = network->logProbability(features, noise.order, 6, drawn),
                   ofGiven = network->logProbability(features, noise.order, 6, given);
        QVERIFY(ofDrawn.mean().item<double>() > ofGiven.mean().item<double>());
        QVERIFY((ofDrawn < 0).all().item<bool>());
    }

    void theNumberOfParametersIsKnownBeforehand() {
        for (const TokenPredictorOptions& options : {tinyPredictorOptions(), TokenPredictorOptions{}}) {
            std::int64_t count = 0;
            for (const auto& parameter : TokenPredictor(options)->parameters()) count += parameter.numel();
            QCOMPARE(options.numParameters(), count);
        }
    }

    void metadataComesBack() {
        const auto options = TokenPredictorOptions::fromMetadata(tinyPredictorOptions().toMetadata()).value();
        QCOMPARE(options.toMetadata(), tinyPredictorOptions().toMetadata());
        auto metadata = tinyPredictorOptions().toMetadata();
        metadata["prior_heads"] = "5";  // does not divide the width
        QCOMPARE(TokenPredictorOptions::fromMetadata(metadata).error().code, ErrorCode::BadFormat);
        metadata["architecture"] = "chair-generator";
        QCOMPARE(TokenPredictorOptions::fromMetadata(metadata).error().code, ErrorCode::Unsupported);
    }
};

VITRINE_TEST(TestTokenPredictor)
#include "tst_token_predictor.moc"
