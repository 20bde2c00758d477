// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine {

enum class AnimationLoop { Once, Loop, PingPong };
enum class AnimationEasing { Linear, Smooth, SlowStart, SlowEnd };

/// How a value runs through its range.
struct AnimationTiming {
    AnimationLoop loop = AnimationLoop::PingPong;
    AnimationEasing easing = AnimationEasing::Smooth;
    double secondsPerPass = 4;  ///< from one end to the other, > 0
    bool operator==(const AnimationTiming&) const = default;
};

/// Maps a fraction of a pass to a fraction of the way; 0 and 1 stay.
double eased(AnimationEasing easing, double fraction);
/// Where an animated value is after `seconds`, in [0, 1] of its range.
double animationPosition(const AnimationTiming& timing, double seconds);
/// A time at which the animation is at `position`, so that it goes on from where the slider stands.
double animationTimeOf(const AnimationTiming& timing, double position);
bool animationEnded(const AnimationTiming& timing, double seconds);

}  // namespace vitrine
