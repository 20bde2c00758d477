// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace vitrine {

/// Up-convolution: zero-unpooling by 2 (the value at the top left of each 2x2 cell), then a k x k "same"
/// convolution. It is computed as the stride-2 transposed convolution that it is exactly: four times fewer
/// operations. Shapes: input [N, Cin, H, W], output [N, Cout, 2H, 2W]; weight [Cin, Cout, k, k] (the
/// convolution's kernel, flipped). Source: papers.md B1, E2; Dosovitskiy et al. 2015, section 3.
struct UpConvolutionImpl : torch::nn::Module {
    UpConvolutionImpl(std::int64_t inChannels, std::int64_t outChannels, std::int64_t kernelSize = 5);
    torch::Tensor forward(const torch::Tensor& input);

    torch::Tensor weight;
    torch::Tensor bias;
};
TORCH_MODULE(UpConvolution);

/// The same, computed word for word as the papers describe it; the yardstick for exactness and speed.
/// Shapes: kernel [Cout, Cin, k, k] of the convolution that follows the unpooling.
torch::Tensor literalUpConvolution(const torch::Tensor& input,
                                   const torch::Tensor& kernel,
                                   const torch::Tensor& bias);
/// UpConvolution's weight [Cin, Cout, k, k], k = 4 m + 1, as the convolution of its four output parities,
/// [4 Cout, Cin, 2 m + 1, 2 m + 1]: conv2d with padding m, then pixel_shuffle(2).
torch::Tensor phaseKernel(const torch::Tensor& weight);
/// at::pixel_shuffle(phases, 2) on every processor: without AVX2, LibTorch's own refuses channels-last
/// tensors (FBGEMM).
torch::Tensor pixelShuffle(const torch::Tensor& phases);
/// The same by a permutation of dimensions.
torch::Tensor permutedPixelShuffle(const torch::Tensor& phases);
/// Turns a convolution kernel [Cout, Cin, k, k] into UpConvolution's weight [Cin, Cout, k, k], and back.
torch::Tensor flipKernel(const torch::Tensor& kernel);

}  // namespace vitrine
