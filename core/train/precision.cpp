// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/precision.h"

#include "core/nets/compute.h"
#include "core/nets/fast_chair_generator.h"

namespace vitrine {

Result<torch::Device> trainingDevice(const std::string& name) {
    const bool there = name != "cpu" && cudaIsAvailable();
    if (name == "cuda" && !there)
        return Error{ErrorCode::Device, "There is no usable CUDA device; choose the device cpu or auto."};
    if (!there) return torch::Device(torch::kCPU);
    at::globalContext().setBenchmarkCuDNN(true);  // batches are of one size: the fastest kernels are looked for once
    return torch::Device(torch::kCUDA);
}

std::string trainingPrecision(const std::string& wanted, const torch::Device& device) {
    if (wanted != "auto") return wanted;
    return device.is_cuda() || FastChairGenerator::cpuHasBFloat16() ? "bf16" : "fp32";
}

}  // namespace vitrine
