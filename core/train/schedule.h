// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace vitrine {

enum class ScheduleKind {
    Constant,
    Cosine,  ///< down to 0 at the end
    Halve    ///< constant for `halveAfter` steps, then halved every `halveEvery`. Source: Dosovitskiy et al. 2015, section 4
};

/// The learning rate over one stage of a training.
struct Schedule {
    ScheduleKind kind = ScheduleKind::Cosine;
    double learningRate = 6e-4;
    std::int64_t steps = 0;
    std::int64_t warmupSteps = 100;  ///< linear from 0
    std::int64_t halveAfter = 0;
    std::int64_t halveEvery = 0;

    /// `step` counts from 0 within the stage.
    double at(std::int64_t step) const;
};

}  // namespace vitrine
