// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/up_convolution.h"

namespace vitrine {

UpConvolutionImpl::UpConvolutionImpl(std::int64_t inChannels,
                                     std::int64_t outChannels,
                                     std::int64_t kernelSize)
    : weight(register_parameter("weight", torch::zeros({inChannels, outChannels, kernelSize, kernelSize}))),
      bias(register_parameter("bias", torch::zeros({outChannels}))) {
    TORCH_CHECK(kernelSize % 2 == 1, "UpConvolution: the kernel size must be odd, got ", kernelSize);
}

torch::Tensor UpConvolutionImpl::forward(const torch::Tensor& input) {
    TORCH_CHECK(input.dim() == 4 && input.size(1) == weight.size(0),
                "UpConvolution: input is ",
                input.sizes(),
                ", expected [N, ",
                weight.size(0),
                ", H, W]");
    const bool fewOutputs =
        weight.size(1) <= 8;  // measured: then four phases in one convolution are twice as fast
    if (fewOutputs && weight.size(2) % 4 == 1)
        return pixelShuffle(at::conv2d(input,
                                       phaseKernel(weight),
                                       bias.repeat_interleave(4),
                                       /*stride=*/1,
                                       /*padding=*/weight.size(2) / 4));
    return at::conv_transpose2d(
        input, weight, bias, /*stride=*/2, /*padding=*/weight.size(2) / 2, /*output_padding=*/1);
}

torch::Tensor phaseKernel(const torch::Tensor& weight) {
    const std::int64_t in = weight.size(0), out = weight.size(1);
    const std::int64_t side = weight.size(2) / 2 + 1;
    const auto padded =
        at::constant_pad_nd(weight, {0, 1, 0, 1}).view({in, out, side, 2, side, 2});  // tap 2a + p of phase p
    return padded.flip({2, 4}).permute({1, 3, 5, 0, 2, 4}).reshape({4 * out, in, side, side});
}

torch::Tensor pixelShuffle(const torch::Tensor& phases) {
#if defined(__x86_64__)
    static const bool hasAvx2 = __builtin_cpu_supports("avx2");
    if (!hasAvx2 && phases.is_cpu()) return permutedPixelShuffle(phases);
#endif
    return at::pixel_shuffle(phases, 2);
}

torch::Tensor permutedPixelShuffle(const torch::Tensor& phases) {
    const std::int64_t batch = phases.size(0), channels = phases.size(1) / 4;
    const std::int64_t height = phases.size(2), width = phases.size(3);
    return phases.reshape({batch, channels, 2, 2, height, width})
        .permute({0, 1, 4, 2, 5, 3})  // [N, C, H, 2, W, 2]
        .reshape({batch, channels, 2 * height, 2 * width});
}

torch::Tensor literalUpConvolution(const torch::Tensor& input,
                                   const torch::Tensor& kernel,
                                   const torch::Tensor& bias) {
    auto unpooled =
        torch::zeros({input.size(0), input.size(1), 2 * input.size(2), 2 * input.size(3)}, input.options());
    unpooled.slice(2, 0, c10::nullopt, 2).slice(3, 0, c10::nullopt, 2).copy_(input);
    return at::conv2d(unpooled, kernel, bias, /*stride=*/1, /*padding=*/kernel.size(2) / 2);
}

torch::Tensor flipKernel(const torch::Tensor& kernel) {
    return kernel.flip({2, 3}).transpose(0, 1).contiguous();
}

}  // namespace vitrine
