// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/picture_output.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>

namespace vitrine {
namespace {

constexpr std::int64_t kRowsPerTask = 32;

/// The pixels of one row of one picture.
struct PixelRow {
    const float* begin;
    std::int64_t cellStride;   // from a pixel to the one after the next
    std::int64_t pixelStride;  // from an even pixel to the odd one beside it

    const float* at(std::int64_t x) const { return begin + x / 2 * cellStride + x % 2 * pixelStride; }
};

PixelRow rowOf(const OutputChannels& channels, std::int64_t n, std::int64_t y) {
    const auto* data = static_cast<const float*>(channels.maps.const_data_ptr()) + channels.first;
    const std::int64_t height = channels.maps.size(1), width = channels.maps.size(2), stride = channels.maps.size(-1);
    if (!channels.isPhases) return {data + (n * height + y) * width * stride, 2 * stride, stride};
    return {data + ((n * height + y / 2) * width * 4 + y % 2 * 2) * stride, 4 * stride, stride};
}

/// Also makes 0 of NaN.
float limit(float value, float most) { return value > 0 ? std::min(value, most) : 0.0f; }
std::uint8_t toByte(float value) { return std::uint8_t(value * 255 + 0.5f); }

/// Returns 0, or NaN if any number was not finite.
float writeRow(const PixelRow& rgb, const PixelRow& mask, std::int64_t numMaskChannels, std::int64_t width, std::uint8_t* out) {
    const float maskScale = 1.0f / float(numMaskChannels);
    float poison = 0;
    for (std::int64_t x = 0; x < width; ++x, out += 4) {
        const float* colour = rgb.at(x);
        const float* cover = mask.at(x);
        float sum = 0;
        for (std::int64_t c = 0; c < numMaskChannels; ++c) sum += cover[c];
        const float alpha = limit(sum * maskScale, 1);
        poison += (sum + colour[0] + colour[1] + colour[2]) * 0.0f;
        for (int c = 0; c < 3; ++c) out[c] = toByte(limit(colour[c], alpha));
        out[3] = toByte(alpha);
    }
    return poison;
}

}  // namespace

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
            const std::int64_t n = row / size, y = row % size;
            poison += writeRow(rowOf(rgb, n, y), rowOf(mask, n, y), mask.count, size, out.data() + row * size * 4);
        }
        if (poison != 0) finite = false;
    });
    return finite;
}

}  // namespace vitrine
