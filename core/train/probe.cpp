// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/probe.h"

#include <fmt/format.h>

#include <chrono>
#include <vector>

#include "core/nets/compute.h"
#include "core/runs/run_recorder.h"
#include "core/train/learner.h"
#include "core/train/precision.h"

namespace vitrine {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMinSteps = 2;  // the first one warms up and is not counted

std::vector<std::string> parameterNames(const torch::nn::Module& network) {
    std::vector<std::string> names;
    for (const auto& parameter : network.named_parameters()) names.push_back(parameter.key());
    return names;
}

/// Seconds a step of one stage takes.
Result<double> measureStage(TrainTask& task,
                            std::size_t stage,
                            std::int64_t begin,
                            double seconds,
                            torch::Device device,
                            bool bf16,
                            TrainCost& cost,
                            const std::stop_token& stop) {
    VITRINE_TRY(const auto network, task.makeNetwork(stage));
    network->to(device);
    Learner learner(network, parameterNames(*network), task.settings(), bf16, device);
    VITRINE_CHECK(task.begin(stage, begin, begin, network, device));
    learner.step(task, 0, 0);
    const auto start = Clock::now();
    int steps = 0;
    double passed = 0;
    while ((passed < seconds || steps < kMinSteps) && !stop.stop_requested()) {
        learner.step(task, 0, ++steps);
        passed = std::chrono::duration<double>(Clock::now() - start).count();
    }
    cost.numParameters = learner.numParameters();
    return passed / std::max(steps, 1);
}

Result<TrainCost> probe(
    const TrainPlan& plan, int threads, double seconds, const JobContext& job, const std::string& precision) {
    VITRINE_TRY(const auto task, plan.open());
    setComputeThreads(threads);
    VITRINE_TRY(const auto device, trainingDevice("auto"));
    TrainCost cost;
    const std::string& wanted = precision == "auto" ? task->settings().precision : precision;
    VITRINE_TRY(cost.precision, trainingPrecision(*task, wanted, device));
    cost.device = device.is_cpu() ? fmt::format("CPU ({} threads)", computeThreads()) : "CUDA";
    cost.imagesPerEpoch = task->imagesPerEpoch();
    const auto stages = task->stages();
    double secondsAStep = 0;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        job.report({double(i) / double(stages.size()),
                    -1,
                    fmt::format("measuring stage {} of {}", i + 1, stages.size())});
        VITRINE_TRY(secondsAStep,
                    measureStage(*task,
                                 i,
                                 cost.totalSteps,
                                 seconds / double(stages.size()),
                                 device,
                                 cost.precision == "bf16",
                                 cost,
                                 job.stop));
        cost.totalSteps += stages[i].schedule.steps;
        cost.totalSeconds += secondsAStep * double(stages[i].schedule.steps);
    }
    cost.imagesPerSecond = double(task->settings().batch) / std::max(secondsAStep, 1e-9);
    cost.secondsPerEpoch = double(cost.imagesPerEpoch) / cost.imagesPerSecond;
    cost.peakMemoryMiB = peakResidentMiB();
    cost.checkpointMiB = cost.numParameters * 4 * (task->settings().optimiser == "adam" ? 4 : 3) >> 20;
    return cost;
}

}  // namespace

Result<TrainCost> probeTraining(
    const TrainPlan& plan, int threads, double seconds, const JobContext& job, const std::string& precision) {
    try {
        return probe(plan, threads, seconds, job, precision);
    } catch (const std::bad_alloc& error) {
        return Error{ErrorCode::OutOfMemory,
                     "There is not enough memory for this training; use a smaller batch or a smaller preset.",
                     error.what()};
    } catch (const c10::Error& error) {
        return Error{ErrorCode::Internal, "The training could not be measured.", error.what()};
    }
}

}  // namespace vitrine
