// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/up_convolution.h"

namespace vitrine {

UpConvolutionImpl::UpConvolutionImpl(std::int64_t inChannels, std::int64_t outChannels, std::int64_t kernelSize)
    : weight(register_parameter("weight", torch::zeros({inChannels, outChannels, kernelSize, kernelSize}))),
      bias(register_parameter("bias", torch::zeros({outChannels}))) {
    TORCH_CHECK(kernelSize % 2 == 1, "UpConvolution: the kernel size must be odd, got ", kernelSize);
}

torch::Tensor UpConvolutionImpl::forward(const torch::Tensor& input) {
    TORCH_CHECK(input.dim() == 4 && input.size(1) == weight.size(0),
                "UpConvolution: input is ", input.sizes(), ", expected [N, ", weight.size(0), ", H, W]");
    const std::int64_t padding = weight.size(2) / 2;
    return at::conv_transpose2d(input, weight, bias, /*stride=*/2, padding, /*output_padding=*/1);
}

torch::Tensor literalUpConvolution(const torch::Tensor& input, const torch::Tensor& kernel, const torch::Tensor& bias) {
    auto unpooled = torch::zeros({input.size(0), input.size(1), 2 * input.size(2), 2 * input.size(3)}, input.options());
    unpooled.slice(2, 0, c10::nullopt, 2).slice(3, 0, c10::nullopt, 2).copy_(input);
    return at::conv2d(unpooled, kernel, bias, /*stride=*/1, /*padding=*/kernel.size(2) / 2);
}

torch::Tensor flipKernel(const torch::Tensor& kernel) { return kernel.flip({2, 3}).transpose(0, 1).contiguous(); }

}  // namespace vitrine
