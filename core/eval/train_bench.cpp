// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/train_bench.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "core/nets/compute.h"
#include "core/runs/run_recorder.h"
#include "core/train/chair_task.h"
#include "core/train/learner.h"
#include "core/train/precision.h"

namespace vitrine {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMinBenchSteps = 3;

/// Steps a second, the first not counted.
template <class Step>
double stepsPerSecond(Step step, double seconds, const std::stop_token& stop) {
    step();
    const auto start = Clock::now();
    int steps = 0;
    double passed = 0;
    while ((passed < seconds || steps < kMinBenchSteps) && !stop.stop_requested()) {
        step();
        ++steps;
        passed = std::chrono::duration<double>(Clock::now() - start).count();
    }
    return steps / std::max(passed, 1e-9);
}

struct Setup {
    std::unique_ptr<ChairTask> task;
    std::shared_ptr<torch::nn::Module> network;
};

Result<std::unique_ptr<ChairTask>> openTask(const TrainBenchOptions& options) {
    const nlohmann::json config = {
        {"data", options.data.string()},
        {"batch", options.batch},
        {"stages", {{{"preset", options.preset}, {"steps", 1000000}, {"curriculumScaleStart", 1}}}}};
    VITRINE_TRY(ChairTrainConfig parsed, ChairTrainConfig::read(config));
    return ChairTask::open(std::move(parsed));
}

/// Of a task of its own, so that nothing of it is left in the peak memory.
Result<std::string> precisionOf(const TrainBenchOptions& options, torch::Device device) {
    VITRINE_TRY(const auto task, openTask(options));
    return trainingPrecision(*task, options.precision, device);
}

Result<Setup> setUp(const TrainBenchOptions& options, torch::Device device) {
    Setup setup;
    VITRINE_TRY(setup.task, openTask(options));
    VITRINE_TRY(setup.network, setup.task->makeNetwork(0));
    setup.network->to(device);
    VITRINE_CHECK(setup.task->begin(0, 0, 0, setup.network, device));
    return setup;
}

double measureOurs(Setup& setup,
                   const TrainBenchOptions& options,
                   torch::Device device,
                   TrainBench& bench,
                   const std::stop_token& stop) {
    std::vector<std::string> names;
    for (const auto& parameter : setup.network->named_parameters()) names.push_back(parameter.key());
    Learner learner(setup.network, names, setup.task->settings(), bench.precision == "bf16", device);
    learner.step(*setup.task, 1e-4, 0);
    learner.takeTimes();
    std::int64_t step = 0;
    const double rate =
        stepsPerSecond([&] { learner.step(*setup.task, 1e-4, ++step); }, options.seconds, stop);
    bench.shares = learner.takeTimes().shares();
    return rate;
}

double measureLiteral(Setup& setup, const TrainBenchOptions& options, const std::stop_token& stop) {
    auto& network = dynamic_cast<ChairGeneratorImpl&>(*setup.network);
    torch::optim::Adam adam(network.parameters(), torch::optim::AdamOptions(1e-4));
    return stepsPerSecond(
        [&] {
            setup.task->fetch();
            const auto& batch = setup.task->batch();
            adam.zero_grad();
            const auto target = batch.target.contiguous();
            chairLoss(
                literalForward(network, batch.style, batch.view, batch.theta), target, setup.task->config())
                .total.backward();
            adam.step();
        },
        options.seconds,
        stop);
}

}  // namespace

Result<TrainBench> benchTraining(const TrainBenchOptions& options, const JobContext& job) {
    VITRINE_TRY(const auto device, trainingDevice(options.device));
    VITRINE_TRY(const std::string precision, precisionOf(options, device));
    TrainBench bench{options.preset,
                     precision,
                     device.is_cpu() ? fmt::format("CPU ({} threads)", computeThreads()) : "CUDA",
                     options.batch};
    job.report({0, 2 * options.seconds, "our step"});
    VITRINE_TRY(Setup ours, setUp(options, device));
    bench.imagesPerSecond = double(options.batch) * measureOurs(ours, options, device, bench, job.stop);
    bench.peakMiB = peakResidentMiB();
    ours = {};
    job.report({0.5, options.seconds, "the literal step"});
    VITRINE_TRY(Setup literal, setUp(options, device));
    bench.literalImagesPerSecond = double(options.batch) * measureLiteral(literal, options, job.stop);
    job.report({1, 0, "done"});
    if (job.stop.stop_requested())
        return Error{ErrorCode::InvalidArgument, "The measurement was stopped before its end."};
    return bench;
}

}  // namespace vitrine
