// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/latent_gaussian.h"

#include <numbers>

namespace vitrine {

using torch::Tensor;

Tensor LatentGaussian::sample(const Tensor& noise) const {
    return logVariance.defined() ? mean + (0.5 * logVariance).exp() * noise : mean;
}

Tensor LatentGaussian::logDensity(const Tensor& z) const {
    const double constant = std::log(2 * std::numbers::pi);
    const auto each = -0.5 * (constant + logVariance + (z - mean).square() * (-logVariance).exp());
    return each.flatten(1).sum(1);
}

LatentGaussian LatentGaussian::repeated(std::int64_t count) const {
    return {mean.repeat_interleave(count, 0),
            logVariance.defined() ? logVariance.repeat_interleave(count, 0) : Tensor()};
}

Tensor klPerChannel(const LatentGaussian& q, const LatentGaussian& p) {
    const auto logRatio = q.logVariance - p.logVariance;
    const auto each =
        0.5 * (logRatio.exp() - 1 - logRatio + (q.mean - p.mean).square() * (-p.logVariance).exp());
    return each.flatten(1).view({q.mean.size(0), q.mean.size(1), -1}).sum(2);
}

}  // namespace vitrine
