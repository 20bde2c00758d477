// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/flow_sequence.h"

#include <atomic>
#include <mutex>

#include "core/jobs/threads.h"

namespace vitrine {

Result<SequenceFlows> flowsAlong(std::span<const Image> frames,
                                 FlowMethod method,
                                 const JobContext& job,
                                 int numThreads,
                                 const SequenceFlows& initialFlows) {
    const std::size_t numPairs = frames.empty() ? 0 : frames.size() - 1, numFlows = 2 * numPairs;
    SequenceFlows flows{std::vector<FlowField>(numPairs), std::vector<FlowField>(numPairs)};
    std::atomic<std::size_t> next = 0;
    std::size_t numDone = 0;
    std::mutex reporting;
    const auto guide = [](const std::vector<FlowField>& flows, std::size_t i) {
        return flows.empty() ? FlowField() : flows[i];
    };
    runOnThreads(numThreads, numFlows, [&] {
        for (std::size_t i; (i = next++) < numFlows && !job.stop.stop_requested();) {
            const std::size_t pair = i / 2;
            if (i % 2 == 0)
                flows.forward[pair] =
                    opticalFlow(frames[pair], frames[pair + 1], method, guide(initialFlows.forward, pair));
            else
                flows.backward[numPairs - 1 - pair] =
                    opticalFlow(frames[pair + 1],
                                frames[pair],
                                method,
                                guide(initialFlows.backward, numPairs - 1 - pair));
            const std::lock_guard lock(reporting);
            job.report({double(++numDone) / double(numFlows), -1, "optical flow"});
        }
    });
    if (job.stop.stop_requested()) return Error{ErrorCode::Busy, "The matching was cancelled."};
    return flows;
}

}  // namespace vitrine
