// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <functional>
#include <vector>

#include "core/nets/chair_generator.h"

namespace vitrine {

/// Channels of pictures, as rows and columns of 2 x 2 cells; views of what the last convolutions made,
/// nothing is moved. Shapes: rgb [N, 3, S/2, 2, S/2, 2], mask [N, maskChannels, S/2, 2, S/2, 2].
struct ChairCells {
    torch::Tensor rgb, mask;
};
/// Shapes: [N, C, S/2, 2, S/2, 2] -> [N, C, S, S], and back.
torch::Tensor pictureOfCells(const torch::Tensor& cells);
torch::Tensor cellsOfPicture(const torch::Tensor& picture);

/// What follows a layer's sum: bias and activation, and the four pixels of each cell put in their places.
/// Shapes: sums [N, C] -> the same; or [N, 4 C, H, W] as phaseKernel orders them -> [N, C, 2H, 2W];
/// channels-last. bias [C].
using FinishLayer =
    std::function<torch::Tensor(const torch::Tensor& sums, const torch::Tensor& bias, double leakySlope)>;
/// In plain LibTorch, for any device.
torch::Tensor finishLayer(const torch::Tensor& sums, const torch::Tensor& bias, double leakySlope);

/// The chair generator for looking at on an accelerator: the same numbers as ChairGenerator to rounding, out
/// of few operations. The three inputs' branches are one, their weights blocks on a diagonal; each
/// up-convolution is a plain convolution that makes the four pixels of a cell, channels-last, with empty maps
/// added until tensor cores take it. Thread: one at a time.
class DeviceChairGenerator {
public:
    /// Weights are copied. `type`: torch::kHalf, kBFloat16 or kFloat32.
    DeviceChairGenerator(ChairGeneratorImpl& network,
                         torch::Device device,
                         torch::Dtype type,
                         FinishLayer finish = finishLayer);

    /// Shapes: inputs [N, numStyles + 4 + thetaSize], that is style, view and theta side by side, float32 on
    /// the device.
    ChairCells forward(const torch::Tensor& inputs) const;
    std::int64_t numInputs() const { return m_options.numStyles + 4 + m_options.thetaSize; }
    std::int64_t imageSize() const { return m_options.imageSize(); }

private:
    struct Layer {
        torch::Tensor weight, bias;  ///< [in, out], or [4 Cout, Cin, 3, 3]
    };
    struct Stream {
        Layer fc5;
        std::vector<Layer> hidden;
        Layer last;
        std::int64_t outChannels;
    };
    Layer denseLayer(const torch::Tensor& weight, const torch::Tensor& bias) const;
    Stream streamOf(PaintStreamImpl& stream) const;
    torch::Tensor runDense(const Layer& layer, const torch::Tensor& input) const;
    torch::Tensor runStream(const Stream& stream, const torch::Tensor& joint) const;

    ChairGeneratorOptions m_options;
    torch::TensorOptions m_place;  ///< device and type
    FinishLayer m_finish;
    std::vector<Layer> m_joint;  ///< FC-1 to FC-4
    Stream m_rgb;
    std::vector<Stream> m_mask;  ///< empty with one stream
};

}  // namespace vitrine
