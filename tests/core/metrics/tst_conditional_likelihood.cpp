// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <numbers>

#include "core/metrics/conditional_likelihood.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

constexpr double kPriorVariance = 2, kNoiseVariance = 0.1, kAnswer = 1.7;

/// z ~ N(0, 2), y = z + N(0, 0.1): likelihood and posterior are known.
LatentLikelihood linearGaussian(double proposalScale = 1) {
    const auto one = [](double value) { return torch::full({1, 1}, value, torch::kFloat32); };
    const double gain = kPriorVariance / (kPriorVariance + kNoiseVariance);
    LatentLikelihood model;
    model.prior = {one(0), one(std::log(kPriorVariance))};
    model.proposal = {one(gain * kAnswer), one(std::log(proposalScale * gain * kNoiseVariance))};
    model.logLikelihood = [](const torch::Tensor& z) {
        return -0.5 *
               (std::log(2 * std::numbers::pi * kNoiseVariance) + (kAnswer - z).square() / kNoiseVariance)
                   .sum(1);
    };
    return model;
}

double trueLogLikelihood() {
    const double variance = kPriorVariance + kNoiseVariance;
    return -0.5 * (std::log(2 * std::numbers::pi * variance) + kAnswer * kAnswer / variance);
}

torch::Generator generator(std::uint64_t seed = 1) {
    return at::make_generator<at::CPUGeneratorImpl>(seed);
}

double estimate(const LatentLikelihood& model,
                LikelihoodEstimator estimator,
                std::int64_t count,
                std::uint64_t seed = 1) {
    return likelihoodCurve(logWeights(model, estimator, count, generator(seed)), std::vector{count}).front();
}

/// Mean absolute error over repeated runs.
double errorOf(const LatentLikelihood& model, LikelihoodEstimator estimator, std::int64_t count) {
    double sum = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed)
        sum += std::abs(estimate(model, estimator, count, seed) - trueLogLikelihood());
    return sum / 30;
}

}  // namespace

class TestConditionalLikelihood : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theExactPosteriorNeedsOneSample() {
        QVERIFY(std::abs(estimate(linearGaussian(), LikelihoodEstimator::ImportanceSampling, 1) -
                         trueLogLikelihood()) < 1e-4);
    }

    void manySamplesReachTheTruth() {
        const auto model = linearGaussian(3);
        QVERIFY(std::abs(estimate(model, LikelihoodEstimator::MonteCarlo, 20000) - trueLogLikelihood()) <
                0.05);
        QVERIFY(std::abs(estimate(model, LikelihoodEstimator::ImportanceSampling, 20000) -
                         trueLogLikelihood()) < 0.01);
    }

    void importanceSamplingIsTighterAtEqualSamples() {
        const auto model = linearGaussian(3);
        QVERIFY(errorOf(model, LikelihoodEstimator::ImportanceSampling, 20) <
                0.5 * errorOf(model, LikelihoodEstimator::MonteCarlo, 20));
    }

    void importanceSamplingFromThePriorIsMonteCarlo() {
        auto model = linearGaussian();
        model.proposal = model.prior;
        const auto plain = logWeights(model, LikelihoodEstimator::MonteCarlo, 40, generator());
        const auto weighted = logWeights(model, LikelihoodEstimator::ImportanceSampling, 40, generator());
        for (std::size_t i = 0; i < plain.size(); ++i) QCOMPARE(weighted[i], plain[i]);
    }

    void theCurveIsThatOfShorterRuns() {
        const auto model = linearGaussian();
        const std::vector<std::int64_t> counts = {1, 10, 60};
        const auto curve =
            likelihoodCurve(logWeights(model, LikelihoodEstimator::MonteCarlo, 60, generator()), counts);
        for (std::size_t i = 0; i < counts.size(); ++i)
            QVERIFY(std::abs(curve[i] - estimate(model, LikelihoodEstimator::MonteCarlo, counts[i])) < 1e-9);
    }

    void hugeWeightsDoNotOverflow() {
        const std::vector<double> weights = {-12000.0, -12001.0};
        const auto curve = likelihoodCurve(weights, std::vector<std::int64_t>{2});
        QVERIFY(std::abs(curve[0] - (-12000 + std::log((1 + std::exp(-1)) / 2))) < 1e-9);
    }

    void theLowerBoundIsBelowTheLikelihoodAndTightAtThePosterior() {
        QVERIFY(std::abs(evidenceLowerBound(linearGaussian(), 1000, generator()) - trueLogLikelihood()) <
                0.1);
        QVERIFY(evidenceLowerBound(linearGaussian(5), 1000, generator()) < trueLogLikelihood() - 0.5);
    }

    void klOfTheSameGaussianIsZero() {
        const LatentGaussian q{torch::randn({2, 3, 4, 4}), torch::randn({2, 3, 4, 4})};
        QCOMPARE(klPerChannel(q, q).abs().max().item<double>(), 0.0);
    }

    void klIsTheClosedForm() {
        const LatentGaussian q{torch::full({1, 2, 2}, 1.f), torch::full({1, 2, 2}, std::log(4.f))};
        const LatentGaussian p{torch::zeros({1, 2, 2}), torch::zeros({1, 2, 2})};
        const auto kl = klPerChannel(q, p);  // two places a channel
        QVERIFY(torch::allclose(
            kl, torch::full({1, 2}, 2 * 0.5 * (4.0 + 1 - 1 - std::log(4.0)), torch::kFloat32)));
    }

    void labelLikelihoodsAreClampedAndSkipTheUnknown() {
        auto logits = torch::zeros({1, 2, 1, 3});
        logits[0][0][0][2] = 1000;
        const auto labels = torch::tensor({{{0, 255, 1}}});
        const double expected = std::log(0.5) + std::log(1e-7);
        QVERIFY(std::abs(labelLogLikelihood(logits, labels).item<double>() - expected) < 1e-4);
    }

    void aPredictorsBoundIsBelowItsImportanceSampledLikelihood() {
        SegmentationNetOptions options;
        options.width = 0.1;
        SegmentationNet network(options);
        network->initialise(generator(3));
        torch::manual_seed(1);
        const auto image = torch::rand({1, 3, 32, 32});
        const auto labels = torch::randint(2, {1, 32, 32});
        const FastSegmentationNet fast(network);
        const auto model = likelihoodOf(fast, fast.condition(image), labels);
        const double bound = evidenceLowerBound(model, 200, generator());
        QVERIFY(bound < estimate(model, LikelihoodEstimator::ImportanceSampling, 200));
        const auto summary = summarise(std::vector<double>{-2.0, -4.0});
        QCOMPARE(summary.mean, -3.0);
        QCOMPARE(summary.standardDeviation, 1.0);
    }
};

VITRINE_TEST(TestConditionalLikelihood)
#include "tst_conditional_likelihood.moc"
