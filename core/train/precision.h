// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <string>

#include "core/base/result.h"

namespace vitrine {

/// Where to train. `name`: auto | cpu | cuda. Errors: Device (cuda asked for and not there).
Result<torch::Device> trainingDevice(const std::string& name);
/// "bf16" or "fp32". `wanted` auto: bf16 where the device multiplies it natively.
std::string trainingPrecision(const std::string& wanted, const torch::Device& device);

}  // namespace vitrine
