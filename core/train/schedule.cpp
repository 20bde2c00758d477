// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vitrine {

double Schedule::at(std::int64_t step) const {
    const double warm = warmupSteps > 0 ? std::min(1.0, double(step + 1) / double(warmupSteps)) : 1.0;
    switch (kind) {
        case ScheduleKind::Constant: return warm * learningRate;
        case ScheduleKind::Cosine: {
            const double done = std::clamp(double(step) / double(std::max<std::int64_t>(steps, 1)), 0.0, 1.0);
            return warm * learningRate * 0.5 * (1 + std::cos(std::numbers::pi * done));
        }
        case ScheduleKind::Halve: {
            const std::int64_t over = step - halveAfter;
            const std::int64_t halvings = over < 0 || halveEvery <= 0 ? 0 : 1 + over / halveEvery;
            return warm * learningRate * std::pow(0.5, double(halvings));
        }
    }
    return learningRate;
}

}  // namespace vitrine
