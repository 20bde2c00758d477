// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/picture_output.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>

namespace vitrine {
namespace {

constexpr std::int64_t kRowsPerTask = 32;

std::uint8_t toByte(float value) { return std::uint8_t(value * 255 + 0.5f); }

/// One row of one picture. Returns 0, or NaN if any number was not finite.
float writeRow(const OutputChannels& rgb, const OutputChannels& mask, std::int64_t n, std::int64_t y, std::uint8_t* out) {
    const float maskScale = 1.0f / float(mask.count);
    float poison = 0;
    for (std::int64_t x = 0; x < rgb.size(); ++x, out += 4) {
        const float* colour = rgb.pixel(n, y, x);
        const float* cover = mask.pixel(n, y, x);
        float sum = 0;
        for (std::int64_t c = 0; c < mask.count; ++c) sum += cover[c];
        const float alpha = std::clamp(sum * maskScale, 0.0f, 1.0f);
        poison += (sum + colour[0] + colour[1] + colour[2]) * 0.0f;
        for (int c = 0; c < 3; ++c) out[c] = toByte(std::clamp(colour[c], 0.0f, alpha));
        out[3] = toByte(alpha);
    }
    return poison;
}

}  // namespace

const float* OutputChannels::pixel(std::int64_t n, std::int64_t y, std::int64_t x) const {
    const auto* data = static_cast<const float*>(maps.const_data_ptr());
    const std::int64_t height = maps.size(1), width = maps.size(2);
    if (!isPhases) return data + ((n * height + y) * width + x) * maps.size(3) + first;
    const std::int64_t cell = (n * height + y / 2) * width + x / 2;
    return data + (cell * 4 + 2 * (y % 2) + x % 2) * maps.size(4) + first;
}

OutputChannels outputChannels(const torch::Tensor& output, bool isPhases, std::int64_t first, std::int64_t count) {
    auto maps = output.permute({0, 2, 3, 1}).to(torch::kCPU, torch::kFloat32).contiguous();
    if (isPhases) maps = maps.view({maps.size(0), maps.size(1), maps.size(2), 4, maps.size(3) / 4});
    return {maps, isPhases, first, count};
}

bool writePremultiplied(const OutputChannels& rgb, const OutputChannels& mask, std::span<std::uint8_t> out) {
    const std::int64_t size = rgb.size(), numRows = rgb.maps.size(0) * size;
    TORCH_CHECK(std::int64_t(out.size()) == numRows * size * 4, "writePremultiplied: ", out.size(), " bytes for ", numRows * size, " pixels");
    TORCH_CHECK(mask.size() == size && mask.maps.size(0) == rgb.maps.size(0), "writePremultiplied: mask and RGB differ in size");
    std::atomic<bool> finite = true;
    at::parallel_for(0, numRows, kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
        float poison = 0;
        for (std::int64_t row = begin; row < end; ++row) {
            poison += writeRow(rgb, mask, row / size, row % size, out.data() + row * size * 4);
        }
        if (poison != 0) finite = false;
    });
    return finite;
}

}  // namespace vitrine
