// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <span>

namespace vitrine {

/// Channels of a network's output as they lie in memory.
/// Shapes: maps [N, H, W, C] float32 contiguous, a picture's pixels; or [N, H/2, W/2, 4, C] with the pixels
/// of 2x2 cells together.
struct OutputChannels {
    torch::Tensor maps;
    bool isPhases = false;
    std::int64_t first = 0;  ///< channel to begin with
    std::int64_t count = 0;

    std::int64_t size() const { return isPhases ? 2 * maps.size(1) : maps.size(1); }
};

/// Output of a stream, channels-last, of any floating type. `phases`: from PackedUpConvolution::forwardPhases
/// in merged form.
OutputChannels outputChannels(const torch::Tensor& output,
                              bool isPhases,
                              std::int64_t first,
                              std::int64_t count);

/// Clamps the mask (the mean of its channels) to [0, 1] and RGB to [0, mask], and rounds to 8 bits.
/// Shapes: out [N, S, S, 4]. Returns false if a number is not finite.
bool writePremultiplied(const OutputChannels& rgb, const OutputChannels& mask, std::span<std::uint8_t> out);

}  // namespace vitrine
