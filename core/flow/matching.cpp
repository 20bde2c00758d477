// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/matching.h"

#include <chrono>
#include <cmath>
#include <thread>
#include <utility>

namespace vitrine {
namespace {

class Stopwatch {
public:
    /// Milliseconds since the start or the last lap.
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        return std::chrono::duration<double, std::milli>(now - std::exchange(m_begin, now)).count();
    }

private:
    std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

}  // namespace

std::vector<std::size_t> keysOf(std::size_t numFrames, int stride) {
    std::vector<std::size_t> keys;
    for (std::size_t t = 0; t + 1 < numFrames; t += std::size_t(stride)) keys.push_back(t);
    keys.push_back(numFrames - 1);
    return keys;
}

Result<Matching> matchAlong(std::span<const Image> frames,
                            FlowMethod method,
                            const JobContext& job,
                            int numThreads,
                            int stride,
                            const SequenceFlows& initialFlows) {
    if (frames.size() < 2)
        return Error{ErrorCode::InvalidArgument, "One frame shows no motion; ask for two frames or more."};
    if (stride < 1)
        return Error{ErrorCode::InvalidArgument,
                     "Flows go from frame to frame; ask for a stride of one frame or more."};
    Matching matching;
    Stopwatch watch;
    std::vector<Image> keyFrames;
    matching.keys = keysOf(frames.size(), stride);
    for (const std::size_t key : matching.keys) keyFrames.push_back(frames[key]);
    VITRINE_TRY(matching.steps, flowsAlong(keyFrames, method, job, numThreads, initialFlows));
    matching.flowMs = watch.lap();
    {
        const std::jthread other([&] { matching.backward = concatenated(matching.steps.backward); });
        matching.forward = concatenated(matching.steps.forward);
    }
    findErrors(matching);
    matching.concatenateMs = watch.lap();
    return matching;
}

void findErrors(Matching& matching) {
    matching.forwardError = roundTripError(matching.forward, matching.backward);
    matching.backwardError = roundTripError(matching.backward, matching.forward);
}

std::vector<PixelPoint> trailOverFrames(const Matching& matching, PixelPoint point) {
    std::vector<PixelPoint> places = trailOf(matching.steps.forward, point);
    const PixelPoint end = advect(matching.forward, point);
    const float missingX = end.x - places.back().x, missingY = end.y - places.back().y;
    for (std::size_t k = 0; k < places.size(); ++k) {
        const float share = float(matching.keys[k]) / float(matching.keys.back());
        places[k].x += share * missingX, places[k].y += share * missingY;
    }
    std::vector<PixelPoint> trail{point};
    for (std::size_t k = 1; k < matching.keys.size(); ++k) {
        const std::size_t length = matching.keys[k] - matching.keys[k - 1];
        for (std::size_t i = 1; i <= length; ++i) {
            const float share = float(i) / float(length);
            trail.push_back({std::lerp(places[k - 1].x, places[k].x, share),
                             std::lerp(places[k - 1].y, places[k].y, share)});
        }
    }
    return trail;
}

}  // namespace vitrine
