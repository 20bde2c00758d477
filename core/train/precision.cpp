// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/precision.h"

#include <fmt/format.h>

#include "core/nets/compute.h"
#include "core/train/learner.h"

namespace vitrine {
namespace {

/// Of the same batch, by turns.
PrecisionTimes timePasses(TrainTask& task, torch::nn::Module& network) {
    const auto pass = [&](bool isBFloat16) {
        network.zero_grad();
        LossTerms loss;
        {
            const Bf16Scope scope(isBFloat16);
            loss = task.loss();
        }
        loss.total.backward();
    };
    task.fetch();
    return timeByTurns([&] { pass(false); }, [&] { pass(true); });
}

}  // namespace

Result<torch::Device> trainingDevice(const std::string& name) {
    const bool there = name != "cpu" && cudaIsAvailable();
    if (name == "cuda" && !there)
        return Error{ErrorCode::Device, "There is no usable CUDA device; choose the device cpu or auto."};
    if (!there) return torch::Device(torch::kCPU);
    at::globalContext().setBenchmarkCuDNN(
        true);  // batches are of one size: the fastest kernels are looked for once
    return torch::Device(torch::kCUDA);
}

Result<std::string> trainingPrecision(TrainTask& task,
                                      const std::string& wanted,
                                      const torch::Device& device,
                                      const PrecisionProbe& probe) {
    if (wanted != "auto") return wanted;
    if (device.is_cuda()) return std::string("bf16");
    if (!probe.hasBFloat16()) return std::string("fp32");
    const std::size_t stage = task.stages().size() - 1;
    VITRINE_TRY(const auto network, task.makeNetwork(stage));
    VITRINE_CHECK(task.begin(stage, 0, 0, network, device));
    const std::string work =
        fmt::format("{}, training, batch {}", shapesOf(task.metadata()), task.settings().batch);
    return precisionName(probe.choose(work, [&] { return timePasses(task, *network); }));
}

}  // namespace vitrine
