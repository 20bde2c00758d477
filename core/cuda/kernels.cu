// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cuda/kernels.h"

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

#include "core/data/theta_pixel.h"
#include "core/nets/picture_pixel.h"

namespace vitrine::cuda {
namespace {

constexpr int kThreads = 256;
constexpr int kThetaValues = 8;

unsigned blocksFor(std::int64_t count) { return unsigned((count + kThreads - 1) / kThreads); }

/// Calls `launch` with a value of the element's type.
template <class Launch>
void withElement(Element element, const Launch& launch) {
    switch (element) {
        case Element::Float32: return launch(float());
        case Element::Float16: return launch(__half());
        case Element::BFloat16: return launch(__nv_bfloat16());
    }
}

/// One pixel of pictures.
struct Place {
    int picture, row, column;
};

template <class T>
__device__ float valueAt(const CellMaps& maps, const Place& at, int channel) {
    const std::int64_t offset = at.picture * maps.picture + channel * maps.channel + at.row / 2 * maps.row + at.row % 2 * maps.rowInCell +
                                at.column / 2 * maps.column + at.column % 2 * maps.columnInCell;
    return float(static_cast<const T*>(maps.data)[offset]);
}

template <class T>
__device__ float meanAt(const CellMaps& maps, const Place& at) {
    float sum = valueAt<T>(maps, at, 0);
    for (int c = 1; c < maps.numChannels; ++c) sum += valueAt<T>(maps, at, c);
    return sum * (1.0f / float(maps.numChannels));
}

template <class T>
__global__ void compose(CellMaps rgb, CellMaps mask, int side, bool hasBackground, std::uint32_t background, std::uint32_t* out, int* notFinite) {
    const int pixel = int(blockIdx.x * blockDim.x + threadIdx.x);
    if (pixel >= side * side) return;
    const Place at{int(blockIdx.y), pixel / side, pixel % side};
    const float red = valueAt<T>(rgb, at, 0), green = valueAt<T>(rgb, at, 1), blue = valueAt<T>(rgb, at, 2), cover = meanAt<T>(mask, at);
    const std::uint32_t premultiplied = premultipliedPixel(red, green, blue, cover);
    out[std::int64_t(at.picture) * side * side + pixel] = hasBackground ? pixelOver(premultiplied, background) : premultiplied;
    if (poisonOf(red, green, blue, cover) != 0) *notFinite = 1;
}

/// A thread reads one channel of one cell and writes it to each of the cell's pixels.
template <class T>
__global__ void finish(LayerSums layer, float leakySlope) {
    const std::int64_t index = std::int64_t(blockIdx.x) * blockDim.x + threadIdx.x;
    if (index >= layer.numPictures * layer.height * layer.width * layer.channels) return;
    const std::int64_t channel = index % layer.channels, cell = index / layer.channels;
    const std::int64_t x = cell % layer.width, rowOfAll = cell / layer.width;  // pictures lie on top of one another
    const float bias = float(static_cast<const T*>(layer.bias)[channel]);
    const int numPixels = layer.factor * layer.factor;
    for (int pixel = 0; pixel < numPixels; ++pixel) {
        const float value = float(static_cast<const T*>(layer.sums)[index * numPixels + pixel]) + bias;
        const std::int64_t row = rowOfAll * layer.factor + pixel / layer.factor, column = x * layer.factor + pixel % layer.factor;
        static_cast<T*>(layer.out)[(row * layer.width * layer.factor + column) * layer.channels + channel] = T(value > 0 ? value : value * leakySlope);
    }
}

__global__ void augment(Augmentation work) {
    __shared__ ThetaTransform theta;
    const int n = int(blockIdx.y), numPixels = work.side * work.side;
    if (threadIdx.x == 0) theta = thetaTransform(work.theta + n * kThetaValues);
    __syncthreads();
    const int pixel = int(blockIdx.x * blockDim.x + threadIdx.x);
    if (pixel >= numPixels) return;
    const std::int64_t index = work.indices[n];
    float values[4] = {NAN, NAN, NAN, NAN};
    if (index >= 0 && index < work.numPictures) {
        const ThetaSource source{work.pictures + index * numPixels * 4, work.side, work.side};
        const int row = pixel / work.side, column = pixel % work.side;
        if (theta.moves) movedPixel(source, theta.source, row, column, values);
        else keptPixel(source, row, column, values);
        if (theta.colours) turnColour(theta.colour, values);
    }
    reinterpret_cast<float4*>(work.out)[std::int64_t(n) * numPixels + pixel] = make_float4(values[0], values[1], values[2], values[3]);
}

}  // namespace

void launchCompose(const CellMaps& rgb,
                   const CellMaps& mask,
                   Element element,
                   int numPictures,
                   int side,
                   const std::uint32_t* background,
                   std::uint32_t* out,
                   int* notFinite,
                   cudaStream_t stream) {
    cudaMemsetAsync(notFinite, 0, sizeof *notFinite, stream);
    withElement(element, [&](auto zero) {
        compose<decltype(zero)><<<dim3(blocksFor(side * side), unsigned(numPictures)), kThreads, 0, stream>>>(
            rgb, mask, side, background != nullptr, background ? *background : 0, out, notFinite);
    });
}

void launchFinish(const LayerSums& layer, Element element, float leakySlope, cudaStream_t stream) {
    const std::int64_t count = layer.numPictures * layer.height * layer.width * layer.channels;
    withElement(element, [&](auto zero) { finish<decltype(zero)><<<blocksFor(count), kThreads, 0, stream>>>(layer, leakySlope); });
}

void launchAugment(const Augmentation& work, cudaStream_t stream) {
    augment<<<dim3(blocksFor(work.side * work.side), unsigned(work.batch)), kThreads, 0, stream>>>(work);
}

}  // namespace vitrine::cuda
