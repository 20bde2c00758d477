// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/picture_output.h"

#include <ATen/Parallel.h>

#include <atomic>
#include <bit>
#include <cstring>
#include <vector>

#include "core/nets/picture_pixel.h"

// The program is built for any x86-64 processor; this function exists for newer ones, too.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define VITRINE_VECTOR_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define VITRINE_VECTOR_CLONES
#endif

static_assert(std::endian::native == std::endian::little, "pixels are written as words");

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
    const std::int64_t height = channels.maps.size(1), width = channels.maps.size(2),
                       stride = channels.maps.size(-1);
    if (!channels.isPhases) return {data + (n * height + y) * width * stride, 2 * stride, stride};
    return {data + ((n * height + y / 2) * width * 4 + y % 2 * 2) * stride, 4 * stride, stride};
}

/// A row as planes, so that the arithmetic below runs in vectors.
struct RowPlanes {
    std::vector<float> red, green, blue, mask;
    explicit RowPlanes(std::int64_t width) : red(std::size_t(width)), green(red), blue(red), mask(red) {}
};

void gatherRow(const PixelRow& rgb, const PixelRow& mask, std::int64_t numMaskChannels, RowPlanes& planes) {
    const float maskScale = 1.0f / float(numMaskChannels);
    const auto width = std::int64_t(planes.red.size());
    for (std::int64_t x = 0; x < width; ++x) {
        const float* colour = rgb.at(x);
        const float* cover = mask.at(x);
        planes.red[std::size_t(x)] = colour[0];
        planes.green[std::size_t(x)] = colour[1];
        planes.blue[std::size_t(x)] = colour[2];
        float sum = cover[0];
        for (std::int64_t c = 1; c < numMaskChannels; ++c) sum += cover[c];
        planes.mask[std::size_t(x)] = sum * maskScale;
    }
}

/// Returns 0, or NaN if any number was not finite. `out`: one RGBA pixel a word.
VITRINE_VECTOR_CLONES float packRow(const float* red,
                                    const float* green,
                                    const float* blue,
                                    const float* mask,
                                    std::int64_t width,
                                    std::uint32_t* out) {
    float poison = 0;
    for (std::int64_t x = 0; x < width; ++x) {
        poison += poisonOf(red[x], green[x], blue[x], mask[x]);
        out[x] = premultipliedPixel(red[x], green[x], blue[x], mask[x]);
    }
    return poison;
}

}  // namespace

OutputChannels outputChannels(const torch::Tensor& output,
                              bool isPhases,
                              std::int64_t first,
                              std::int64_t count) {
    auto maps = output.permute({0, 2, 3, 1}).to(torch::kCPU, torch::kFloat32).contiguous();
    if (isPhases) maps = maps.view({maps.size(0), maps.size(1), maps.size(2), 4, maps.size(3) / 4});
    return {maps, isPhases, first, count};
}

bool writePremultiplied(const OutputChannels& rgb, const OutputChannels& mask, std::span<std::uint8_t> out) {
    const std::int64_t size = rgb.size(), numRows = rgb.maps.size(0) * size;
    TORCH_CHECK(std::int64_t(out.size()) == numRows * size * 4,
                "writePremultiplied: ",
                out.size(),
                " bytes for ",
                numRows * size,
                " pixels");
    TORCH_CHECK(mask.size() == size && mask.maps.size(0) == rgb.maps.size(0),
                "writePremultiplied: mask and RGB differ in size");
    std::atomic<bool> finite = true;
    at::parallel_for(0, numRows, kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
        float poison = 0;
        RowPlanes planes(size);
        std::vector<std::uint32_t> words(std::size_t(size), 0);
        for (std::int64_t row = begin; row < end; ++row) {
            const std::int64_t n = row / size, y = row % size;
            gatherRow(rowOf(rgb, n, y), rowOf(mask, n, y), mask.count, planes);
            poison += packRow(planes.red.data(),
                              planes.green.data(),
                              planes.blue.data(),
                              planes.mask.data(),
                              size,
                              words.data());
            std::memcpy(out.data() + row * size * 4, words.data(), std::size_t(size) * 4);
        }
        if (poison != 0) finite = false;
    });
    return finite;
}

}  // namespace vitrine
