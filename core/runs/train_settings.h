// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "core/runs/config_fields.h"
#include "core/runs/schedule.h"

namespace vitrine {

/// The settings of every training, whatever network it trains.
struct TrainSettings {
    std::filesystem::path data;       ///< empty: the recipe's own
    std::filesystem::path startFrom;  ///< weights to begin with; may be empty
    std::int64_t batch = 64;          ///< images a step
    std::uint64_t seed = 1;
    std::string optimiser = "adam";                    ///< adam | sgd
    double beta1 = 0.9, beta2 = 0.99, epsilon = 1e-8;  ///< of adam
    double momentum = 0.9;                             ///< of sgd
    double biasRate = 1;              ///< of sgd: learning-rate factor of fully connected layers' biases
    double weightDecay = 0;           ///< times the weight, added to its gradient
    double gradientClip = 0;          ///< largest norm of all gradients together; 0 = none
    double averageDecay = 0.999;      ///< of the exponential moving average of the weights
    std::string precision = "auto";   ///< auto | fp32 | bf16
    double checkpointMinutes = 5;     ///< 0: only at the end and when asked to
    std::int64_t previewEvery = 500;  ///< steps
};

/// A part of a training with a schedule of its own; what else a stage has belongs to the kind of training.
struct TrainStage {
    Schedule schedule;
    bool continuesPrevious =
        false;  ///< network, optimiser and average of the stage before are kept: a training prolonged

    /// Becomes the stage of `steps` steps that comes after it when a training is prolonged.
    void prolong(std::int64_t steps);
};

/// Binds them all, with what a form says of each.
void bindSettings(FieldSet& fields, TrainSettings& settings);
void bindStage(FieldSet& fields, TrainStage& stage);

}  // namespace vitrine
