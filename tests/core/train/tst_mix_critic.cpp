// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/train/mix_critic.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

MixCritic critic(std::int64_t imageSize) {
    MixCritic made(imageSize);
    made->initialise(at::make_generator<at::CPUGeneratorImpl>(1));
    return made;
}

}  // namespace

class TestMixCritic : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { torch::manual_seed(3); }

    void estimatesOneShareAPicture() {
        for (const std::int64_t size : {16, 64, 128}) {
            const auto shares = critic(size)->forward(torch::rand({3, 4, size, size}));
            QCOMPARE(shares.sizes().vec(), (std::vector<std::int64_t>{3}));
            QVERIFY(shares.isfinite().all().item<bool>());
        }
    }

    void eachLossTeachesItsOwnSide() {
        const auto judge = critic(16);
        const auto styles = torch::rand({4, 4, 16, 16}).requires_grad_(true),
                   mixes = torch::rand({2, 4, 16, 16}).requires_grad_(true);
        mixLoss(*judge, mixes).backward();
        QVERIFY(mixes.grad().abs().sum().item<double>() > 0);
        for (const auto& parameter : judge->parameters()) QVERIFY(!parameter.grad().defined());
        mixes.mutable_grad() = torch::Tensor();
        criticLoss(*judge, styles, mixes, torch::tensor({0.2f, 0.5f})).backward();
        QVERIFY(!mixes.grad().defined() && !styles.grad().defined());
        for (const auto& parameter : judge->parameters()) QVERIFY(parameter.grad().defined());
    }

    /// Mixes that are cross-fades of two shapes, beside the shapes: the first are half transparent.
    void learnsToTellCrossFadesFromShapes() {
        const auto judge = critic(16);
        torch::optim::Adam adam(judge->parameters(), torch::optim::AdamOptions(2e-3));
        const auto draw = [] {
            const auto shapes = (torch::rand({16, 4, 4, 4}) > 0.5)
                                    .to(torch::kFloat32)
                                    .repeat_interleave(4, 2)
                                    .repeat_interleave(4, 3);
            const auto shares = torch::rand({8}) / 2;
            return std::tuple(
                shapes,
                torch::lerp(shapes.slice(0, 0, 8), shapes.slice(0, 8), shares.view({8, 1, 1, 1})),
                shares);
        };
        double first = 0, last = 0;
        for (int step = 0; step < 300; ++step) {
            const auto [shapes, mixes, shares] = draw();
            adam.zero_grad();
            const auto loss = criticLoss(*judge, shapes, mixes, shares);
            loss.backward();
            adam.step();
            (step == 0 ? first : last) = loss.item<double>();
        }
        QVERIFY2(last < 0.02 && last < first, std::to_string(last).c_str());
    }
};

VITRINE_TEST(TestMixCritic)
#include "tst_mix_critic.moc"
