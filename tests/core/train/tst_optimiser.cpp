// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/train/optimiser.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

NamedParameters oneParameter(const torch::Tensor& parameter) {
    NamedParameters named;
    named.insert("w", parameter);
    return named;
}

void setGradient(torch::Tensor& parameter, int step) {
    parameter.mutable_grad() = torch::sin(parameter.detach() * (step + 1)) + 0.1;
}

}  // namespace

class TestOptimiser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fusedAdamIsAdam() {
        auto ours = torch::linspace(-1, 1, 33).requires_grad_(true),
             reference = ours.detach().clone().requires_grad_(true);
        const auto adam = makeAdam(oneParameter(ours), {0.9, 0.99, 1e-8, 0});
        torch::optim::Adam expected({reference},
                                    torch::optim::AdamOptions(0.01).betas({0.9, 0.99}).eps(1e-8));
        for (int step = 0; step < 20; ++step) {
            setGradient(ours, step);
            setGradient(reference, step);
            adam->step(0.01);
            expected.step();
        }
        QVERIFY(torch::allclose(ours, reference, 1e-5, 1e-6));
    }

    void parametersOfAnotherRateLearnAsByThatRate() {
        TrainSettings settings;
        const auto stepsOf = [&](double rate, const RateOf& rateOf) {
            auto parameter = torch::linspace(-1, 1, 9).requires_grad_(true),
                 other = torch::linspace(0, 1, 5).requires_grad_(true);
            NamedParameters named = oneParameter(parameter);
            named.insert("other", other);
            const auto adam = makeOptimiser(named, settings, rateOf);
            for (int step = 0; step < 5; ++step) {
                setGradient(parameter, step);
                setGradient(other, step);
                adam->step(rate);
            }
            return std::pair(parameter.detach().clone(), other.detach().clone());
        };
        const auto grouped = stepsOf(0.01, [](const std::string& name) { return name == "w" ? 2.0 : 1.0; });
        QVERIFY(torch::equal(grouped.first, stepsOf(0.02, {}).first));
        QVERIFY(torch::equal(grouped.second, stepsOf(0.01, {}).second));
    }

    void momentumSgdIsSgd() {
        auto ours = torch::linspace(-1, 1, 33).requires_grad_(true),
             reference = ours.detach().clone().requires_grad_(true);
        const auto sgd = makeMomentumSgd(oneParameter(ours), {.momentum = 0.9});
        torch::optim::SGD expected({reference}, torch::optim::SGDOptions(0.01).momentum(0.9));
        for (int step = 0; step < 20; ++step) {
            setGradient(ours, step);
            setGradient(reference, step);
            sgd->step(0.01);
            expected.step();
        }
        QVERIFY(torch::allclose(ours, reference, 1e-5, 1e-6));
    }

    /// Source: papers.md B3; biases of up-convolutions learn at the common rate.
    void biasesOfFullyConnectedLayersLearnAtTheirOwnRate() {
        std::map<std::string, torch::Tensor> common, own;
        for (const double biasRate : {1.0, 2.0}) {
            NamedParameters named;
            for (const char* name : {"fc_3.weight", "rgb_stream.fc_5.bias", "rgb_stream.uconv_1.bias"})
                named.insert(name, torch::ones({4}).requires_grad_(true));
            const auto sgd = makeMomentumSgd(named, {.momentum = 0.9, .biasRate = biasRate});
            for (int step = 0; step < 5; ++step) {
                for (auto& parameter : named) parameter.value().mutable_grad() = torch::full({4}, 0.5 + step);
                sgd->step(0.01);
            }
            for (auto& parameter : named)
                (biasRate == 1 ? common : own)[parameter.key()] = 1 - parameter.value().detach();
        }
        for (const auto& [name, distance] : common) {
            const double factor = name == "rgb_stream.fc_5.bias" ? 2 : 1;
            QVERIFY2(torch::allclose(own[name], distance * factor, 1e-5, 1e-6), name.c_str());
        }
    }

    void averageFollowsAndSwapsBack() {
        auto parameter = torch::zeros({2});
        WeightAverage average(oneParameter(parameter), 0.99);
        parameter.fill_(1);
        for (int step = 1; step <= 4000; ++step) average.update(step);
        average.swap();
        QVERIFY(torch::allclose(parameter, torch::ones({2}), 1e-3, 1e-3));
        parameter.fill_(5);
        average.swap();
        QVERIFY(torch::equal(parameter, torch::ones({2})));
        average.swap();
        QVERIFY(torch::equal(parameter, torch::full({2}, 5.f)));
    }
};

VITRINE_TEST(TestOptimiser)
#include "tst_optimiser.moc"
