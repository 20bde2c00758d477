// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimiser.h"

#include <ATen/ops/_fused_adam.h>

#include <map>
#include <string_view>

namespace vitrine {
namespace {

/// Copies `prefix + name` out of a checkpoint into tensors. Errors: BadFormat naming the key; nothing is
/// touched then.
Status loadNamed(const SafetensorsFile& file,
                 const std::string& prefix,
                 const std::vector<std::string>& names,
                 std::vector<torch::Tensor>& tensors) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto found = file.tensors().find(prefix + names[i]);
        if (found == file.tensors().end() || tensors[i].sizes() != at::IntArrayRef(found->second.shape))
            return Error{ErrorCode::BadFormat,
                         "The checkpoint does not hold \"" + prefix + names[i] + "\" in the expected shape."};
    }
    torch::NoGradGuard noGrad;
    for (std::size_t i = 0; i < names.size(); ++i)
        tensors[i].copy_(tensorFromView(file.tensors().at(prefix + names[i])));
    return {};
}

constexpr std::string_view kMean = "adam.mean.", kVelocity = "sgd.velocity.";

void addNamed(TensorSet& set,
              const std::string& prefix,
              const std::vector<std::string>& names,
              const std::vector<torch::Tensor>& tensors) {
    for (std::size_t i = 0; i < names.size(); ++i) set.add(prefix + names[i], tensors[i]);
}

struct Parameters {
    explicit Parameters(const NamedParameters& named) {
        for (const auto& item : named) names.push_back(item.key()), tensors.push_back(item.value());
    }
    std::vector<torch::Tensor> zeros() const {
        std::vector<torch::Tensor> made;
        for (const auto& tensor : tensors)
            made.push_back(torch::zeros_like(tensor, torch::TensorOptions().requires_grad(false)));
        return made;
    }
    std::vector<torch::Tensor> gradients() const {
        std::vector<torch::Tensor> made;
        for (const auto& tensor : tensors) made.push_back(tensor.grad());
        return made;
    }
    std::vector<std::string> names;
    std::vector<torch::Tensor> tensors;
};

class Adam final : public Optimiser {
public:
    Adam(const NamedParameters& parameters, const AdamOptions& options)
        : m_parameters(parameters),
          m_mean(m_parameters.zeros()),
          m_square(m_parameters.zeros()),
          m_options(options) {
        for (const auto& mean : m_mean) m_steps.push_back(torch::zeros({}, mean.options()));  // on its device
    }
    void step(double learningRate) override {
        torch::NoGradGuard noGrad;
        at::_foreach_add_(m_steps, 1);  // the kernel wants the count of this step, not of the last
        at::_fused_adam_(m_parameters.tensors,
                         m_parameters.gradients(),
                         m_mean,
                         m_square,
                         {},
                         m_steps,
                         learningRate,
                         m_options.beta1,
                         m_options.beta2,
                         m_options.weightDecay,
                         m_options.epsilon,
                         /*amsgrad=*/false,
                         /*maximize=*/false);
    }
    void addState(TensorSet& set) const override {
        addNamed(set, std::string(kMean), m_parameters.names, m_mean);
        addNamed(set, "adam.square.", m_parameters.names, m_square);
        addNamed(set, "adam.step.", m_parameters.names, m_steps);
    }
    Status loadState(const SafetensorsFile& file) override {
        VITRINE_CHECK(loadNamed(file, std::string(kMean), m_parameters.names, m_mean));
        VITRINE_CHECK(loadNamed(file, "adam.square.", m_parameters.names, m_square));
        return loadNamed(file, "adam.step.", m_parameters.names, m_steps);
    }

private:
    Parameters m_parameters;
    std::vector<torch::Tensor> m_mean, m_square, m_steps;
    AdamOptions m_options;
};

class MomentumSgd final : public Optimiser {
public:
    MomentumSgd(const NamedParameters& parameters, const MomentumSgdOptions& options)
        : m_parameters(parameters), m_velocity(m_parameters.zeros()), m_options(options) {
        for (std::size_t i = 0; i < m_parameters.names.size(); ++i)
            if (isFullyConnectedBias(m_parameters.names[i])) m_biases.push_back(i);
    }
    void step(double learningRate) override {
        torch::NoGradGuard noGrad;
        at::_foreach_mul_(m_velocity, m_options.momentum);
        at::_foreach_add_(m_velocity, m_parameters.gradients());
        if (m_options.weightDecay > 0)
            at::_foreach_add_(m_velocity, m_parameters.tensors, m_options.weightDecay);
        at::_foreach_add_(m_parameters.tensors, m_velocity, -learningRate);
        if (m_options.biasRate == 1) return;
        for (const std::size_t i : m_biases)  // the rest of their step
            m_parameters.tensors[i].add_(m_velocity[i], -learningRate * (m_options.biasRate - 1));
    }
    void addState(TensorSet& set) const override {
        addNamed(set, std::string(kVelocity), m_parameters.names, m_velocity);
    }
    Status loadState(const SafetensorsFile& file) override {
        return loadNamed(file, std::string(kVelocity), m_parameters.names, m_velocity);
    }

private:
    static bool isFullyConnectedBias(const std::string& name) {
        return name.ends_with(".bias") && name.find("fc_") != std::string::npos;
    }

    Parameters m_parameters;
    std::vector<torch::Tensor> m_velocity;
    std::vector<std::size_t> m_biases;  ///< places of the biases of fully connected layers
    MomentumSgdOptions m_options;
};

/// Parameters that learn at different rates, each group with an optimiser of its own.
class RateGroups final : public Optimiser {
public:
    void add(double rate, std::unique_ptr<Optimiser> optimiser) {
        m_groups.emplace_back(rate, std::move(optimiser));
    }
    void step(double learningRate) override {
        for (const auto& [rate, optimiser] : m_groups) optimiser->step(rate * learningRate);
    }
    void addState(TensorSet& set) const override {
        for (const auto& [rate, optimiser] : m_groups) optimiser->addState(set);
    }
    Status loadState(const SafetensorsFile& file) override {
        for (const auto& [rate, optimiser] : m_groups) VITRINE_CHECK(optimiser->loadState(file));
        return {};
    }

private:
    std::vector<std::pair<double, std::unique_ptr<Optimiser>>> m_groups;
};

std::unique_ptr<Optimiser> makeRateGroups(const NamedParameters& parameters,
                                          const TrainSettings& settings,
                                          const RateOf& rateOf) {
    std::map<double, NamedParameters> byRate;
    for (const auto& item : parameters) byRate[rateOf(item.key())].insert(item.key(), item.value());
    auto groups = std::make_unique<RateGroups>();
    for (const auto& [rate, group] : byRate) groups->add(rate, makeOptimiser(group, settings));
    return groups;
}

}  // namespace

std::vector<std::string> optimisedNames(const SafetensorsFile& file) {
    std::vector<std::string> names;
    for (const auto& [key, tensor] : file.tensors())
        for (const std::string_view prefix : {kMean, kVelocity})
            if (key.starts_with(prefix)) names.push_back(key.substr(prefix.size()));
    return names;
}

std::unique_ptr<Optimiser> makeAdam(const NamedParameters& parameters, const AdamOptions& options) {
    return std::make_unique<Adam>(parameters, options);
}

std::unique_ptr<Optimiser> makeMomentumSgd(const NamedParameters& parameters,
                                           const MomentumSgdOptions& options) {
    return std::make_unique<MomentumSgd>(parameters, options);
}

std::unique_ptr<Optimiser> makeOptimiser(const NamedParameters& parameters,
                                         const TrainSettings& s,
                                         const RateOf& rateOf) {
    if (rateOf) return makeRateGroups(parameters, s, rateOf);
    if (s.optimiser == "adam") return makeAdam(parameters, {s.beta1, s.beta2, s.epsilon, s.weightDecay});
    return makeMomentumSgd(parameters, {s.momentum, s.weightDecay, s.biasRate});
}

WeightAverage::WeightAverage(const NamedParameters& parameters, double decay) : m_decay(decay) {
    Parameters all(parameters);
    m_names = all.names;
    m_parameters = all.tensors;
    restart();
}

void WeightAverage::restart() {
    m_average.clear();
    for (const auto& parameter : m_parameters) m_average.push_back(parameter.detach().clone());
}

void WeightAverage::update(std::int64_t step) {
    if (step % kInterval != 0) return;
    torch::NoGradGuard noGrad;
    // Early on the average follows closely: its horizon never exceeds a fifth of what has been trained.
    const double decay = std::min(m_decay, 1 - 5.0 / double(step + 5));
    at::_foreach_lerp_(m_average, m_parameters, 1 - std::pow(decay, double(kInterval)));
}

void WeightAverage::swap() {
    torch::NoGradGuard noGrad;
    for (std::size_t i = 0; i < m_average.size(); ++i) {
        const auto held = m_parameters[i].detach().clone();
        m_parameters[i].copy_(m_average[i]);
        m_average[i].copy_(held);
    }
}

void WeightAverage::addState(TensorSet& set) const {
    addNamed(set, "average.", m_names, m_average);
}

Status WeightAverage::loadState(const SafetensorsFile& file) {
    return loadNamed(file, "average.", m_names, m_average);
}

}  // namespace vitrine
