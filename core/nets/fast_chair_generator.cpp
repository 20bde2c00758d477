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
Tensor boosted(ChairSubnet subnet, int depth, Tensor activations, std::span<const LayerBoost> boosts) {
    for (const LayerBoost& boost : boosts) {
        if (boost.layer.subnet != subnet || boost.layer.depth != depth) continue;
        activations =
            activations +
            (activations.dim() == 4 ? boost.added.unsqueeze(2).unsqueeze(3) : boost.added).to(activations);
    }
    return activations;
}

}  // namespace

std::string precisionName(torch::Dtype type) {
    return type == torch::kHalf ? "fp16" : type == torch::kBFloat16 ? "bf16" : "fp32";
}

FastChairGenerator::FastChairGenerator(ChairGeneratorImpl& network, torch::Dtype type)
    : m_options(network.options), m_type(type) {
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
    Stream packed{PackedLinear(pixelMajor(stream.fc_5->weight, stream.fc5Maps),
                               pixelMajor(stream.fc_5->bias, stream.fc5Maps),
                               m_type,
                               activation),
                  stream.fc5Maps,
                  {}};
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

const FastChairGenerator::Branch& FastChairGenerator::branchOf(ChairSubnet subnet) const {
    return subnet == ChairSubnet::Style ? m_style : subnet == ChairSubnet::View ? m_view : m_theta;
}

Tensor FastChairGenerator::runBranch(ChairSubnet subnet, const Tensor& input, Boosts boosts) const {
    const Branch& branch = branchOf(subnet);
    const Tensor first = boosted(subnet, 1, branch.fc1.forward(input), boosts);
    return boosted(subnet, 2, branch.fc2.forward(first.to(m_type)), boosts);
}

Tensor FastChairGenerator::runFc3(const Tensor& style,
                                  const Tensor& view,
                                  const Tensor& theta,
                                  Boosts boosts) const {
    TORCH_CHECK(style.dim() == 2 && style.size(1) == m_options.numStyles,
                "FastChairGenerator: style is ",
                style.sizes(),
                ", expected [N, ",
                m_options.numStyles,
                "]");
    const Tensor branches = torch::cat({runBranch(ChairSubnet::Style, style, boosts),
                                        runBranch(ChairSubnet::View, view, boosts),
                                        runBranch(ChairSubnet::Theta, theta, boosts)},
                                       1);
    return boosted(ChairSubnet::Joint, 3, m_fc3.forward(branches), boosts);
}

Tensor FastChairGenerator::runJoint(const Tensor& style,
                                    const Tensor& view,
                                    const Tensor& theta,
                                    Boosts boosts) const {
    return boosted(
        ChairSubnet::Joint, 4, m_fc4.forward(runFc3(style, view, theta, boosts)), boosts);  // [N, jointWidth]
}

Tensor FastChairGenerator::runFc5(const Stream& stream, const Tensor& joint) const {
    return stream.fc5.forward(joint)
        .view({joint.size(0), kFc5Side, kFc5Side, stream.fc5Maps})
        .permute({0, 3, 1, 2});
}

Tensor FastChairGenerator::runStream(ChairSubnet subnet, const Tensor& joint, Boosts boosts) const {
    const Stream& stream = streamOf(subnet);
    Tensor maps = boosted(subnet, 5, runFc5(stream, joint), boosts);
    for (std::size_t i = 0; i + 1 < stream.layers.size(); ++i)
        maps = boosted(subnet, 6 + int(i), stream.layers[i].forward(maps), boosts);
    return maps;  // [N, C, S/2, S/2], input of the last layer
}

ChairImages FastChairGenerator::imagesOf(const Tensor& rgb, const Tensor& mask) const {
    if (m_mask) return {rgb, mask};
    return {rgb.slice(1, 0, 3), rgb.slice(1, 3)};
}

ChairImages FastChairGenerator::paintFrom(const Tensor& joint, Boosts boosts) const {
    const auto finish = [&](ChairSubnet subnet) {
        const auto& layers = streamOf(subnet).layers;
        const Tensor output = layers.back().forward(runStream(subnet, joint, boosts));
        return boosted(subnet, 5 + int(layers.size()), output, boosts).to(torch::kFloat32);
    };
    return imagesOf(finish(ChairSubnet::Rgb), m_mask ? finish(ChairSubnet::Mask) : Tensor());
}

ChairImages FastChairGenerator::forward(const Tensor& style, const Tensor& view, const Tensor& theta) const {
    return forwardBoosted(style, view, theta, {});
}

ChairImages FastChairGenerator::forwardBoosted(const Tensor& style,
                                               const Tensor& view,
                                               const Tensor& theta,
                                               Boosts boosts) const {
    const c10::InferenceMode inference;
    for (const LayerBoost& boost : boosts) checkLayer(boost.layer);
    return paintFrom(runJoint(style, view, theta, boosts), boosts);
}

void FastChairGenerator::checkLayer(const ChairLayer& layer) const {
    for (const ChairLayer& own : chairLayers(m_options))
        if (own == layer) return;
    TORCH_CHECK(
        false, "FastChairGenerator: the network has no layer ", layer.name, " of ", layer.numUnits, " units");
}

PartialForward FastChairGenerator::forwardUpTo(const ChairLayer& layer,
                                               const Tensor& style,
                                               const Tensor& view,
                                               const Tensor& theta) const {
    const c10::InferenceMode inference;
    checkLayer(layer);
    PartialForward partial;
    if (layer.isBranch()) {
        const std::array<std::pair<ChairSubnet, Tensor>, 3> inputs{
            {{ChairSubnet::Style, style}, {ChairSubnet::View, view}, {ChairSubnet::Theta, theta}}};
        for (const auto& [subnet, input] : inputs) {
            if (subnet != layer.subnet)
                partial.beside.push_back(runBranch(subnet, input).to(torch::kFloat32));
            else
                partial.activations = layer.depth == 1 ? branchOf(subnet).fc1.forward(input)
                                                       : runBranch(subnet, input).to(torch::kFloat32);
        }
        return partial;
    }
    if (layer.subnet == ChairSubnet::Joint && layer.depth == 3) {
        partial.activations = runFc3(style, view, theta).to(torch::kFloat32);
        return partial;
    }
    const Tensor joint = runJoint(style, view, theta);
    if (layer.subnet == ChairSubnet::Joint) {
        partial.activations = joint.to(torch::kFloat32);
        return partial;
    }
    const Stream& stream = streamOf(layer.subnet);
    Tensor maps = runFc5(stream, joint);
    for (int depth = 5; depth < layer.depth; ++depth)
        maps = stream.layers[std::size_t(depth - 5)].forward(maps);
    partial.activations = maps.to(torch::kFloat32);
    if (m_mask) {
        const ChairSubnet other = layer.subnet == ChairSubnet::Rgb ? ChairSubnet::Mask : ChairSubnet::Rgb;
        partial.beside.push_back(
            streamOf(other).layers.back().forward(runStream(other, joint)).to(torch::kFloat32));
    }
    return partial;
}

ChairImages FastChairGenerator::forwardFrom(const ChairLayer& layer, const PartialForward& partial) const {
    const c10::InferenceMode inference;
    checkLayer(layer);
    const std::int64_t batch = partial.activations.size(0);
    const auto widened = [batch](const Tensor& tensor) {
        auto sizes = tensor.sizes().vec();
        sizes[0] = batch;
        return tensor.expand(sizes);
    };
    if (layer.isBranch()) {
        const Branch& own = branchOf(layer.subnet);
        std::vector<Tensor> branches;
        for (const Tensor& beside : partial.beside) branches.push_back(widened(beside).to(m_type));
        Tensor activations = partial.activations.to(m_type);
        if (layer.depth == 1) activations = own.fc2.forward(activations);
        branches.insert(branches.begin() + int(layer.subnet), activations);
        return paintFrom(m_fc4.forward(m_fc3.forward(torch::cat(branches, 1))));
    }
    if (layer.subnet == ChairSubnet::Joint) {
        const Tensor joint = partial.activations.to(m_type);
        return paintFrom(layer.depth == 3 ? m_fc4.forward(joint) : joint);
    }
    const bool isRgb = layer.subnet == ChairSubnet::Rgb;
    const Stream& stream = streamOf(layer.subnet);
    Tensor maps = partial.activations.to(m_type).contiguous(at::MemoryFormat::ChannelsLast);
    for (std::size_t i = std::size_t(layer.depth - 5); i < stream.layers.size(); ++i)
        maps = stream.layers[i].forward(maps);
    maps = maps.to(torch::kFloat32);
    if (!m_mask) return imagesOf(maps, {});
    const Tensor other = widened(partial.beside.at(0));
    return isRgb ? imagesOf(maps, other) : imagesOf(other, maps);
}

bool FastChairGenerator::paint(const Tensor& style,
                               const Tensor& view,
                               const Tensor& theta,
                               std::span<std::uint8_t> out) const {
    const c10::InferenceMode inference;
    const Tensor joint = runJoint(style, view, theta);
    const auto finish = [&](ChairSubnet subnet, std::int64_t first, std::int64_t count) {
        const PackedUpConvolution& last = streamOf(subnet).layers.back();
        return outputChannels(
            last.forwardPhases(runStream(subnet, joint)), last.form() == UpForm::MergedPhases, first, count);
    };
    const OutputChannels rgb = finish(ChairSubnet::Rgb, 0, 3);
    if (m_mask) return writePremultiplied(rgb, finish(ChairSubnet::Mask, 0, m_options.maskChannels), out);
    return writePremultiplied(rgb, {rgb.maps, rgb.isPhases, 3, m_options.maskChannels}, out);
}

}  // namespace vitrine
