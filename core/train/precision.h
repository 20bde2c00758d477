// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <string>

#include "core/base/result.h"
#include "core/nets/precision_probe.h"
#include "core/train/task.h"

namespace vitrine {

/// Where to train. `name`: auto | cpu | cuda. Errors: Device (cuda asked for and not there).
Result<torch::Device> trainingDevice(const std::string& name);
/// "bf16" or "fp32". `wanted` auto: on a GPU bf16; on a CPU that has bf16 the faster one, timed at first use
/// by forward and backward passes of the last stage; on others fp32. The task is to begin() anew afterwards.
/// Errors: the task's.
Result<std::string> trainingPrecision(TrainTask& task,
                                      const std::string& wanted,
                                      const torch::Device& device,
                                      const PrecisionProbe& probe = PrecisionProbe::ofThisMachine());

}  // namespace vitrine
