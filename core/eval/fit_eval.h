// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/data/packed_chairs.h"
#include "core/jobs/job.h"
#include "core/sessions/chair_fit.h"
#include "core/sessions/chair_session.h"

namespace vitrine {

/// One unseen chair, fitted from one picture. PSNR of RGB on white. Units: dB.
struct FitEvalChair {
    std::string id, nearestId;  ///< the second: of the training chair that is nearest at the given view
    ChairView given, fitted;
    double givenViewPsnr = 0;   ///< of the generated chair against the picture, as it was cut out
    double otherViewsPsnr = 0;  ///< mean over 8 other views, style alone, theta = 0
    double nearestChairPsnr = 0, meanChairPsnr = 0;  ///< of the baselines, on the same other views
    double azimuthErrorDeg = 0;  ///< NaN where the chair looks nearly the same from elsewhere
    double seconds = 0;
    bool converged = false;
};

struct FitEval {
    std::vector<FitEvalChair> chairs;
};

struct FitEvalOptions {
    int numChairs = 1000;     ///< at most
    bool validation = false;  ///< the scans that are not reserved, to make choices on
    std::uint64_t seed = 0;   ///< of the given views and of the fits
};

/// Fits the chairs of a set that the network does not know; of scans the reserved ones only. Baselines, on
/// the other views: the nearest chair (RGB, L2, at the true view) of those in the set that the network knows,
/// and the network's mean style. Stops: between steps. Errors: InvalidArgument (no unseen chair, another
/// size, too few views), those of the sessions; Busy (stopped).
Result<FitEval> evaluateFit(ChairFitSession& fitter,
                            ChairSession& session,
                            const PackedChairs& data,
                            const FitEvalOptions& options,
                            const JobContext& job);

}  // namespace vitrine
