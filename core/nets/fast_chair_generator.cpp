// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/fast_chair_generator.h"

#include "core/nets/picture_output.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr std::int64_t kFirstSide = 8;  // FC-5's maps are 8 x 8

/// FC-5's rows from map-major to pixel-major order, so that its output already lies channels-last.
Tensor pixelMajor(const Tensor& rows, std::int64_t numMaps) {
    auto shape = rows.sizes().vec();
    const std::int64_t rest = rows.numel() / shape[0];
    return rows.reshape({numMaps, kFirstSide * kFirstSide, rest}).transpose(0, 1).reshape(shape);
}

}  // namespace

FastChairGenerator::FastChairGenerator(ChairGeneratorImpl& network, torch::Dtype type) : m_options(network.options), m_type(type) {
    const c10::InferenceMode inference;
    const Activation activation{true, m_options.leakySlope};
    m_style = packBranch(*network.style);
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

FastChairGenerator FastChairGenerator::fastest(ChairGeneratorImpl& network) {
    return FastChairGenerator(network, cpuHasBFloat16() ? torch::kBFloat16 : torch::kFloat32);
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
    std::int64_t side = kFirstSide;
    const auto add = [&](UpConvolution& layer, Activation after) {
        const UpForm form = PackedUpConvolution::formFor(layer->weight.size(1));
        packed.layers.emplace_back(layer->weight, layer->bias, m_type, after, form, side);
        side *= 2;
    };
    for (auto& layer : stream.uconv) add(layer, activation);
    add(stream.output, Activation{});
    return packed;
}

Tensor FastChairGenerator::runBranch(const Branch& branch, const Tensor& input) const {
    return branch.fc2.forward(branch.fc1.forward(input).to(m_type));
}

Tensor FastChairGenerator::runJoint(const Tensor& style, const Tensor& view, const Tensor& theta) const {
    TORCH_CHECK(style.dim() == 2 && style.size(1) == m_options.numStyles, "FastChairGenerator: style is ", style.sizes(), ", expected [N, ",
                m_options.numStyles, "]");
    const Tensor joint = torch::cat({runBranch(m_style, style), runBranch(m_view, view), runBranch(m_theta, theta)}, 1);
    return m_fc4.forward(m_fc3.forward(joint));  // [N, jointWidth]
}

Tensor FastChairGenerator::runStream(const Stream& stream, const Tensor& joint) const {
    auto maps = stream.fc5.forward(joint).view({joint.size(0), kFirstSide, kFirstSide, stream.fc5Maps}).permute({0, 3, 1, 2});
    for (std::size_t i = 0; i + 1 < stream.layers.size(); ++i) maps = stream.layers[i].forward(maps);
    return maps;  // [N, C, S/2, S/2], input of the last layer
}

ChairImages FastChairGenerator::forward(const Tensor& style, const Tensor& view, const Tensor& theta) const {
    const c10::InferenceMode inference;
    const Tensor joint = runJoint(style, view, theta);
    const auto finish = [&](const Stream& stream) {
        return stream.layers.back().forward(runStream(stream, joint)).to(torch::kFloat32);
    };
    const Tensor rgb = finish(m_rgb);
    if (m_mask) return {rgb, finish(*m_mask)};
    return {rgb.slice(1, 0, 3), rgb.slice(1, 3)};
}

bool FastChairGenerator::paint(const Tensor& style, const Tensor& view, const Tensor& theta, std::span<std::uint8_t> out) const {
    const c10::InferenceMode inference;
    const Tensor joint = runJoint(style, view, theta);
    const auto finish = [&](const Stream& stream, std::int64_t first, std::int64_t count) {
        const PackedUpConvolution& last = stream.layers.back();
        return outputChannels(last.forwardPhases(runStream(stream, joint)), last.form() == UpForm::MergedPhases, first, count);
    };
    const OutputChannels rgb = finish(m_rgb, 0, 3);
    if (m_mask) return writePremultiplied(rgb, finish(*m_mask, 0, m_options.maskChannels), out);
    return writePremultiplied(rgb, {rgb.maps, rgb.isPhases, 3, m_options.maskChannels}, out);
}

}  // namespace vitrine
