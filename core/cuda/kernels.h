// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cuda_runtime_api.h>

#include <cstdint>

/// What runs on the device, without a torch header: nvcc compiles the kernels in seconds. All pointers are the device's; a launch
/// only queues, and its errors are cudaGetLastError()'s.
namespace vitrine::cuda {

enum class Element { Float32, Float16, BFloat16 };

/// Channels of pictures as they lie in memory. Shapes: [N, C, S/2, 2, S/2, 2]. Units: strides in elements.
struct CellMaps {
    const void* data;
    std::int64_t picture, channel, row, rowInCell, column, columnInCell;  ///< strides
    int numChannels;
};

/// Premultiplied RGBA pixels; over `*background` where it is not null (a pointer of the host's). `notFinite` becomes 1 if a
/// number is not finite. Shapes: out [N, side, side] words, red in the lowest byte.
void launchCompose(const CellMaps& rgb,
                   const CellMaps& mask,
                   Element element,
                   int numPictures,
                   int side,
                   const std::uint32_t* background,
                   std::uint32_t* out,
                   int* notFinite,
                   cudaStream_t stream);

/// Sums of a layer, of `factor` x `factor` pixels a cell. Shapes: sums [N, H, W, C, factor, factor], bias [C],
/// out [N, factor H, factor W, C].
struct LayerSums {
    const void *sums, *bias;
    void* out;
    std::int64_t numPictures, height, width, channels;
    int factor;
};
/// Adds the bias, activates, and puts the pixels in their places.
void launchFinish(const LayerSums& layer, Element element, float leakySlope, cudaStream_t stream);

/// Pictures to transform, by index out of a data set. Shapes: pictures [V, side, side, 4], indices [N], theta [N, 8],
/// out [N, side, side, 4]; NaN where an index is out of range.
struct Augmentation {
    const std::uint8_t* pictures;
    std::int64_t numPictures;
    const std::int64_t* indices;
    const float* theta;
    int batch, side;
    float* out;
};
void launchAugment(const Augmentation& work, cudaStream_t stream);

}  // namespace vitrine::cuda
