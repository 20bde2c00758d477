// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "core/metrics/bootstrap.h"
#include "core/render/correspondence_set.h"
#include "core/sessions/correspondence_session.h"

namespace vitrine {

/// Mean distance of found points from the true ones. Units: pixels; NaN where there is none.
struct CorrespondenceScores {
    static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    double all = kNone, simple = kNone, difficult = kNone;
};

/// 95 % intervals of the scores, bootstrap by chair model. Units: pixels.
struct CorrespondenceIntervals {
    Interval all, simple, difficult;
};

/// One method's row of the table.
struct CorrespondenceEvalRow {
    std::string method;
    CorrespondenceScores scores;
    CorrespondenceIntervals intervals;
    double seconds = 0;  ///< a pair, mean
};

struct CorrespondenceEvalOptions {
    int numFrames = 64;
    MorphSchedule schedule = MorphSchedule::Linear;
    std::vector<FlowMethod> morphMethods{FlowMethod::Dis, FlowMethod::SiftFlow};
    std::vector<int> strides{CorrespondenceRequest().stride};  ///< a row each
    std::vector<bool> guides{true, false};                     ///< a row each, where a method can be guided
    std::vector<FlowMethod> directMethods{FlowMethod::SpatialPyramid,
                                          FlowMethod::SiftFlow,
                                          FlowMethod::Dis,
                                          FlowMethod::DeepFlow,
                                          FlowMethod::Farneback,
                                          FlowMethod::LucasKanade};
    /// With DIS among the methods a row of the paper's own setting: its flow between all neighbouring frames,
    /// unguided.
    bool hasPaperSetting = true;
    int numThreads = 0;
};

/// The set's points, found by each method: along the generator's morph, and directly between the renders of
/// both chairs. A row "no motion" leaves points where they are. Stops: between pairs. Errors: those of the
/// session and of the chairs' models; NotFound (a chair that the network lacks); Busy (stopped).
Result<std::vector<CorrespondenceEvalRow>> evaluateCorrespondence(CorrespondenceSession& session,
                                                                  const CorrespondenceSet& set,
                                                                  const CorrespondenceEvalOptions& options,
                                                                  const JobContext& job);

}  // namespace vitrine
