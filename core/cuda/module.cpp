// SPDX-License-Identifier: GPL-3.0-or-later
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include "core/cuda/graph_painter.h"
#include "core/cuda/kernels.h"
#include "core/nets/cuda_module.h"

namespace vitrine::cuda {
namespace {

using torch::Tensor;

Element elementOf(const Tensor& tensor) {
    switch (tensor.scalar_type()) {
        case torch::kHalf: return Element::Float16;
        case torch::kBFloat16: return Element::BFloat16;
        default: TORCH_CHECK(tensor.scalar_type() == torch::kFloat32, "a kernel was given numbers of type ", tensor.scalar_type());
    }
    return Element::Float32;
}

CellMaps mapsOf(const Tensor& cells) {
    TORCH_CHECK(cells.is_cuda() && cells.dim() == 6, "compose: expected [N, C, S/2, 2, S/2, 2] on the device, got ", cells.sizes());
    return {cells.const_data_ptr(), cells.stride(0), cells.stride(1), cells.stride(2), cells.stride(3), cells.stride(4), cells.stride(5),
            int(cells.size(1))};
}

class Module final : public CudaModule {
public:
    Tensor finishLayer(const Tensor& sums, const Tensor& bias, double leakySlope) const override;
    ComposedPictures compose(const ChairCells& cells, std::optional<std::uint32_t> background) const override;
    std::unique_ptr<GraphPainter> capture(Forward forward, std::int64_t numInputs, std::int64_t imageSize, std::int64_t pass) const override;
    Tensor augment(const Tensor& pictures, const Tensor& indices, const Tensor& theta) const override;
};

Tensor Module::finishLayer(const Tensor& sums, const Tensor& bias, double leakySlope) const {
    TORCH_CHECK(sums.is_cuda() && bias.is_cuda() && sums.scalar_type() == bias.scalar_type(), "finishLayer: sums and bias are unlike");
    const c10::cuda::CUDAGuard device(sums.device());
    const bool isMaps = sums.dim() == 4;
    const int factor = isMaps ? 2 : 1;
    const Tensor in = sums.contiguous(isMaps ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous);
    const std::int64_t batch = in.size(0), height = isMaps ? in.size(2) : 1, width = isMaps ? in.size(3) : 1, channels = bias.size(0);
    TORCH_CHECK(in.size(1) == channels * factor * factor, "finishLayer: sums are ", sums.sizes(), ", but there are ", channels, " biases");
    const Tensor out = isMaps ? at::empty({batch, channels, 2 * height, 2 * width}, in.options(), at::MemoryFormat::ChannelsLast)
                              : at::empty({batch, channels}, in.options());
    launchFinish({in.const_data_ptr(), bias.const_data_ptr(), out.data_ptr(), batch, height, width, channels, factor}, elementOf(in),
                 float(leakySlope), c10::cuda::getCurrentCUDAStream());
    C10_CUDA_KERNEL_LAUNCH_CHECK();
    return out;
}

ComposedPictures Module::compose(const ChairCells& cells, std::optional<std::uint32_t> background) const {
    const CellMaps rgb = mapsOf(cells.rgb), mask = mapsOf(cells.mask);
    const std::int64_t batch = cells.rgb.size(0), side = 2 * cells.rgb.size(2);
    TORCH_CHECK(rgb.numChannels == 3 && cells.mask.size(0) == batch && 2 * cells.mask.size(2) == side &&
                    cells.mask.scalar_type() == cells.rgb.scalar_type(),
                "compose: rgb ", cells.rgb.sizes(), " and mask ", cells.mask.sizes(), " do not belong together");
    const c10::cuda::CUDAGuard device(cells.rgb.device());
    const auto options = cells.rgb.options();
    ComposedPictures composed{at::empty({batch, side, side, 4}, options.dtype(torch::kUInt8)), at::empty({1}, options.dtype(torch::kInt32))};
    launchCompose(rgb, mask, elementOf(cells.rgb), int(batch), int(side), background ? &*background : nullptr,
                  reinterpret_cast<std::uint32_t*>(composed.pictures.data_ptr()), composed.notFinite.data_ptr<int>(),
                  c10::cuda::getCurrentCUDAStream());
    C10_CUDA_KERNEL_LAUNCH_CHECK();
    return composed;
}

std::unique_ptr<GraphPainter> Module::capture(Forward forward, std::int64_t numInputs, std::int64_t imageSize, std::int64_t pass) const {
    const auto frame = [this, forward = std::move(forward)](const Tensor& inputs) { return compose(forward(inputs), {}); };
    return makeGraphPainter(frame, numInputs, imageSize, pass);
}

Tensor Module::augment(const Tensor& pictures, const Tensor& indices, const Tensor& theta) const {
    TORCH_CHECK(pictures.is_cuda() && pictures.scalar_type() == torch::kUInt8 && pictures.dim() == 4 && pictures.size(3) == 4 &&
                    pictures.size(1) == pictures.size(2) && pictures.is_contiguous(),
                "augmentOnDevice: pictures are ", pictures.sizes(), ", expected [V, S, S, 4] of bytes on the device, contiguous");
    const std::int64_t batch = indices.numel(), side = pictures.size(1);
    TORCH_CHECK(indices.dim() == 1 && theta.dim() == 2 && theta.size(0) == batch && theta.size(1) == 8, "augmentOnDevice: theta is ",
                theta.sizes(), ", expected [", batch, ", 8]");
    const c10::cuda::CUDAGuard device(pictures.device());
    const Tensor indicesThere = indices.to(pictures.device(), torch::kInt64).contiguous();
    const Tensor thetaThere = theta.to(pictures.device(), torch::kFloat32).contiguous();
    const Tensor out = at::empty({batch, side, side, 4}, pictures.options().dtype(torch::kFloat32));
    if (batch == 0) return out;
    launchAugment({pictures.const_data_ptr<std::uint8_t>(), pictures.size(0), indicesThere.const_data_ptr<std::int64_t>(),
                   thetaThere.const_data_ptr<float>(), int(batch), int(side), out.data_ptr<float>()},
                  c10::cuda::getCurrentCUDAStream());
    C10_CUDA_KERNEL_LAUNCH_CHECK();
    return out;
}

}  // namespace
}  // namespace vitrine::cuda

extern "C" __attribute__((visibility("default"))) const vitrine::CudaModule* vitrineCudaModule1() {
    static const vitrine::cuda::Module module;
    return &module;
}
