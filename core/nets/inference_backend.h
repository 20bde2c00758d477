// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/nets/chair_generator.h"
#include "core/nets/fast_chair_generator.h"

namespace vitrine {

/// A batch of inputs of the generator. Shapes: style [N, numStyles], view [N, 4], theta [N,
/// thetaSize]; float32, CPU.
struct ChairInputs {
    torch::Tensor style, view, theta;
    std::vector<LayerBoost> boosts = {};  ///< for backends on the CPU
};

/// A network that is ready to compute pictures on a device. Thread: one at a time.
struct InferenceBackend {
    std::string device;  ///< e.g. "CPU, bf16"
    /// Shapes: out [N, S, S, 4] uint8, premultiplied. Returns false if a number is not finite. Errors: throws
    /// what LibTorch throws.
    std::function<bool(const ChairInputs&, std::span<std::uint8_t> out)> paint;
};

/// What the generator computes with on the CPU. Which precision is faster depends on how many pictures it
/// makes at a time.
struct ChairPrecisions {
    torch::Dtype single = torch::kFloat32;  ///< one picture, as a slider asks for
    torch::Dtype batch = torch::kFloat32;   ///< several pictures

    torch::Dtype of(std::int64_t numPictures) const { return numPictures == 1 ? single : batch; }
    /// "bf16", or "bf16, batches fp32".
    std::string name() const;
};

/// Owns: its own weights, in each of the precisions.
InferenceBackend cpuBackend(ChairGeneratorImpl& network, ChairPrecisions precisions);
/// The precision on a device for auto | fp32 | bf16: auto is fp16.
torch::Dtype devicePrecision(const std::string& name);
/// On the first CUDA device: through the module's graph, or in plain LibTorch where there is none. Errors:
/// throws c10::Error.
InferenceBackend cudaBackend(ChairGeneratorImpl& network, torch::Dtype type = torch::kHalf);

}  // namespace vitrine
