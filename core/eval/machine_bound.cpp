// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/machine_bound.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <vector>

#include "core/nets/fast_chair_generator.h"
#include "core/nets/timing.h"

namespace vitrine {
namespace {

constexpr std::size_t kCopyBytes = std::size_t(256) << 20;
constexpr std::int64_t kMatrixSide = 1536;
constexpr std::int64_t kCudaMatrixSide = 8192;
constexpr int kNumRuns = 5;

double fastestSeconds(const std::function<void()>& work) {
    return fastestMs(work, kNumRuns) / 1000;
}

double copyRate() {
    std::vector<char> from(kCopyBytes, 1), to(kCopyBytes, 2);
    const std::int64_t numChunks = at::get_num_threads(), chunk = std::int64_t(kCopyBytes) / numChunks;
    const double seconds = fastestSeconds([&] {
        at::parallel_for(0, numChunks, 1, [&](std::int64_t begin, std::int64_t end) {
            std::memcpy(
                to.data() + begin * chunk, from.data() + begin * chunk, std::size_t((end - begin) * chunk));
        });
    });
    return 2.0 * double(numChunks * chunk) / seconds;
}

double productRate(torch::Dtype type) {
    const auto a = torch::rand({kMatrixSide, kMatrixSide}).to(type),
               b = torch::rand({kMatrixSide, kMatrixSide}).to(type);
    const PackedLinear packed(b, torch::zeros({kMatrixSide}), type, {});
    const double seconds =
        std::min(fastestSeconds([&] { at::mm(a, b); }), fastestSeconds([&] { packed.forward(a); }));
    return 2.0 * double(kMatrixSide) * double(kMatrixSide) * double(kMatrixSide) / seconds;
}

double cudaCopyRate() {
    const auto from =
        torch::ones({std::int64_t(kCopyBytes)}, torch::TensorOptions(torch::kCUDA).dtype(torch::kUInt8));
    auto to = torch::empty_like(from);
    return 2.0 * double(kCopyBytes) / fastestSeconds([&] {
               to.copy_(from);
               torch::cuda::synchronize();
           });
}

double cudaProductRate(torch::Dtype type) {
    const auto a = torch::rand({kCudaMatrixSide, kCudaMatrixSide}, torch::kCUDA).to(type),
               b = torch::rand_like(a);
    const double seconds = fastestSeconds([&] {
        at::mm(a, b);
        torch::cuda::synchronize();
    });
    return 2.0 * double(kCudaMatrixSide) * double(kCudaMatrixSide) * double(kCudaMatrixSide) / seconds;
}

}  // namespace

MachineBound measureMachineBound() {
    const c10::InferenceMode inference;
    return {copyRate(),
            productRate(torch::kFloat32),
            FastChairGenerator::cpuHasBFloat16() ? productRate(torch::kBFloat16) : 0};
}

MachineBound measureCudaBound() {
    const c10::InferenceMode inference;
    return {cudaCopyRate(), cudaProductRate(torch::kFloat32), cudaProductRate(torch::kHalf)};
}

}  // namespace vitrine
