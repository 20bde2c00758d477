// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "core/base/result.h"
#include "core/nets/device_chair_generator.h"

/// The loadable module `libvitrine_cuda.so` of core/cuda as the rest of core sees it. Nothing links it: without nvcc it is not
/// built, without a driver it is not loaded, and what it does is then done in plain LibTorch or on the CPU.
namespace vitrine {

/// Pictures as they are shown, still on the device.
struct ComposedPictures {
    torch::Tensor pictures;   ///< [N, S, S, 4] uint8
    torch::Tensor notFinite;  ///< [1] int32; 1 if a number was not finite
};

/// A network's forward pass as a CUDA graph for each batch size, with buffers of its own. Thread: one at a time.
class GraphPainter {
public:
    virtual ~GraphPainter() = default;
    /// Shapes: inputs [N, numInputs] float32 on the CPU; out [N, S, S, 4] uint8, premultiplied. Returns false if a number is not
    /// finite. Errors: throws c10::Error (memory, lost device).
    virtual bool paint(const torch::Tensor& inputs, std::span<std::uint8_t> out) = 0;
};

/// Thread: any; the work goes to the calling thread's current stream. Errors: throws c10::Error.
class CudaModule {
public:
    using Forward = std::function<ChairCells(const torch::Tensor& inputs)>;

    virtual ~CudaModule() = default;
    /// FinishLayer as one kernel.
    virtual torch::Tensor finishLayer(const torch::Tensor& sums, const torch::Tensor& bias, double leakySlope) const = 0;
    /// writePremultiplied on the device; with a background (RGB, red in the lowest byte) over it, opaque.
    virtual ComposedPictures compose(const ChairCells& cells, std::optional<std::uint32_t> background = {}) const = 0;
    /// Captures `forward` for one picture and for `pass` pictures; other sizes when they are first asked for.
    virtual std::unique_ptr<GraphPainter> capture(Forward forward, std::int64_t numInputs, std::int64_t imageSize, std::int64_t pass) const = 0;
    /// As augmentOnDevice().
    virtual torch::Tensor augment(const torch::Tensor& pictures, const torch::Tensor& indices, const torch::Tensor& theta) const = 0;
};

/// The function by which the module hands itself over. A number in its name changes with this header.
inline constexpr const char* kCudaModuleEntry = "vitrineCudaModule1";

/// The module, looked for once: in ../lib of the program and beside it. Errors: Device (no usable GPU), NotFound (not built or
/// not installed), Unsupported (it does not load; the reason is in the detail).
Result<const CudaModule*> cudaModule();

/// applyTheta for a batch out of a whole data set on the device, as one kernel; equal to the CPU's within 1/255.
/// Shapes: pictures [V, S, S, 4] uint8 premultiplied, on the device; indices [N] int64 (into V) and theta [N, 8] float32, on
/// either; result [N, S, S, 4] float32 in [0, 1], masked RGB and mask. A picture whose index is out of range is all NaN.
/// Errors: throws c10::Error, also where cudaModule() has none: ask it first.
torch::Tensor augmentOnDevice(const torch::Tensor& pictures, const torch::Tensor& indices, const torch::Tensor& theta);

}  // namespace vitrine
