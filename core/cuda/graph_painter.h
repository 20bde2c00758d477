// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/nets/cuda_module.h"

namespace vitrine::cuda {

/// What one frame does: inputs [N, numInputs] float32 -> pictures [N, imageSize, imageSize, 4], all on the device.
using FrameWork = std::function<ComposedPictures(const torch::Tensor& inputs)>;

/// As CudaModule::capture().
std::unique_ptr<GraphPainter> makeGraphPainter(FrameWork work, std::int64_t numInputs, std::int64_t imageSize, std::int64_t pass);

}  // namespace vitrine::cuda
