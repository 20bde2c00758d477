// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace vitrine {

/// A diagonal Gaussian for each image of a batch. Shapes: both [N, Z, ...] float32. Where there is no
/// log-variance, z is the mean.
struct LatentGaussian {
    torch::Tensor mean, logVariance;

    /// mean + exp(logVariance / 2) noise. Shapes: noise as the mean, standard normal, the caller's.
    torch::Tensor sample(const torch::Tensor& noise) const;
    /// log N(z; mean, variance) with its constant. Shapes: z as the mean (or one for all) -> [N].
    torch::Tensor logDensity(const torch::Tensor& z) const;
    /// The same Gaussian `count` times over for each image. Shapes: [N, ...] -> [N count, ...].
    LatentGaussian repeated(std::int64_t count) const;
};

/// KL(q || p) of each image and channel, analytic, in nats. Shapes: [N, Z, ...] -> [N, Z].
torch::Tensor klPerChannel(const LatentGaussian& q, const LatentGaussian& p);

/// log-variances are clamped to this, so that their exponential stays a number. Source: papers.md D3.
inline constexpr double kMaxLogVariance = 10;

}  // namespace vitrine
