// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vitrine {

enum class ScheduleKind {
    Constant,
    Cosine,  ///< down to 0 at the end
    Halve,   ///< constant for `decayAfter` steps, then times `decayFactor` every `decayEvery`. Source:
             ///< Dosovitskiy et al. 2015, section 4
    Inverse  ///< rate / (1 + decayRate x epochs beyond decayAfter), an epoch being `decayEvery` steps.
             ///< Source: papers.md A5
};

/// "constant", "cosine", "halve", "inverse": in the enum's order.
std::vector<std::string> scheduleNames();

/// The learning rate over one stage of a training.
struct Schedule {
    ScheduleKind kind = ScheduleKind::Cosine;
    double learningRate = 6e-4;
    std::int64_t steps = 0;
    std::int64_t warmupSteps = 100;  ///< linear from 0
    std::int64_t decayAfter = 0;
    std::int64_t decayEvery = 0;
    double decayRate = 1e-3;
    double decayFactor = 0.5;

    /// `step` counts from 0 within the stage.
    double at(std::int64_t step) const;
    /// What comes after it when a training is prolonged: a cosine begins again at half its height, the others
    /// stay where they are.
    Schedule goingOn(std::int64_t moreSteps) const;
};

}  // namespace vitrine
