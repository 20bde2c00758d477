// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/batch_norm.h"

#include "core/nets/up_convolution.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr double kEpsilon = 1e-5;
constexpr double kMomentum = 0.05;  // share of a batch in the gathered mean and variance

struct BatchNormImpl : torch::nn::Module {
    explicit BatchNormImpl(std::int64_t numMaps)
        : gain(register_parameter("gain", torch::ones({numMaps}))),
          shift(register_parameter("shift", torch::zeros({numMaps}))),
          mean(register_parameter("gathered_mean", torch::zeros({numMaps}), /*requires_grad=*/false)),
          variance(register_parameter("gathered_variance", torch::ones({numMaps}), /*requires_grad=*/false)) {
    }

    Tensor forward(const Tensor& maps) {
        return at::batch_norm(
            maps, gain, shift, mean, variance, is_training(), kMomentum, kEpsilon, /*cudnn_enabled=*/true);
    }

    Tensor gain, shift, mean, variance;  // [C]
};

/// Along the dimension of the weight that counts the layer's maps.
void scale(Tensor weight, Tensor bias, std::int64_t dimension, const BatchNormImpl& norm) {
    const Tensor factor = norm.gain / (norm.variance + kEpsilon).sqrt();
    std::vector<std::int64_t> shape(std::size_t(weight.dim()), 1);
    shape[std::size_t(dimension)] = -1;
    weight.mul_(factor.view(shape));
    bias.sub_(norm.mean).mul_(factor).add_(norm.shift);
}

}  // namespace

void BatchNormsImpl::add(const std::string& layer, std::int64_t numMaps) {
    register_module(layer, std::make_shared<BatchNormImpl>(numMaps));
}

Tensor BatchNormsImpl::after(const std::string& layer, const Tensor& maps) {
    for (const auto& norm : named_children())
        if (norm.key() == layer) return norm.value()->as<BatchNormImpl>()->forward(maps);
    return maps;
}

void BatchNormsImpl::foldInto(torch::nn::Module& network) const {
    const torch::NoGradGuard noGrad;
    const auto layers = network.named_children();
    for (const auto& norm : named_children()) {
        auto& layer = *layers[norm.key()];
        const auto& values = *norm.value()->as<BatchNormImpl>();
        if (auto* conv = layer.as<torch::nn::Conv2d>())
            scale(conv->weight, conv->bias, 0, values);
        else if (auto* up = layer.as<UpConvolution>())
            scale(up->weight, up->bias, 1, values);
        else
            TORCH_CHECK(false, "BatchNorms: the layer ", norm.key(), " is no convolution");
    }
}

bool isGathered(const std::string& parameter) {
    return parameter.ends_with(".gathered_mean") || parameter.ends_with(".gathered_variance");
}

}  // namespace vitrine
