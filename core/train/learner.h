// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/runs/metrics_file.h"
#include "core/train/optimiser.h"
#include "core/train/task.h"

namespace vitrine {

/// Mixed precision on a device while in scope. Source: bf16 autocast of LibTorch.
class Bf16Scope {
public:
    Bf16Scope(bool enabled, torch::DeviceType device = torch::kCPU);
    ~Bf16Scope();
    Bf16Scope(const Bf16Scope&) = delete;
    Bf16Scope& operator=(const Bf16Scope&) = delete;

private:
    bool m_enabled;
    torch::DeviceType m_device;
};

/// Seconds that the parts of the steps took.
struct StepTimes {
    double data = 0, forward = 0, backward = 0, optimiser = 0;
    double total() const { return data + forward + backward + optimiser; }
    std::map<std::string, double> shares() const;
};

/// A network that learns: its optimiser, its average, and what one step does. Thread: one.
class Learner {
public:
    /// `learned`: names of the parameters that learn; the others stay as they are. `rateOf`: as of
    /// makeOptimiser().
    Learner(std::shared_ptr<torch::nn::Module> network,
            const std::vector<std::string>& learned,
            const TrainSettings& settings,
            bool bf16,
            torch::Device device,
            const RateOf& rateOf = {});

    enum class Outcome { Taken, NotFinite };
    /// One step of gradient descent on the task's next batch. Where the loss or a gradient is not finite
    /// nothing is changed.
    Outcome step(TrainTask& task, double learningRate, std::int64_t stepInStage);

    /// Exchanges network and average; calling it twice changes nothing.
    void swapAverage() { m_average.swap(); }
    /// Scores the average. Errors: the task's.
    Result<TaskScore> score(TrainTask& task);
    /// Weights, and gradients of the last step, of every layer.
    std::vector<LayerHistogram> histograms() const;

    /// Means over the steps since the last call: loss, its parts, gradient norm.
    std::map<std::string, double> takeMeans();
    StepTimes takeTimes();
    double lastLoss() const { return m_lastLoss; }

    const std::shared_ptr<torch::nn::Module>& network() const { return m_network; }
    WeightAverage& average() { return m_average; }
    Optimiser& optimiser() { return *m_optimiser; }
    std::int64_t numParameters() const;

private:
    double gradientNorm() const;
    void clipGradients(double norm) const;
    void addToMeans(const LossTerms& loss, double norm);

    std::shared_ptr<torch::nn::Module> m_network;
    NamedParameters m_learned;
    TrainSettings m_settings;
    bool m_bf16;
    torch::Device m_device;
    std::unique_ptr<Optimiser> m_optimiser;
    WeightAverage m_average;
    StepTimes m_times;
    std::map<std::string, double> m_sums;
    std::int64_t m_numSummed = 0;
    double m_lastLoss = 0;
};

}  // namespace vitrine
