// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace vitrine {

/// Rounds each channel of a vector to one of a few levels; the vector of levels is one of numCodes() tokens.
/// Source: Mentzer, Minnen, Agustsson, Tschannen 2023, "Finite scalar quantization".
class FiniteScalarQuantiser {
public:
    explicit FiniteScalarQuantiser(std::vector<std::int64_t> levels) : m_levels(std::move(levels)) {}

    /// Bounded and rounded, in [-1, 1]; the gradient passes the rounding. Shapes: [N, channels, h, w], in and
    /// out.
    torch::Tensor quantise(const torch::Tensor& vectors) const;
    /// The token of each vector that quantise() gives. Shapes: [N, channels, h, w] -> [N, h, w] int64.
    torch::Tensor tokensOf(const torch::Tensor& quantised) const;
    /// And back. Shapes: [N, h, w] int64 in [0, numCodes()) -> [N, channels, h, w] float32.
    torch::Tensor vectorsOf(const torch::Tensor& tokens) const;
    std::int64_t numChannels() const { return std::int64_t(m_levels.size()); }

private:
    torch::Tensor perChannel(double (*value)(std::int64_t level), const torch::Tensor& like) const;

    std::vector<std::int64_t> m_levels;
};

}  // namespace vitrine
