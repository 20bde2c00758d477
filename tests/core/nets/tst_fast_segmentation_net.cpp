// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/nets/fast_segmentation_net.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

SegmentationNet makeSegmenter(SegmentationVariant variant, double width = 0.15) {
    SegmentationNetOptions options;
    options.variant = variant;
    options.numClasses = 3;
    options.width = width;
    SegmentationNet network(options);
    network->initialise(at::make_generator<at::CPUGeneratorImpl>(4));
    network->eval();
    return network;
}

torch::Tensor testImage() {
    return torch::rand({1, 3, 32, 48}, at::make_generator<at::CPUGeneratorImpl>(2));
}

}  // namespace

class TestFastSegmentationNet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersAreTheNetworks_data() {
        QTest::addColumn<int>("variant");
        for (const auto& name : segmentationVariantNames())
            QTest::newRow(name.c_str()) << int(*segmentationVariantFromName(name));
    }
    void answersAreTheNetworks() {
        QFETCH(int, variant);
        auto network = makeSegmenter(SegmentationVariant(variant));
        const FastSegmentationNet fast(network);
        const torch::NoGradGuard noGrad;
        const auto condition = fast.condition(testImage());
        QVERIFY(torch::allclose(fast.meanLogits(condition), network->forward(testImage()), 1e-4, 1e-4));
    }

    void samplesAreTheNetworks() {
        auto network = makeSegmenter(SegmentationVariant::Cvae);
        const FastSegmentationNet fast(network);
        const torch::NoGradGuard noGrad;
        const auto condition = fast.condition(testImage());
        const auto noise = fast.noise(condition, 0, 3, 9);
        const auto guess = network->guess(testImage()).logits;
        const auto expected = network->logitsOf(guess.expand({3, -1, -1, -1}),
                                                network->priorOf(testImage(), guess).sample(noise));
        QVERIFY(
            torch::allclose(fast.logits(condition, fast.latents(condition, noise)), expected, 1e-4, 1e-4));
    }

    void aSampleIsAFunctionOfSeedAndNumber() {
        const FastSegmentationNet fast(makeSegmenter(SegmentationVariant::Hybrid));
        const auto condition = fast.condition(testImage());
        const auto all = fast.noise(condition, 0, 25, 7);
        QVERIFY(torch::equal(all.slice(0, 20, 25), fast.noise(condition, 20, 5, 7)));
        QVERIFY(!torch::equal(all, fast.noise(condition, 0, 25, 8)));
        QVERIFY(!torch::equal(all[0], all[1]));
        const auto together = fast.logits(condition, fast.latents(condition, all));
        const auto alone = fast.logits(condition, fast.latents(condition, all.slice(0, 12, 13)));
        QVERIFY(torch::allclose(together.slice(0, 12, 13), alone, 1e-4, 1e-4));
    }

    void withoutNoiseAllSamplesAreTheMean() {
        const FastSegmentationNet fast(makeSegmenter(SegmentationVariant::Gdnn));
        const auto condition = fast.condition(testImage());
        const auto samples = fast.logits(condition, fast.latents(condition, fast.noise(condition, 0, 2, 1)));
        QVERIFY(torch::allclose(samples[0], fast.meanLogits(condition)[0], 1e-4, 1e-4));
    }

    void interpolationEndsAtBothSamplesAndKeepsTheVariance() {
        const auto a = torch::randn({1, 32, 8, 8}), b = torch::randn({1, 32, 8, 8});
        QVERIFY(torch::allclose(interpolateNoise(a, b, 0), a));
        QVERIFY(torch::allclose(interpolateNoise(a, b, 1), b));
        const double variance = interpolateNoise(a, b, 0.5).var().item<double>();
        QVERIFY2(std::abs(variance - 1) < 0.15, std::to_string(variance).c_str());
    }

    void aForcedChannelIsWhereItIsPut() {
        const LatentGaussian prior{torch::randn({1, 4, 2, 2}), torch::full({1, 4, 2, 2}, std::log(4.f))};
        const auto z = torch::randn({3, 4, 2, 2});
        const auto forced = forceChannel(prior, z, 2, -1.5);
        QVERIFY(torch::allclose(forced.select(1, 2), (prior.mean.select(1, 2) - 3).expand({3, -1, -1})));
        QVERIFY(torch::equal(forced.select(1, 1), z.select(1, 1)));
        QVERIFY_THROWS_EXCEPTION(c10::Error, forceChannel(prior, z, 4, 0));
    }

    void completionIsTheSameForTheSameSeed_data() {
        QTest::addColumn<bool>("sampling");
        QTest::newRow("samples") << true;
        QTest::newRow("means") << false;
    }
    void completionIsTheSameForTheSameSeed() {
        QFETCH(bool, sampling);
        const FastSegmentationNet fast(makeSegmenter(SegmentationVariant::Cvae));
        const auto condition = fast.condition(testImage());
        const auto z = fast.latents(condition, fast.noise(condition, 0, 2, 1));
        auto observed = torch::full({32, 48}, std::int64_t(255));
        observed.slice(1, 0, 24).fill_(1);
        const auto run = [&](std::uint64_t seed) {
            return completeLabels(fast, condition, observed, z, {3, sampling, seed});
        };
        QVERIFY(torch::equal(run(1), run(1)));
        QCOMPARE(torch::equal(run(1), run(2)), !sampling);
    }

    void completionSeesWhatIsObservedAndReportsEachSweep() {
        const FastSegmentationNet fast(makeSegmenter(SegmentationVariant::Cvae));
        const auto condition = fast.condition(testImage());
        const auto z = fast.latents(condition, fast.noise(condition, 0, 1, 1));
        std::vector<double> changes;
        const auto completed = [&](std::int64_t label) {
            auto observed = torch::full({32, 48}, std::int64_t(255));
            observed.slice(1, 0, 24).fill_(label);
            return completeLabels(
                fast, condition, observed, z, {4, false, 1}, [&](int, const torch::Tensor&, double changed) {
                    changes.push_back(changed);
                    return true;
                });
        };
        QVERIFY(!torch::equal(completed(0), completed(2)));
        QCOMPARE(changes.size(), std::size_t(8));
        for (const double changed : changes) QVERIFY(changed >= 0 && changed <= 1);
    }

    void thePriorIsToldWhatIsKnown() {
        const FastSegmentationNet fast(makeSegmenter(SegmentationVariant::Cvae));
        const auto condition = fast.condition(testImage());
        const auto known = [](std::int64_t label) {
            return oneHotLabels(torch::full({2, 32, 48}, label, torch::kInt64), 3);
        };
        const auto mean = [&](const torch::Tensor& labels) {
            return fast.priorGiven(condition, labels).mean;
        };
        QVERIFY(torch::allclose(mean(known(255)), condition.prior.mean.expand({2, -1, -1, -1}), 1e-5, 1e-5));
        QVERIFY(!torch::allclose(mean(known(0)), mean(known(1))));
        // Where the labels are known all over, the CNN's guess is not asked.
        auto otherGuess = condition;
        otherGuess.guess = torch::randn_like(condition.guess);
        QVERIFY(torch::equal(fast.priorGiven(otherGuess, known(1)).mean, mean(known(1))));
    }

    void aSampleInPartsIsItsOwn() {
        const FastSegmentationNet fast(makeSegmenter(SegmentationVariant::Cvae));
        const auto condition = fast.condition(testImage());
        const auto noise = fast.noise(condition, 0, 3, 1, 4);
        const auto together = autoregressiveLogits(fast, condition, noise);
        QCOMPARE(together.sizes(), (torch::IntArrayRef{3, 3, 32, 48}));
        QVERIFY(torch::allclose(together.slice(0, 1, 2),
                                autoregressiveLogits(fast, condition, fast.noise(condition, 1, 1, 1, 4)),
                                1e-3,
                                1e-4));
        const auto atOnce = fast.noise(condition, 0, 3, 1);
        QVERIFY(torch::equal(autoregressiveLogits(fast, condition, atOnce),
                             fast.logits(condition, fast.latents(condition, atOnce))));
    }

    void eachPartIsToldOfAndStopsWhenTold() {
        const FastSegmentationNet fast(makeSegmenter(SegmentationVariant::Cvae));
        const auto condition = fast.condition(testImage());
        const auto noise = fast.noise(condition, 0, 2, 1, 5);
        int numDrawn = 0;
        std::vector<int> parts;
        const LatentChange count = [&](const LatentGaussian&, torch::Tensor z) { return ++numDrawn, z; };
        autoregressiveLogits(
            fast, condition, noise, count, [&](int part, const torch::Tensor&, double changed) {
                parts.push_back(part);
                return changed >= 0 && changed <= 1;
            });
        QCOMPARE(numDrawn, 5);
        QCOMPARE(parts, (std::vector{0, 1, 2, 3}));
        autoregressiveLogits(
            fast, condition, noise, count, [](int part, const torch::Tensor&, double) { return part < 1; });
        QCOMPARE(numDrawn, 5 + 3);
    }

    void completionStopsWhenTold() {
        const FastSegmentationNet fast(makeSegmenter(SegmentationVariant::Cvae));
        const auto condition = fast.condition(testImage());
        int numSweeps = 0;
        completeLabels(fast,
                       condition,
                       torch::full({32, 48}, std::int64_t(255)),
                       condition.prior.mean,
                       {20, true, 1},
                       [&](int, const torch::Tensor&, double) { return ++numSweeps < 2; });
        QCOMPARE(numSweeps, 2);
    }
};

VITRINE_TEST(TestFastSegmentationNet)
#include "tst_fast_segmentation_net.moc"
