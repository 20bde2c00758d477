// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include "core/base/random.h"

namespace vitrine {

/// On the CPU; its numbers are a function of the keys, see Rng.
inline torch::Generator generatorOf(std::initializer_list<std::uint64_t> keys) {
    return at::make_generator<at::CPUGeneratorImpl>(Rng(keys).next());
}

inline void fillNormal(torch::Tensor parameter, double deviation, torch::Generator& generator) {
    torch::NoGradGuard noGrad;
    parameter.normal_(0, deviation, generator);
}

}  // namespace vitrine
