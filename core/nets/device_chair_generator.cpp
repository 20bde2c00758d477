// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/device_chair_generator.h"

#include "core/nets/chair_layer.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr std::int64_t kMapsMultiple = 8;    // tensor cores take half-precision maps by eights
constexpr std::int64_t kOutputMultiple = 2;  // each is four maps of the last convolution

std::int64_t roundedUp(std::int64_t count, std::int64_t multiple) {
    return (count + multiple - 1) / multiple * multiple;
}

/// `tensor` with zeros added at the end of a dimension until it is `size` long.
Tensor padded(const Tensor& tensor, std::int64_t dimension, std::int64_t size) {
    auto shape = tensor.sizes().vec();
    shape[std::size_t(dimension)] = size - shape[std::size_t(dimension)];
    return at::cat({tensor, at::zeros(shape, tensor.options())}, dimension);
}

/// FC-5's rows from map-major to pixel-major, so that its output already lies channels-last; with empty maps
/// added.
Tensor paddedPixelMajor(const Tensor& rows, std::int64_t numMaps) {
    const Tensor maps = rows.reshape({numMaps, kFc5Side * kFc5Side, -1});
    return padded(maps, 0, roundedUp(numMaps, kMapsMultiple)).transpose(0, 1).flatten(0, 1);
}

}  // namespace

Tensor pictureOfCells(const Tensor& cells) {
    return cells.reshape({cells.size(0), cells.size(1), 2 * cells.size(2), 2 * cells.size(4)});
}

Tensor cellsOfPicture(const Tensor& picture) {
    return picture.view({picture.size(0), picture.size(1), picture.size(2) / 2, 2, picture.size(3) / 2, 2});
}

Tensor finishLayer(const Tensor& sums, const Tensor& bias, double leakySlope) {
    const bool isMaps = sums.dim() == 4;
    const Tensor shifted = isMaps ? at::pixel_shuffle(sums, 2) + bias.view({-1, 1, 1}) : sums + bias;
    const Tensor activated = leakySlope == 0 ? at::relu(shifted) : at::leaky_relu(shifted, leakySlope);
    return isMaps ? activated.contiguous(at::MemoryFormat::ChannelsLast) : activated;
}

DeviceChairGenerator::DeviceChairGenerator(ChairGeneratorImpl& network,
                                           torch::Device device,
                                           torch::Dtype type,
                                           FinishLayer finish)
    : m_options(network.options),
      m_place(torch::TensorOptions(device).dtype(type)),
      m_finish(std::move(finish)) {
    const torch::NoGradGuard noGrad;
    const std::vector<InputBranch> branches = {network.styleBranch(), network.view, network.theta};
    for (const auto layer : {&InputBranchImpl::fc_1, &InputBranchImpl::fc_2}) {
        std::vector<Tensor> weights, biases;
        for (const InputBranch& branch : branches) {
            weights.push_back(((*branch).*layer)->weight);
            biases.push_back(((*branch).*layer)->bias);
        }
        m_joint.push_back(denseLayer(at::block_diag(weights), at::cat(biases)));
    }
    for (const auto& layer : {network.fc_3, network.fc_4})
        m_joint.push_back(denseLayer(layer->weight, layer->bias));
    m_rgb = streamOf(*network.rgb_stream);
    if (network.mask_stream) m_mask.push_back(streamOf(*network.mask_stream));
}

DeviceChairGenerator::Layer DeviceChairGenerator::denseLayer(const Tensor& weight, const Tensor& bias) const {
    return {weight.contiguous().to(m_place).t(), bias.contiguous().to(m_place)};
}

DeviceChairGenerator::Stream DeviceChairGenerator::streamOf(PaintStreamImpl& stream) const {
    const auto upLayer = [&](UpConvolutionImpl& layer, std::int64_t multiple) {
        const std::int64_t in = roundedUp(layer.weight.size(0), kMapsMultiple),
                           out = roundedUp(layer.weight.size(1), multiple);
        const Tensor kernel = phaseKernel(padded(padded(layer.weight, 0, in), 1, out));
        return Layer{kernel.contiguous(at::MemoryFormat::ChannelsLast).to(m_place),
                     padded(layer.bias, 0, out).to(m_place)};
    };
    Stream packed;
    packed.fc5 = denseLayer(paddedPixelMajor(stream.fc_5->weight, stream.fc5Maps),
                            paddedPixelMajor(stream.fc_5->bias, stream.fc5Maps).squeeze(1));
    for (auto& layer : stream.uconv) packed.hidden.push_back(upLayer(*layer, kMapsMultiple));
    packed.last = upLayer(*stream.output, kOutputMultiple);
    packed.last.bias = packed.last.bias.repeat_interleave(4);
    packed.outChannels = stream.output->weight.size(1);
    return packed;
}

Tensor DeviceChairGenerator::runDense(const Layer& layer, const Tensor& input) const {
    return m_finish(at::mm(input, layer.weight), layer.bias, m_options.leakySlope);
}

Tensor DeviceChairGenerator::runStream(const Stream& stream, const Tensor& joint) const {
    const std::int64_t batch = joint.size(0), side = m_options.imageSize() / 2;
    auto maps = runDense(stream.fc5, joint).view({batch, kFc5Side, kFc5Side, -1}).permute({0, 3, 1, 2});
    for (const Layer& layer : stream.hidden)
        maps = m_finish(at::conv2d(maps, layer.weight, {}, /*stride=*/1, /*padding=*/1),
                        layer.bias,
                        m_options.leakySlope);
    const Tensor phases = at::conv2d(
        maps, stream.last.weight, stream.last.bias, /*stride=*/1, /*padding=*/1);  // [N, 4 C, S/2, S/2]
    return phases.view({batch, -1, 2, 2, side, side})
        .permute({0, 1, 4, 2, 5, 3})
        .slice(1, 0, stream.outChannels);
}

ChairCells DeviceChairGenerator::forward(const Tensor& inputs) const {
    TORCH_CHECK(inputs.dim() == 2 && inputs.size(1) == numInputs(),
                "DeviceChairGenerator: inputs are ",
                inputs.sizes(),
                ", expected [N, ",
                numInputs(),
                "]");
    Tensor joint = inputs.to(m_place);
    for (const Layer& layer : m_joint) joint = runDense(layer, joint);
    const Tensor rgb = runStream(m_rgb, joint);
    if (!m_mask.empty()) return {rgb, runStream(m_mask.front(), joint)};
    return {rgb.slice(1, 0, 3), rgb.slice(1, 3)};
}

}  // namespace vitrine
