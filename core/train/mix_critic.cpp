// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/mix_critic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

constexpr std::int64_t kFirstMaps = 32, kMaxMaps = 128, kLastSide = 4;
constexpr double kSlope = 0.2;

torch::Tensor fixedIf(bool isFixed, const torch::Tensor& weight) {
    return isFixed ? weight.detach() : weight;
}

}  // namespace

MixCriticImpl::MixCriticImpl(std::int64_t imageSize) {
    std::int64_t in = 4, out = kFirstMaps;
    for (std::int64_t side = imageSize; side > kLastSide; side /= 2) {
        const auto options = torch::nn::Conv2dOptions(in, out, 4).stride(2).padding(1);
        convolutions.push_back(
            register_module(fmt::format("conv_{}", convolutions.size() + 1), torch::nn::Conv2d(options)));
        in = out;
        out = std::min(2 * out, kMaxMaps);
    }
    last = register_module("last", torch::nn::Linear(in * kLastSide * kLastSide, 1));
}

void MixCriticImpl::initialise(torch::Generator generator) {
    const torch::NoGradGuard noGrad;
    const double gain = 2 / (1 + kSlope * kSlope);
    for (auto& layer : convolutions) {
        layer->weight.normal_(0, std::sqrt(gain / double(layer->weight[0].numel())), generator);
        layer->bias.zero_();
    }
    last->weight.normal_(0, std::sqrt(1 / double(last->weight.numel())), generator);
    last->bias.zero_();
}

torch::Tensor MixCriticImpl::forward(const torch::Tensor& pictures, bool isFixed) const {
    auto maps = pictures.contiguous(at::MemoryFormat::ChannelsLast);
    for (const auto& layer : convolutions)
        maps = at::leaky_relu(at::conv2d(maps,
                                         fixedIf(isFixed, layer->weight),
                                         fixedIf(isFixed, layer->bias),
                                         /*stride=*/2,
                                         /*padding=*/1),
                              kSlope);
    return at::linear(maps.flatten(1), fixedIf(isFixed, last->weight), fixedIf(isFixed, last->bias))
        .squeeze(1);
}

torch::Tensor criticLoss(const MixCriticImpl& critic,
                         const torch::Tensor& styles,
                         const torch::Tensor& mixes,
                         const torch::Tensor& shares) {
    return critic.forward(styles.detach()).square().mean() +
           (critic.forward(mixes.detach()) - shares).square().mean();
}

torch::Tensor mixLoss(const MixCriticImpl& critic, const torch::Tensor& mixes) {
    return critic.forward(mixes, /*isFixed=*/true).square().mean();
}

}  // namespace vitrine
