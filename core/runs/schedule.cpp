// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vitrine {
namespace {

double numDecays(const Schedule& schedule, std::int64_t step) {
    const std::int64_t over = step - schedule.decayAfter;
    return over < 0 || schedule.decayEvery <= 0 ? 0 : double(1 + over / schedule.decayEvery);
}

double epochsOver(const Schedule& schedule, std::int64_t step) {
    const std::int64_t over = std::max<std::int64_t>(step - schedule.decayAfter, 0);
    return double(over / std::max<std::int64_t>(schedule.decayEvery, 1));
}

}  // namespace

std::vector<std::string> scheduleNames() {
    return {"constant", "cosine", "halve", "inverse"};
}

double Schedule::at(std::int64_t step) const {
    const double warm = warmupSteps > 0 ? std::min(1.0, double(step + 1) / double(warmupSteps)) : 1.0;
    switch (kind) {
        case ScheduleKind::Constant:
            break;
        case ScheduleKind::Cosine: {
            const double done = std::clamp(double(step) / double(std::max<std::int64_t>(steps, 1)), 0.0, 1.0);
            return warm * learningRate * 0.5 * (1 + std::cos(std::numbers::pi * done));
        }
        case ScheduleKind::Halve:
            return warm * learningRate * std::pow(decayFactor, numDecays(*this, step));
        case ScheduleKind::Inverse:
            return warm * learningRate / (1 + decayRate * epochsOver(*this, step));
    }
    return warm * learningRate;
}

Schedule Schedule::goingOn(std::int64_t moreSteps) const {
    Schedule next = *this;
    next.steps = moreSteps;
    if (kind == ScheduleKind::Cosine) {
        next.learningRate = learningRate / 2;
    } else {
        next.kind = ScheduleKind::Constant;
        next.learningRate = at(steps);
        next.warmupSteps = 0;
    }
    return next;
}

}  // namespace vitrine
