// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/raster_tensors.h"

#include <algorithm>

namespace vitrine {
namespace {

using torch::Tensor;

/// A copy of the numbers, the numbers being only looked at.
Tensor bytes(const std::uint8_t* values,
             at::IntArrayRef shape,
             torch::Dtype type,
             torch::Device device = torch::kCPU) {
    return torch::from_blob(const_cast<std::uint8_t*>(values), shape, torch::kUInt8).to(device).to(type);
}

}  // namespace

Tensor imagesTensor(std::span<const std::uint8_t> pixels, std::int64_t size, torch::Device device) {
    const auto count = std::int64_t(pixels.size()) / (size * size * 3);
    return bytes(pixels.data(), {count, size, size, 3}, torch::kFloat32, device)
        .div_(255)
        .permute({0, 3, 1, 2});
}

Tensor imageTensor(const Image& image) {
    return bytes(image.pixels.data(), {1, image.height, image.width, 3}, torch::kFloat32)
        .div_(255)
        .permute({0, 3, 1, 2});
}

Tensor labelTensor(const LabelMap& labels) {
    return bytes(labels.pixels.data(), {labels.height, labels.width}, torch::kInt64);
}

LabelMap toLabelMap(const Tensor& labels) {
    const Tensor all = labels.to(torch::kCPU, torch::kUInt8).contiguous();
    LabelMap map(int(all.size(1)), int(all.size(0)));
    std::copy_n(all.data_ptr<std::uint8_t>(), map.pixels.size(), map.pixels.begin());
    return map;
}

torch::Tensor likeliestClasses(const torch::Tensor& logits) {
    return logits.argmax(1).to(torch::kCPU, torch::kUInt8).contiguous();
}

Raster<float> toRaster(const Tensor& values) {
    const Tensor all = values.to(torch::kCPU, torch::kFloat32).contiguous();
    Raster<float> raster(int(all.size(1)), int(all.size(0)), all.dim() == 3 ? int(all.size(2)) : 1);
    std::copy_n(all.data_ptr<float>(), raster.pixels.size(), raster.pixels.begin());
    return raster;
}

Raster<float> toClassRaster(const Tensor& values) {
    return toRaster(values.permute({1, 2, 0}));
}

}  // namespace vitrine
