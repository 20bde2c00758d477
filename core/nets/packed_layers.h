// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace vitrine {

/// What follows a layer's sum. A slope of 0 is ReLU.
struct Activation {
    bool present = false;
    double leakySlope = 0;
};

/// A fully connected layer for inference on the CPU: weights in oneDNN's own layout and precision, activation
/// fused. Shapes: weight [out, in], input [N, in], output [N, out] of the layer's type.
class PackedLinear {
public:
    PackedLinear() = default;
    PackedLinear(const torch::Tensor& weight,
                 const torch::Tensor& bias,
                 torch::Dtype type,
                 Activation activation);
    torch::Tensor forward(const torch::Tensor& input) const;

private:
    torch::Tensor m_weight, m_bias;
    Activation m_activation;
};

/// Two ways to compute an up-convolution; which is faster depends on the number of output channels.
enum class UpForm {
    Transposed,   ///< stride-2 transposed convolution: fewest operations
    MergedPhases  ///< one convolution whose output holds the four pixels of each 2x2 cell: more operations,
                  ///< but fuller vectors
};

/// An up-convolution for inference on the CPU, packed likewise.
/// Shapes: weight [Cin, Cout, k, k] as UpConvolution's, input [N, Cin, H, W] channels-last.
class PackedUpConvolution {
public:
    PackedUpConvolution(const torch::Tensor& weight,
                        const torch::Tensor& bias,
                        torch::Dtype type,
                        Activation activation,
                        UpForm form,
                        std::int64_t inputSize);
    /// The form that is faster for so many output channels. A rule, not a probe, so that the same picture is
    /// made of the same roundings at every start.
    static UpForm formFor(std::int64_t outChannels);

    /// Shapes: output [N, Cout, 2H, 2W] channels-last.
    torch::Tensor forward(const torch::Tensor& input) const;
    /// The same numbers as they come out: with MergedPhases [N, 4 Cout, H, W], where channel (2 a + b) Cout +
    /// c at (y, x) is channel c at (2 y + a, 2 x + b).
    torch::Tensor forwardPhases(const torch::Tensor& input) const;
    UpForm form() const { return m_form; }

private:
    torch::Tensor m_weight, m_bias;
    Activation m_activation;
    UpForm m_form;
    std::int64_t m_padding;
    std::int64_t m_outChannels;
};

}  // namespace vitrine
