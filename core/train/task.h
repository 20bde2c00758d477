// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/runs/train_settings.h"

namespace vitrine {

/// What a step minimises, and its parts for the curves. All scalars, averaged over the batch; `parts` are
/// detached.
struct LossTerms {
    torch::Tensor total;
    std::vector<std::pair<std::string, torch::Tensor>> parts;
};

/// How good the network is now: numbers for the curves, and a sheet of truths and predictions.
struct TaskScore {
    std::map<std::string, double> metrics;
    Image sheet;  ///< [H, W, 3]
};

/// What a recipe brings to the trainer: data, network, objective and score of one configuration. What a batch
/// holds is a function of (seed, step) alone. Thread: the trainer's.
class TrainTask {
public:
    virtual ~TrainTask() = default;
    virtual const TrainSettings& settings() const = 0;
    virtual std::vector<TrainStage> stages() const = 0;
    virtual std::string dataHash() const = 0;
    virtual std::int64_t imagesPerEpoch() const = 0;

    /// A stage's network with the initial weights that the seed gives.
    virtual Result<std::shared_ptr<torch::nn::Module>> makeNetwork(std::size_t stage) const = 0;
    /// Whether a parameter learns in this stage. `isFresh`: it was not taken over from the stage before.
    virtual bool learns(std::size_t /*stage*/, const std::string& /*name*/, bool /*isFresh*/) const {
        return true;
    }
    /// What a parameter's learning rate is times the schedule's; none: all learn at the same rate.
    virtual std::function<double(const std::string&)> rateOf() const { return {}; }
    /// Whether a parameter belongs into weight files; what only helps the training does not.
    virtual bool isExported(const std::string& /*name*/) const { return true; }
    /// From here on batches are those of `stage`, whose first step is `stageStart`; the next fetch is of
    /// `step`.
    virtual Status begin(std::size_t stage,
                         std::int64_t stageStart,
                         std::int64_t step,
                         std::shared_ptr<torch::nn::Module> network,
                         torch::Device device) = 0;
    /// Takes the next batch; what it waits is the data's share of the time.
    virtual void fetch() = 0;
    virtual LossTerms loss() = 0;
    /// Scores the network as it is (the trainer puts the average in its place) on held-out and training data.
    virtual Result<TaskScore> score() = 0;
    /// Architecture, options and classes, as a weight file's metadata wants them.
    virtual std::map<std::string, std::string> metadata() const = 0;
};

/// The base of the task of a StagedConfig. A task is opened by
///   static Result<std::unique_ptr<Task>> open(Config config);
template <class Config>
class StagedTask : public TrainTask {
public:
    explicit StagedTask(Config config) : m_config(std::move(config)) {}
    const TrainSettings& settings() const override { return m_config.settings; }
    std::vector<TrainStage> stages() const override {
        return {m_config.stages.begin(), m_config.stages.end()};
    }

protected:
    Config m_config;
};

}  // namespace vitrine
