// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <vector>

namespace vitrine {

/// Estimates from a picture how far it lies between two styles: 0 at a style, 0.5 halfway. The generator
/// learns to make pictures of mixes that it takes for those of styles. Source: Berthelot et al. 2018,
/// "Understanding and improving interpolation in autoencoders via an adversarial regularizer", section 3.
struct MixCriticImpl : torch::nn::Module {
    explicit MixCriticImpl(std::int64_t imageSize);
    void initialise(torch::Generator generator);
    /// `isFixed`: its weights get no gradient, the pictures do. Shapes: pictures [N, 4, S, S], masked RGB and
    /// mask -> [N].
    torch::Tensor forward(const torch::Tensor& pictures, bool isFixed = false) const;

    std::vector<torch::nn::Conv2d> convolutions;  ///< each halves the side, down to 4 x 4
    torch::nn::Linear last{nullptr};
};
TORCH_MODULE(MixCritic);

/// What the critic learns from, averaged over pictures. Shapes: styles [N, 4, S, S] of styles, mixes [M, 4,
/// S, S], shares [M] in [0, 0.5].
torch::Tensor criticLoss(const MixCriticImpl& critic,
                         const torch::Tensor& styles,
                         const torch::Tensor& mixes,
                         const torch::Tensor& shares);
/// What the generator learns from: how far from a style the critic takes its mixes to be, squared.
torch::Tensor mixLoss(const MixCriticImpl& critic, const torch::Tensor& mixes);

}  // namespace vitrine
