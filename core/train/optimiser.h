// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/nets/weights.h"
#include "core/runs/train_settings.h"

namespace vitrine {

/// The parameters whose optimiser state a checkpoint holds.
std::vector<std::string> optimisedNames(const SafetensorsFile& file);

/// Updates parameters from their gradients. Its state is part of a checkpoint. Thread: one.
class Optimiser {
public:
    virtual ~Optimiser() = default;
    virtual void step(double learningRate) = 0;
    virtual void addState(TensorSet& set) const = 0;
    virtual Status loadState(const SafetensorsFile& file) = 0;
};

using NamedParameters = torch::OrderedDict<std::string, torch::Tensor>;

/// Adam (Kingma, Ba 2015) through the fused kernel: one pass over each parameter.
struct AdamOptions {
    double beta1 = 0.9, beta2 = 0.99, epsilon = 1e-8, weightDecay = 0;
};
std::unique_ptr<Optimiser> makeAdam(const NamedParameters& parameters, const AdamOptions& options);

/// Stochastic gradient descent with momentum. Source: papers.md B3.
struct MomentumSgdOptions {
    double momentum = 0.9, weightDecay = 0;
    double biasRate = 1;  ///< learning-rate factor of the biases of fully connected layers (named fc_...)
};
std::unique_ptr<Optimiser> makeMomentumSgd(const NamedParameters& parameters,
                                           const MomentumSgdOptions& options);

/// Of a parameter's name: what its learning rate is times the schedule's.
using RateOf = std::function<double(const std::string&)>;
/// `rateOf`: none: all parameters learn at the schedule's rate.
std::unique_ptr<Optimiser> makeOptimiser(const NamedParameters& parameters,
                                         const TrainSettings& settings,
                                         const RateOf& rateOf = {});

/// An exponential moving average of parameters, in their place for evaluation and export.
class WeightAverage {
public:
    WeightAverage(const NamedParameters& parameters, double decay);
    /// Called after every step, counted from when the average began; it is taken each kInterval-th, with the
    /// decay of as many.
    void update(std::int64_t step);
    void restart();
    /// Exchanges network and average; calling it twice changes nothing.
    void swap();
    void addState(TensorSet& set) const;
    Status loadState(const SafetensorsFile& file);

private:
    static constexpr std::int64_t kInterval = 8;
    std::vector<std::string> m_names;
    std::vector<torch::Tensor> m_parameters, m_average;
    double m_decay;
};

}  // namespace vitrine
