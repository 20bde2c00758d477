// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/torch.h>

#include <QtTest>
#include <functional>

#include "core/nets/fast_chair_generator.h"
#include "tests/core/nets/tiny_chair_generator.h"
#include "tests/support/bfloat16.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using namespace vitrine::test;
using torch::Tensor;

namespace {

using Change = std::function<Tensor(const Tensor&)>;

/// The modules one after the other, with the activations of one layer changed on the way.
class ChangedModule {
public:
    ChangedModule(ChairGeneratorImpl& network, const ChairLayer& layer, Change change)
        : m_network(network), m_layer(layer), m_change(std::move(change)) {}

    ChairImages forward(const ChairInputs& inputs) {
        Tensor joint = torch::cat({branch(*m_network.style, ChairSubnet::Style, inputs.style),
                                   branch(*m_network.view, ChairSubnet::View, inputs.view),
                                   branch(*m_network.theta, ChairSubnet::Theta, inputs.theta)},
                                  1);
        joint = passed(ChairSubnet::Joint, 3, activated(m_network.fc_3->forward(joint)));
        joint = passed(ChairSubnet::Joint, 4, activated(m_network.fc_4->forward(joint)));
        const Tensor rgb = stream(*m_network.rgb_stream, ChairSubnet::Rgb, joint);
        if (m_network.mask_stream) return {rgb, stream(*m_network.mask_stream, ChairSubnet::Mask, joint)};
        return {rgb.slice(1, 0, 3), rgb.slice(1, 3)};
    }

private:
    Tensor activated(const Tensor& sum) const { return at::leaky_relu(sum, m_network.options.leakySlope); }
    Tensor passed(ChairSubnet subnet, int depth, const Tensor& activations) const {
        return subnet == m_layer.subnet && depth == m_layer.depth ? m_change(activations) : activations;
    }
    Tensor branch(InputBranchImpl& branch, ChairSubnet subnet, const Tensor& input) const {
        const Tensor first = passed(subnet, 1, activated(branch.fc_1->forward(input)));
        return passed(subnet, 2, activated(branch.fc_2->forward(first)));
    }
    Tensor stream(PaintStreamImpl& stream, ChairSubnet subnet, const Tensor& joint) const {
        int depth = 5;
        Tensor maps = activated(stream.fc_5->forward(joint)).view({joint.size(0), stream.fc5Maps, 8, 8});
        maps = passed(subnet, depth, maps);
        for (auto& layer : stream.uconv) maps = passed(subnet, ++depth, activated(layer->forward(maps)));
        return passed(subnet, ++depth, stream.output->forward(maps));
    }

    ChairGeneratorImpl& m_network;
    const ChairLayer& m_layer;
    Change m_change;
};

Tensor picture(const ChairImages& images) {
    return torch::cat({images.rgb, images.mask}, 1);
}

void everyLayer() {
    QTest::addColumn<bool>("twoStreams");
    QTest::addColumn<int>("layerIndex");
    for (const bool twoStreams : {false, true}) {
        const auto layers = chairLayers(tinyChairGenerator(twoStreams, twoStreams ? 0 : 0.2)->options);
        for (int i = 0; i < int(layers.size()); ++i)
            QTest::addRow("%s of %s stream", layers[std::size_t(i)].name.c_str(), twoStreams ? "two" : "one")
                << twoStreams << i;
    }
}

}  // namespace

class TestPartialForward : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesTheLayersAsThePaperDoes();
    void continuesWithTheSameBits_data() { everyLayer(); }
    void continuesWithTheSameBits();
    void changedLayerEqualsTheModule_data() { everyLayer(); }
    void changedLayerEqualsTheModule();
    void boostedLayerEqualsTheModule_data() { everyLayer(); }
    void boostedLayerEqualsTheModule();
    void boostsOfTwoLayersBothCount();
    void onePartialForwardServesManyPictures_data() { everyLayer(); }
    void onePartialForwardServesManyPictures();
    void refusesALayerOfAnotherNetwork();
};

void TestPartialForward::namesTheLayersAsThePaperDoes() {
    const auto paper = ChairGeneratorOptions::fromPreset("paper-128", 843);
    QVERIFY(paper.ok());
    QStringList names;
    for (const ChairLayer& layer : chairLayers(*paper))
        names << QStringLiteral("%1:%2x%3")
                     .arg(QString::fromStdString(layer.name))
                     .arg(layer.numUnits)
                     .arg(layer.side);
    QCOMPARE(names.join(QLatin1Char(' ')),
             QStringLiteral("FC-1 style:512x1 FC-1 view:512x1 FC-1 theta:512x1 FC-2 style:512x1 "
                            "FC-2 view:512x1 FC-2 theta:512x1 FC-3:1024x1 FC-4:1024x1 "
                            "FC-5:256x8 uconv-1:256x16 uconv-2:92x32 uconv-3:92x64 output:3x128 "
                            "FC-5 mask:128x8 uconv-1 mask:92x16 uconv-2 mask:32x32 uconv-3 mask:32x64 "
                            "output mask:1x128"));
}

void TestPartialForward::continuesWithTheSameBits() {
    QFETCH(bool, twoStreams);
    QFETCH(int, layerIndex);
    ChairGenerator network = tinyChairGenerator(twoStreams, twoStreams ? 0 : 0.2);
    const ChairInputs inputs = someChairInputs(network, 3);
    const ChairLayer layer = chairLayers(network->options)[std::size_t(layerIndex)];
    for (const auto type : {torch::kFloat32, torch::kBFloat16}) {
        if (type == torch::kBFloat16 && !test::cpuComputesBFloat16()) continue;
        const FastChairGenerator fast(*network, type);
        const PartialForward partial = fast.forwardUpTo(layer, inputs.style, inputs.view, inputs.theta);
        QCOMPARE(partial.activations.size(1), std::int64_t(layer.numUnits));
        QCOMPARE(partial.activations.numel(), std::int64_t(3) * layer.numUnits * layer.side * layer.side);
        const ChairImages whole = fast.forward(inputs.style, inputs.view, inputs.theta);
        QVERIFY(torch::equal(picture(fast.forwardFrom(layer, partial)), picture(whole)));
    }
}

void TestPartialForward::changedLayerEqualsTheModule() {
    QFETCH(bool, twoStreams);
    QFETCH(int, layerIndex);
    const torch::NoGradGuard noGrad;
    ChairGenerator network = tinyChairGenerator(twoStreams, twoStreams ? 0 : 0.2);
    const ChairInputs inputs = someChairInputs(network, 2);
    const ChairLayer layer = chairLayers(network->options)[std::size_t(layerIndex)];
    const std::int64_t unit = layer.numUnits - 1;
    const Change force = [unit](const Tensor& activations) {
        Tensor forced = torch::zeros_like(activations);
        forced.select(1, unit).fill_(3);
        return forced;
    };
    const Tensor expected = picture(ChangedModule(*network, layer, force).forward(inputs));
    const Tensor unchanged = picture(network->forward(inputs.style, inputs.view, inputs.theta));

    const FastChairGenerator fast(*network, torch::kFloat32);
    PartialForward partial = fast.forwardUpTo(layer, inputs.style, inputs.view, inputs.theta);
    partial.activations = force(partial.activations);
    const double error = largestError(picture(fast.forwardFrom(layer, partial)), expected);
    QVERIFY2(error < 1e-5, qPrintable(QString::number(error)));
    QVERIFY(largestError(unchanged, expected) > 1e-3);
}

void TestPartialForward::boostedLayerEqualsTheModule() {
    QFETCH(bool, twoStreams);
    QFETCH(int, layerIndex);
    const torch::NoGradGuard noGrad;
    ChairGenerator network = tinyChairGenerator(twoStreams, twoStreams ? 0 : 0.2);
    const ChairInputs inputs = someChairInputs(network, 2);
    const ChairLayer layer = chairLayers(network->options)[std::size_t(layerIndex)];
    Tensor added = torch::zeros({2, layer.numUnits});
    added[0][layer.numUnits - 1] = 3;
    const Change add = [&](const Tensor& activations) {
        return activations + (layer.isMap() ? added.unsqueeze(2).unsqueeze(3) : added);
    };
    const Tensor expected = picture(ChangedModule(*network, layer, add).forward(inputs));
    const FastChairGenerator fast(*network, torch::kFloat32);
    const std::vector<LayerBoost> boosts{{layer, added}};
    const Tensor boosted = picture(fast.forwardBoosted(inputs.style, inputs.view, inputs.theta, boosts));
    const Tensor plain = picture(fast.forward(inputs.style, inputs.view, inputs.theta));
    QVERIFY(largestError(boosted, expected) < 1e-5);
    QVERIFY(largestError(boosted[0], plain[0]) > 1e-3);
    QVERIFY(largestError(boosted[1], plain[1]) < 1e-5);
}

void TestPartialForward::boostsOfTwoLayersBothCount() {
    ChairGenerator network = tinyChairGenerator(false, 0.2);
    const ChairInputs inputs = someChairInputs(network, 1);
    const FastChairGenerator fast(*network, torch::kFloat32);
    const auto layers = chairLayers(network->options);
    const auto boostOf = [&](std::size_t i) {
        return LayerBoost{layers[i], torch::ones({1, layers[i].numUnits})};
    };
    const auto painted = [&](const std::vector<LayerBoost>& boosts) {
        return picture(fast.forwardBoosted(inputs.style, inputs.view, inputs.theta, boosts));
    };
    const Tensor both = painted({boostOf(7), boostOf(8)});
    QVERIFY(torch::equal(both, painted({boostOf(8), boostOf(7)})));
    for (const std::size_t alone : {7, 8}) QVERIFY(largestError(both, painted({boostOf(alone)})) > 1e-3);
}

void TestPartialForward::onePartialForwardServesManyPictures() {
    QFETCH(bool, twoStreams);
    QFETCH(int, layerIndex);
    ChairGenerator network = tinyChairGenerator(twoStreams, twoStreams ? 0 : 0.2);
    const ChairInputs inputs = someChairInputs(network, 1);
    const ChairLayer layer = chairLayers(network->options)[std::size_t(layerIndex)];
    const FastChairGenerator fast(*network, torch::kFloat32);
    const PartialForward partial = fast.forwardUpTo(layer, inputs.style, inputs.view, inputs.theta);
    PartialForward many = partial;
    many.activations = torch::cat({partial.activations, partial.activations + 1});
    const Tensor pictures = picture(fast.forwardFrom(layer, many));
    QCOMPARE(pictures.size(0), std::int64_t(2));
    const Tensor alone = picture(fast.forwardFrom(layer, partial));
    QVERIFY(largestError(pictures.slice(0, 0, 1), alone) < 1e-5);
    QVERIFY(largestError(pictures.slice(0, 1, 2), alone) > 1e-3);
}

void TestPartialForward::refusesALayerOfAnotherNetwork() {
    ChairGenerator oneStream = tinyChairGenerator(false, 0.2);
    const FastChairGenerator fast(*oneStream, torch::kFloat32);
    const ChairInputs inputs = someChairInputs(oneStream, 1);
    const ChairLayer maskLayer = chairLayers(tinyChairGenerator(true, 0)->options).back();
    QVERIFY_EXCEPTION_THROWN(fast.forwardUpTo(maskLayer, inputs.style, inputs.view, inputs.theta),
                             c10::Error);
}

VITRINE_TEST(TestPartialForward)
#include "tst_partial_forward.moc"
