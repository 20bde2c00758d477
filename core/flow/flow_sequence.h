// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/flow/optical_flow.h"
#include "core/jobs/job.h"

namespace vitrine {

/// Flows between the neighbours of a sequence, ready to be concatenated.
struct SequenceFlows {
    std::vector<FlowField> forward;   ///< [t]: from frame t to t + 1
    std::vector<FlowField> backward;  ///< [t]: from frame N - 1 - t to N - 2 - t
};

/// Both ways between all neighbours, pairs shared out over `numThreads` (0 = one a core). `initialFlows`:
/// none, or one for each flow, about which is looked. Shapes: frames [H, W, 1 or 3], of one size. Stops:
/// between flows. Errors: Busy (stopped).
Result<SequenceFlows> flowsAlong(std::span<const Image> frames,
                                 FlowMethod method,
                                 const JobContext& job = {},
                                 int numThreads = 0,
                                 const SequenceFlows& initialFlows = {});

}  // namespace vitrine
