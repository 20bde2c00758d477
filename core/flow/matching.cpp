// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/matching.h"

#include <chrono>
#include <thread>

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

Result<Matching> matchAlong(std::span<const Image> frames,
                            FlowMethod method,
                            const JobContext& job,
                            int numThreads) {
    if (frames.size() < 2)
        return Error{ErrorCode::InvalidArgument, "One frame shows no motion; ask for two frames or more."};
    Matching matching;
    Stopwatch watch;
    VITRINE_TRY(matching.steps, flowsAlong(frames, method, job, numThreads));
    matching.flowMs = watch.lap();
    {
        const std::jthread other([&] { matching.backward = concatenated(matching.steps.backward); });
        matching.forward = concatenated(matching.steps.forward);
    }
    matching.forwardError = roundTripError(matching.forward, matching.backward);
    matching.backwardError = roundTripError(matching.backward, matching.forward);
    matching.concatenateMs = watch.lap();
    return matching;
}

}  // namespace vitrine
