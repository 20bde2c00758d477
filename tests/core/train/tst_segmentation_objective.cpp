// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/train/segmentation_objective.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

SegmentationNet makeNetwork(SegmentationVariant variant, bool multiScale = false) {
    SegmentationNetOptions options;
    options.variant = variant;
    options.numClasses = 3;
    options.width = 0.1;
    options.multiScale = multiScale;
    SegmentationNet network(options);
    network->initialise(at::make_generator<at::CPUGeneratorImpl>(1));
    return network;
}

SegmentationBatchTensors makeBatch(SegmentationNetImpl& network) {
    torch::manual_seed(3);
    SegmentationBatchTensors batch;
    batch.image = torch::rand({2, 3, 32, 32});
    batch.labels = torch::randint(3, {2, 32, 32});
    batch.recognitionNoise = torch::randn(network.latentShape(batch.image));
    batch.priorNoise = torch::randn(network.latentShape(batch.image));
    return batch;
}

double part(const LossTerms& loss, const std::string& name) {
    for (const auto& [key, value] : loss.parts)
        if (key == name) return value.item<double>();
    return std::numeric_limits<double>::quiet_NaN();
}

bool near(double a, double b) {
    return std::abs(a - b) < 1e-4 * std::max(1.0, std::abs(b));
}

}  // namespace

class TestSegmentationObjective : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void crossEntropyIsSummedOverAnImage() {
        const auto logits = torch::zeros({2, 4, 8, 8});
        const auto sums = labelCrossEntropy(logits, torch::zeros({2, 8, 8}, torch::kInt64));
        QVERIFY(torch::allclose(sums, torch::full({2}, 64 * std::log(4.0), torch::kFloat32)));
    }

    void unknownPixelsCostNothing() {
        auto labels = torch::zeros({1, 4, 4}, torch::kInt64);
        labels[0][0].fill_(255);
        const auto logits = torch::randn({1, 3, 4, 4});
        auto changed = logits.clone();
        changed.select(2, 0).normal_();
        QVERIFY(torch::allclose(labelCrossEntropy(logits, labels), labelCrossEntropy(changed, labels)));
        QVERIFY(torch::allclose(softCrossEntropy(logits, oneHotLabels(labels, 3)),
                                labelCrossEntropy(logits, labels)));
    }

    void coarseTargetsShareAMixedCell() {
        // Left cell: classes 0 and 2; right cell: class 1 alone, half of it unknown.
        const auto labels = torch::tensor({{{0, 2, 1, 255}, {0, 0, 1, 255}}});
        const auto coarse = coarseTarget(oneHotLabels(labels, 3), 2);
        const auto expected = torch::tensor({{{{0.5f, 0.f}}, {{0.f, 1.f}}, {{0.5f, 0.f}}}});
        QVERIFY(torch::equal(coarse, expected));
        const auto unknown = coarseTarget(oneHotLabels(torch::full({1, 2, 2}, std::int64_t(255)), 3), 2);
        QCOMPARE(unknown.sum().item<double>(), 0.0);
    }

    void theHybridIsTheMixtureItSays() {
        auto network = makeNetwork(SegmentationVariant::Hybrid);
        const auto batch = makeBatch(*network);
        const auto loss = segmentationLoss(*network, batch, {0.3, 0.5, 0});
        const double expected =
            0.3 * (0.5 * part(loss, "kl") + part(loss, "ceRecognition")) + 0.7 * part(loss, "cePrior");
        QVERIFY(near(loss.total.item<double>(), expected));
        QVERIFY(part(loss, "kl") > 0);
    }

    void eachVariantHasItsTerms_data() {
        QTest::addColumn<int>("variant");
        QTest::addColumn<bool>("kl");
        QTest::addColumn<bool>("prior");
        const auto row = [](const char* name, SegmentationVariant variant, bool kl, bool prior) {
            QTest::newRow(name) << int(variant) << kl << prior;
        };
        row("cnn", SegmentationVariant::Cnn, false, true);
        row("gdnn", SegmentationVariant::Gdnn, false, true);
        row("gsnn", SegmentationVariant::Gsnn, false, true);
        row("cvae", SegmentationVariant::Cvae, true, false);
        row("hybrid", SegmentationVariant::Hybrid, true, true);
    }
    void eachVariantHasItsTerms() {
        QFETCH(int, variant);
        QFETCH(bool, kl);
        QFETCH(bool, prior);
        auto network = makeNetwork(SegmentationVariant(variant), true);
        const auto loss = segmentationLoss(*network, makeBatch(*network), {});
        QCOMPARE(std::isfinite(part(loss, "kl")), kl);
        QCOMPARE(std::isfinite(part(loss, "ceRecognition")), kl);
        QCOMPARE(std::isfinite(part(loss, "cePrior")), prior);
        QVERIFY(std::isfinite(part(loss, "ceScales")));
        loss.total.backward();
        for (const auto& parameter : network->named_parameters())
            QVERIFY2(parameter.value().grad().defined(), parameter.key().c_str());
    }

    void noiseMattersToTheGsnnAndNotToTheGdnn() {
        for (const auto variant : {SegmentationVariant::Gsnn, SegmentationVariant::Gdnn}) {
            auto network = makeNetwork(variant);
            auto batch = makeBatch(*network);
            const double one = segmentationLoss(*network, batch, {}).total.item<double>();
            batch.priorNoise = -batch.priorNoise;
            const double other = segmentationLoss(*network, batch, {}).total.item<double>();
            QCOMPARE(one == other, variant == SegmentationVariant::Gdnn);
        }
    }

    void freeBitsAreTheLeastThatAChannelCosts() {
        auto network = makeNetwork(SegmentationVariant::Cvae);
        const auto batch = makeBatch(*network);
        const auto loss = segmentationLoss(*network, batch, {0.5, 1, 1000});
        QVERIFY(near(part(loss, "kl"), 1000.0 * double(network->options.latentMaps())));
        const auto channels = torch::tensor({{0.0f, 0.09f, 0.2f}, {0.0f, 0.09f, 0.2f}});
        QCOMPARE(numActiveChannels(channels), 1.0);
    }

    void thePriorIsConditionedOnLabelsAndTheRecognitionIsNot() {
        auto network = makeNetwork(SegmentationVariant::Cvae);
        auto batch = makeBatch(*network);
        const auto lossWith = [&](const torch::Tensor& observed) {
            batch.observed = observed;
            return segmentationLoss(*network, batch, {});
        };
        const auto none = torch::zeros({2, 32, 32}, torch::kBool),
                   all = torch::ones({2, 32, 32}, torch::kBool);
        const auto without = lossWith({}), nothing = lossWith(none), everything = lossWith(all);
        QVERIFY(near(part(nothing, "kl"), part(without, "kl")));
        QVERIFY(!near(part(everything, "kl"), part(without, "kl")));
        QVERIFY(near(part(everything, "ceRecognition"), part(without, "ceRecognition")));
    }

    void theHybridsPriorTermSeesNoLabels() {
        auto network = makeNetwork(SegmentationVariant::Hybrid);
        auto batch = makeBatch(*network);
        const auto without = segmentationLoss(*network, batch, {});
        batch.observed = torch::ones({2, 32, 32}, torch::kBool);
        const auto with = segmentationLoss(*network, batch, {});
        QVERIFY(near(part(with, "cePrior"), part(without, "cePrior")));
        QVERIFY(!near(part(with, "kl"), part(without, "kl")));
    }

    void theLossFallsOnAToy() {
        auto network = makeNetwork(SegmentationVariant::Hybrid, true);
        auto batch = makeBatch(*network);
        batch.labels = (batch.image.select(1, 0) > 0.5).to(torch::kInt64);
        torch::optim::Adam adam(network->parameters(), torch::optim::AdamOptions(3e-3));
        double first = 0, last = 0;
        for (int step = 0; step < 30; ++step) {
            adam.zero_grad();
            const auto loss = segmentationLoss(*network, batch, {});
            loss.total.backward();
            adam.step();
            (step == 0 ? first : last) = loss.total.item<double>();
        }
        QVERIFY2(last < 0.9 * first, (std::to_string(first) + " -> " + std::to_string(last)).c_str());
    }
};

VITRINE_TEST(TestSegmentationObjective)
#include "tst_segmentation_objective.moc"
