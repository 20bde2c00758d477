// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/inference_backend.h"

#include <memory>

#include "core/nets/cuda_module.h"
#include "core/nets/picture_output.h"

namespace vitrine {
namespace {

using torch::Tensor;

Tensor sideBySide(const ChairInputs& inputs) {
    return at::cat({inputs.style, inputs.view, inputs.theta}, 1);
}

InferenceBackend throughGraph(const CudaModule& module, ChairGeneratorImpl& network, torch::Dtype type) {
    const auto finish = [&module](const Tensor& sums, const Tensor& bias, double slope) {
        return module.finishLayer(sums, bias, slope);
    };
    const auto generator = std::make_shared<DeviceChairGenerator>(network, torch::kCUDA, type, finish);
    const auto forward = [generator](const Tensor& inputs) { return generator->forward(inputs); };
    const std::shared_ptr<GraphPainter> graph = module.capture(
        forward, generator->numInputs(), generator->imageSize(), FastChairGenerator::kPicturesPerPass);
    return {"CUDA graph, " + precisionName(type),
            [graph](const ChairInputs& inputs, std::span<std::uint8_t> out) {
                return graph->paint(sideBySide(inputs), out);
            }};
}

InferenceBackend inPlainTorch(ChairGeneratorImpl& network, torch::Dtype type) {
    const auto generator = std::make_shared<DeviceChairGenerator>(network, torch::kCUDA, type);
    return {"CUDA, " + precisionName(type),
            [generator](const ChairInputs& inputs, std::span<std::uint8_t> out) {
                const ChairCells cells = generator->forward(sideBySide(inputs).to(torch::kCUDA));
                const Tensor rgb = pictureOfCells(cells.rgb), mask = pictureOfCells(cells.mask);
                return writePremultiplied(
                    outputChannels(rgb, false, 0, 3), outputChannels(mask, false, 0, mask.size(1)), out);
            }};
}

}  // namespace

std::string ChairPrecisions::name() const {
    return precisionName(single) + (batch == single ? "" : ", batches " + precisionName(batch));
}

InferenceBackend cpuBackend(ChairGeneratorImpl& network, ChairPrecisions precisions) {
    using Generator = std::shared_ptr<const FastChairGenerator>;
    const Generator single = std::make_shared<FastChairGenerator>(network, precisions.single);
    const Generator batch = precisions.batch == precisions.single
                                ? single
                                : std::make_shared<FastChairGenerator>(network, precisions.batch);
    return {"CPU, " + precisions.name(),
            [single, batch](const ChairInputs& inputs, std::span<std::uint8_t> out) {
                const FastChairGenerator& fast = inputs.style.size(0) == 1 ? *single : *batch;
                if (inputs.boosts.empty()) return fast.paint(inputs.style, inputs.view, inputs.theta, out);
                const ChairImages images =
                    fast.forwardBoosted(inputs.style, inputs.view, inputs.theta, inputs.boosts);
                return writePremultiplied(outputChannels(images.rgb, false, 0, 3),
                                          outputChannels(images.mask, false, 0, images.mask.size(1)),
                                          out);
            }};
}

torch::Dtype devicePrecision(const std::string& name) {
    return name == "fp32" ? torch::kFloat32 : name == "bf16" ? torch::kBFloat16 : torch::kHalf;
}

InferenceBackend cudaBackend(ChairGeneratorImpl& network, torch::Dtype type) {
    const torch::NoGradGuard noGrad;
    const auto module = cudaModule();
    return module ? throughGraph(**module, network, type) : inPlainTorch(network, type);
}

}  // namespace vitrine
