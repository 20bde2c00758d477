// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/animation.h"

#include <algorithm>
#include <cmath>

namespace vitrine {

double eased(AnimationEasing easing, double fraction) {
    switch (easing) {
        case AnimationEasing::Linear:
            break;
        case AnimationEasing::Smooth:
            return fraction * fraction * (3 - 2 * fraction);
        case AnimationEasing::SlowStart:
            return fraction * fraction;
        case AnimationEasing::SlowEnd:
            return 1 - (1 - fraction) * (1 - fraction);
    }
    return fraction;
}

double animationPosition(const AnimationTiming& timing, double seconds) {
    const double passes = std::max(0.0, seconds) / timing.secondsPerPass;
    const double fraction = passes - std::floor(passes);
    switch (timing.loop) {
        case AnimationLoop::Once:
            return eased(timing.easing, std::min(passes, 1.0));
        case AnimationLoop::Loop:
            return eased(timing.easing, fraction);
        case AnimationLoop::PingPong:
            break;
    }
    const bool back = std::fmod(std::floor(passes), 2.0) == 1;
    return eased(timing.easing, back ? 1 - fraction : fraction);
}

double animationTimeOf(const AnimationTiming& timing, double position) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 40; ++i) {
        const double middle = (low + high) / 2;
        (eased(timing.easing, middle) < position ? low : high) = middle;
    }
    return (low + high) / 2 * timing.secondsPerPass;
}

bool animationEnded(const AnimationTiming& timing, double seconds) {
    return timing.loop == AnimationLoop::Once && seconds >= timing.secondsPerPass;
}

}  // namespace vitrine
