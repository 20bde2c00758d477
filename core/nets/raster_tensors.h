// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <span>

#include "core/base/image.h"

namespace vitrine {

/// Pixels [N, size, size, 3] uint8 -> [N, 3, size, size] float32 in [0, 1].
torch::Tensor imagesTensor(std::span<const std::uint8_t> pixels,
                           std::int64_t size,
                           torch::Device device = torch::kCPU);
/// Shapes: [H, W, 3] uint8 -> [1, 3, H, W] float32 in [0, 1].
torch::Tensor imageTensor(const Image& image);
/// Shapes: [H, W] int64.
torch::Tensor labelTensor(const LabelMap& labels);
/// Shapes: [H, W] integers below 256.
LabelMap toLabelMap(const torch::Tensor& labels);
/// The most likely class of each pixel, on the CPU. Shapes: [N, K, H, W] -> [N, H, W] uint8.
torch::Tensor likeliestClasses(const torch::Tensor& logits);
/// Shapes: [H, W] or [H, W, C].
Raster<float> toRaster(const torch::Tensor& values);
/// Probabilities or logits of the classes. Shapes: [K, H, W] -> [H, W, K].
Raster<float> toClassRaster(const torch::Tensor& values);

}  // namespace vitrine
