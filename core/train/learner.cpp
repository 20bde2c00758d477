// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/learner.h"

#include <ATen/autocast_mode.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace vitrine {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kHistogramBins = 64;

/// Adds the time since the last lap to a sum.
class Laps {
public:
    void lap(double& sum) {
        const auto now = Clock::now();
        sum += std::chrono::duration<double>(now - m_last).count();
        m_last = now;
    }

private:
    Clock::time_point m_last = Clock::now();
};

NamedParameters chosen(const torch::nn::Module& network, const std::vector<std::string>& names) {
    NamedParameters learned;
    for (auto& parameter : network.named_parameters()) {
        const bool learns = std::find(names.begin(), names.end(), parameter.key()) != names.end();
        parameter.value().set_requires_grad(learns);
        if (learns) learned.insert(parameter.key(), parameter.value());
    }
    return learned;
}

LayerHistogram::Bins binsOf(const torch::Tensor& tensor) {
    if (!tensor.defined()) return {};
    const auto values = tensor.detach().to(torch::kCPU, torch::kFloat32).flatten();
    const auto [low, high] = values.aminmax();
    LayerHistogram::Bins bins{low.item<double>(), high.item<double>(), {}};
    if (!std::isfinite(bins.low) || !std::isfinite(bins.high)) return {};
    if (bins.low == bins.high) {  // a layer that begins with zeros: all in one bin without a width
        bins.counts = {values.numel()};
        return bins;
    }
    const auto counts =
        torch::histc(values, kHistogramBins, bins.low, bins.high).to(torch::kInt64).contiguous();
    bins.counts.assign(counts.data_ptr<std::int64_t>(), counts.data_ptr<std::int64_t>() + counts.numel());
    return bins;
}

}  // namespace

Bf16Scope::Bf16Scope(bool enabled, torch::DeviceType device) : m_enabled(enabled), m_device(device) {
    if (!m_enabled) return;
    at::autocast::set_autocast_dtype(m_device, at::kBFloat16);
    at::autocast::set_autocast_enabled(m_device, true);
}

Bf16Scope::~Bf16Scope() {
    if (!m_enabled) return;
    at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(m_device, false);
}

std::map<std::string, double> StepTimes::shares() const {
    const double all = std::max(total(), 1e-12);
    return {{"data", data / all},
            {"forward", forward / all},
            {"backward", backward / all},
            {"optimiser", optimiser / all}};
}

Learner::Learner(std::shared_ptr<torch::nn::Module> network,
                 const std::vector<std::string>& learned,
                 const TrainSettings& settings,
                 bool bf16,
                 torch::Device device,
                 const RateOf& rateOf)
    : m_network(std::move(network)),
      m_learned(chosen(*m_network, learned)),
      m_settings(settings),
      m_bf16(bf16),
      m_device(device),
      m_optimiser(makeOptimiser(m_learned, settings, rateOf)),
      m_average(m_network->named_parameters(), settings.averageDecay) {}

Learner::Outcome Learner::step(TrainTask& task, double learningRate, std::int64_t stepInStage) {
    Laps laps;
    task.fetch();
    laps.lap(m_times.data);
    m_network->zero_grad();
    LossTerms loss;
    {
        const Bf16Scope scope(m_bf16, m_device.type());
        loss = task.loss();
    }
    laps.lap(m_times.forward);
    loss.total.backward();
    laps.lap(m_times.backward);
    m_lastLoss = loss.total.item<double>();
    const double norm = gradientNorm();
    const bool finite = std::isfinite(m_lastLoss) && std::isfinite(norm);
    if (finite) {
        clipGradients(norm);
        m_optimiser->step(learningRate);
        m_average.update(stepInStage);
        addToMeans(loss, norm);
    }
    laps.lap(m_times.optimiser);
    return finite ? Outcome::Taken : Outcome::NotFinite;
}

double Learner::gradientNorm() const {
    std::vector<torch::Tensor> gradients;
    for (const auto& parameter : m_learned)
        if (parameter.value().grad().defined()) gradients.push_back(parameter.value().grad());
    if (gradients.empty()) return 0;
    return torch::stack(at::_foreach_norm(gradients)).norm().item<double>();
}

void Learner::clipGradients(double norm) const {
    if (m_settings.gradientClip <= 0 || norm <= m_settings.gradientClip) return;
    torch::NoGradGuard noGrad;
    for (const auto& parameter : m_learned)
        if (parameter.value().grad().defined())
            parameter.value().mutable_grad().mul_(m_settings.gradientClip / norm);
}

void Learner::addToMeans(const LossTerms& loss, double norm) {
    m_sums["loss"] += m_lastLoss;
    m_sums["gradientNorm"] += norm;
    for (const auto& [name, value] : loss.parts) m_sums[name] += value.item<double>();
    ++m_numSummed;
}

Result<TaskScore> Learner::score(TrainTask& task) {
    swapAverage();
    auto score = [&] {
        const Bf16Scope scope(m_bf16, m_device.type());
        return task.score();
    }();
    swapAverage();
    return score;
}

std::vector<LayerHistogram> Learner::histograms() const {
    std::vector<LayerHistogram> layers;
    for (const auto& parameter : m_network->named_parameters())
        layers.push_back({parameter.key(), binsOf(parameter.value()), binsOf(parameter.value().grad())});
    return layers;
}

std::map<std::string, double> Learner::takeMeans() {
    auto means = std::exchange(m_sums, {});
    for (auto& [name, sum] : means) sum /= double(std::max<std::int64_t>(m_numSummed, 1));
    m_numSummed = 0;
    return means;
}

StepTimes Learner::takeTimes() {
    return std::exchange(m_times, {});
}

std::int64_t Learner::numParameters() const {
    std::int64_t total = 0;
    for (const auto& parameter : m_network->parameters()) total += parameter.numel();
    return total;
}

}  // namespace vitrine
