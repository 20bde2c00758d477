// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/fast_chair_generator.h"

#include <array>
#include <utility>

#include "core/nets/picture_output.h"

namespace vitrine {
namespace {

using torch::Tensor;

/// FC-5's rows from map-major to pixel-major order, so that its output already lies channels-last.
Tensor pixelMajor(const Tensor& rows, std::int64_t numMaps) {
    auto shape = rows.sizes().vec();
    const std::int64_t rest = rows.numel() / shape[0];
    return rows.reshape({numMaps, kFc5Side * kFc5Side, rest}).transpose(0, 1).reshape(shape);
}

/// The activations of a layer with what is added to it.
Tensor boosted(ChairLimb limb, int depth, Tensor activations, std::span<const LayerBoost> boosts) {
    for (const LayerBoost& boost : boosts) {
        if (boost.layer.limb != limb || boost.layer.depth != depth) continue;
        activations = activations + (activations.dim() == 4 ? boost.added.unsqueeze(2).unsqueeze(3) : boost.added).to(activations);
    }
    return activations;
}

}  // namespace

std::string precisionName(torch::Dtype type) {
    return type == torch::kHalf ? "fp16" : type == torch::kBFloat16 ? "bf16" : "fp32";
}

FastChairGenerator::FastChairGenerator(ChairGeneratorImpl& network, torch::Dtype type) : m_options(network.options), m_type(type) {
    const c10::InferenceMode inference;
    const Activation activation{true, m_options.leakySlope};
    m_style = packBranch(*network.styleBranch());
    m_view = packBranch(*network.view);
    m_theta = packBranch(*network.theta);
    m_fc3 = PackedLinear(network.fc_3->weight, network.fc_3->bias, type, activation);
    m_fc4 = PackedLinear(network.fc_4->weight, network.fc_4->bias, type, activation);
    m_rgb = packStream(*network.rgb_stream);
    if (network.mask_stream) m_mask = packStream(*network.mask_stream);
}

bool FastChairGenerator::cpuHasBFloat16() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512bf16");
#else
    return false;
#endif
}

FastChairGenerator::Branch FastChairGenerator::packBranch(InputBranchImpl& branch) const {
    const Activation activation{true, branch.leakySlope};
    return {PackedLinear(branch.fc_1->weight, branch.fc_1->bias, torch::kFloat32, activation),
            PackedLinear(branch.fc_2->weight, branch.fc_2->bias, m_type, activation)};
}

FastChairGenerator::Stream FastChairGenerator::packStream(PaintStreamImpl& stream) const {
    const Activation activation{true, stream.leakySlope};
    Stream packed{PackedLinear(pixelMajor(stream.fc_5->weight, stream.fc5Maps), pixelMajor(stream.fc_5->bias, stream.fc5Maps), m_type, activation),
                  stream.fc5Maps, {}};
    std::int64_t side = kFc5Side;
    const auto add = [&](UpConvolution& layer, Activation after) {
        const UpForm form = PackedUpConvolution::formFor(layer->weight.size(1));
        packed.layers.emplace_back(layer->weight, layer->bias, m_type, after, form, side);
        side *= 2;
    };
    for (auto& layer : stream.uconv) add(layer, activation);
    add(stream.output, Activation{});
    return packed;
}

const FastChairGenerator::Branch& FastChairGenerator::branchOf(ChairLimb limb) const {
    return limb == ChairLimb::Style ? m_style : limb == ChairLimb::View ? m_view : m_theta;
}

Tensor FastChairGenerator::runBranch(ChairLimb limb, const Tensor& input, Boosts boosts) const {
    const Branch& branch = branchOf(limb);
    const Tensor first = boosted(limb, 1, branch.fc1.forward(input), boosts);
    return boosted(limb, 2, branch.fc2.forward(first.to(m_type)), boosts);
}

Tensor FastChairGenerator::runFc3(const Tensor& style, const Tensor& view, const Tensor& theta, Boosts boosts) const {
    TORCH_CHECK(style.dim() == 2 && style.size(1) == m_options.numStyles, "FastChairGenerator: style is ", style.sizes(), ", expected [N, ",
                m_options.numStyles, "]");
    const Tensor branches = torch::cat({runBranch(ChairLimb::Style, style, boosts), runBranch(ChairLimb::View, view, boosts),
                                        runBranch(ChairLimb::Theta, theta, boosts)}, 1);
    return boosted(ChairLimb::Joint, 3, m_fc3.forward(branches), boosts);
}

Tensor FastChairGenerator::runJoint(const Tensor& style, const Tensor& view, const Tensor& theta, Boosts boosts) const {
    return boosted(ChairLimb::Joint, 4, m_fc4.forward(runFc3(style, view, theta, boosts)), boosts);  // [N, jointWidth]
}

Tensor FastChairGenerator::runFc5(const Stream& stream, const Tensor& joint) const {
    return stream.fc5.forward(joint).view({joint.size(0), kFc5Side, kFc5Side, stream.fc5Maps}).permute({0, 3, 1, 2});
}

Tensor FastChairGenerator::runStream(ChairLimb limb, const Tensor& joint, Boosts boosts) const {
    const Stream& stream = streamOf(limb);
    Tensor maps = boosted(limb, 5, runFc5(stream, joint), boosts);
    for (std::size_t i = 0; i + 1 < stream.layers.size(); ++i) maps = boosted(limb, 6 + int(i), stream.layers[i].forward(maps), boosts);
    return maps;  // [N, C, S/2, S/2], input of the last layer
}

ChairImages FastChairGenerator::imagesOf(const Tensor& rgb, const Tensor& mask) const {
    if (m_mask) return {rgb, mask};
    return {rgb.slice(1, 0, 3), rgb.slice(1, 3)};
}

ChairImages FastChairGenerator::paintFrom(const Tensor& joint, Boosts boosts) const {
    const auto finish = [&](ChairLimb limb) {
        const auto& layers = streamOf(limb).layers;
        const Tensor output = layers.back().forward(runStream(limb, joint, boosts));
        return boosted(limb, 5 + int(layers.size()), output, boosts).to(torch::kFloat32);
    };
    return imagesOf(finish(ChairLimb::Rgb), m_mask ? finish(ChairLimb::Mask) : Tensor());
}

ChairImages FastChairGenerator::forward(const Tensor& style, const Tensor& view, const Tensor& theta) const {
    return forwardBoosted(style, view, theta, {});
}

ChairImages FastChairGenerator::forwardBoosted(const Tensor& style, const Tensor& view, const Tensor& theta, Boosts boosts) const {
    const c10::InferenceMode inference;
    for (const LayerBoost& boost : boosts) checkLayer(boost.layer);
    return paintFrom(runJoint(style, view, theta, boosts), boosts);
}

void FastChairGenerator::checkLayer(const ChairLayer& layer) const {
    for (const ChairLayer& own : chairLayers(m_options))
        if (own == layer) return;
    TORCH_CHECK(false, "FastChairGenerator: the network has no layer ", layer.name, " of ", layer.numUnits, " units");
}

ChairCut FastChairGenerator::cutAt(const ChairLayer& layer, const Tensor& style, const Tensor& view, const Tensor& theta) const {
    const c10::InferenceMode inference;
    checkLayer(layer);
    ChairCut cut;
    if (layer.isBranch()) {
        const std::array<std::pair<ChairLimb, Tensor>, 3> inputs{{{ChairLimb::Style, style}, {ChairLimb::View, view}, {ChairLimb::Theta, theta}}};
        for (const auto& [limb, input] : inputs) {
            if (limb != layer.limb) cut.beside.push_back(runBranch(limb, input).to(torch::kFloat32));
            else cut.activations = layer.depth == 1 ? branchOf(limb).fc1.forward(input) : runBranch(limb, input).to(torch::kFloat32);
        }
        return cut;
    }
    if (layer.limb == ChairLimb::Joint && layer.depth == 3) {
        cut.activations = runFc3(style, view, theta).to(torch::kFloat32);
        return cut;
    }
    const Tensor joint = runJoint(style, view, theta);
    if (layer.limb == ChairLimb::Joint) {
        cut.activations = joint.to(torch::kFloat32);
        return cut;
    }
    const Stream& stream = streamOf(layer.limb);
    Tensor maps = runFc5(stream, joint);
    for (int depth = 5; depth < layer.depth; ++depth) maps = stream.layers[std::size_t(depth - 5)].forward(maps);
    cut.activations = maps.to(torch::kFloat32);
    if (m_mask) {
        const ChairLimb other = layer.limb == ChairLimb::Rgb ? ChairLimb::Mask : ChairLimb::Rgb;
        cut.beside.push_back(streamOf(other).layers.back().forward(runStream(other, joint)).to(torch::kFloat32));
    }
    return cut;
}

ChairImages FastChairGenerator::forwardFrom(const ChairLayer& layer, const ChairCut& cut) const {
    const c10::InferenceMode inference;
    checkLayer(layer);
    const std::int64_t batch = cut.activations.size(0);
    const auto widened = [batch](const Tensor& tensor) {
        auto sizes = tensor.sizes().vec();
        sizes[0] = batch;
        return tensor.expand(sizes);
    };
    if (layer.isBranch()) {
        const Branch& own = branchOf(layer.limb);
        std::vector<Tensor> branches;
        for (const Tensor& beside : cut.beside) branches.push_back(widened(beside).to(m_type));
        Tensor activations = cut.activations.to(m_type);
        if (layer.depth == 1) activations = own.fc2.forward(activations);
        branches.insert(branches.begin() + int(layer.limb), activations);
        return paintFrom(m_fc4.forward(m_fc3.forward(torch::cat(branches, 1))));
    }
    if (layer.limb == ChairLimb::Joint) {
        const Tensor joint = cut.activations.to(m_type);
        return paintFrom(layer.depth == 3 ? m_fc4.forward(joint) : joint);
    }
    const bool isRgb = layer.limb == ChairLimb::Rgb;
    const Stream& stream = streamOf(layer.limb);
    Tensor maps = cut.activations.to(m_type).contiguous(at::MemoryFormat::ChannelsLast);
    for (std::size_t i = std::size_t(layer.depth - 5); i < stream.layers.size(); ++i) maps = stream.layers[i].forward(maps);
    maps = maps.to(torch::kFloat32);
    if (!m_mask) return imagesOf(maps, {});
    const Tensor other = widened(cut.beside.at(0));
    return isRgb ? imagesOf(maps, other) : imagesOf(other, maps);
}

bool FastChairGenerator::paint(const Tensor& style, const Tensor& view, const Tensor& theta, std::span<std::uint8_t> out) const {
    const c10::InferenceMode inference;
    const Tensor joint = runJoint(style, view, theta);
    const auto finish = [&](ChairLimb limb, std::int64_t first, std::int64_t count) {
        const PackedUpConvolution& last = streamOf(limb).layers.back();
        return outputChannels(last.forwardPhases(runStream(limb, joint)), last.form() == UpForm::MergedPhases, first, count);
    };
    const OutputChannels rgb = finish(ChairLimb::Rgb, 0, 3);
    if (m_mask) return writePremultiplied(rgb, finish(ChairLimb::Mask, 0, m_options.maskChannels), out);
    return writePremultiplied(rgb, {rgb.maps, rgb.isPhases, 3, m_options.maskChannels}, out);
}

}  // namespace vitrine
