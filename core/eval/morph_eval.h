// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/packed_chairs.h"
#include "core/eval/morph_truth.h"
#include "core/jobs/job.h"
#include "core/metrics/bootstrap.h"
#include "core/recipe/morph_trust.h"
#include "core/sessions/chair_session.h"

namespace vitrine {

struct MorphEvalOptions {
    int numPairs = 200;
    int numFrames = 64;      ///< of a morph, both ends included; at least 2
    int numTruthPairs = 60;  ///< at most; as many as the model's family styles give
    std::uint64_t seed = 0;
};

/// Ambiguity and fragmentation of the masks at one place of a morph: means over its pictures.
struct MorphMaskScores {
    double ambiguity = 0;   ///< sum of 4 m (1 - m) over the mean boundary length of the two chairs' renders
    double components = 0;  ///< 8-connected components of m > 1/2
    double outside = 0;     ///< share of the area outside the largest component
};

/// The morph between two catalogue chairs at one view.
struct MorphPairScores {
    std::string from, to;
    int fromIndex = 0, toIndex = 0;  ///< class indices of the model
    ChairView view;
    MorphMaskScores real;                  ///< renders of both chairs
    MorphMaskScores ends;                  ///< generator at 0 and 1
    MorphMaskScores quarter;               ///< at 0.25 and 0.75
    MorphMaskScores middle;                ///< at 0.5
    MorphMaskScores beyond;                ///< at -0.3 and 1.3
    std::vector<MorphMaskScores> profile;  ///< at trustPositions()
    double jump = 0;                       ///< largest step between neighbouring frames over the mean step
    bool isBetween = false;  ///< the middle's area and boundary lie between those of the ends, 15 % allowed
    double lost = 0;  ///< share of the pictures beyond whose area leaves half to twice the nearer end's
    double changeWithin = 0;  ///< mean change from 0 to 0.3 and from 0.7 to 1
    double changeBeyond = 0;  ///< mean change from -0.3 to 0 and from 1 to 1.3
};

struct MorphEval {
    std::vector<MorphPairScores> pairs;
    std::vector<MorphTruthScores> truth;  ///< empty while a model has no pair of family styles of one build
};

/// A measure over all pairs. The key names its place in the command line's answer, e.g. "middle.ambiguity".
struct MorphFigure {
    std::string key;
    double mean = 0;
    Interval interval;  ///< 95 %, bootstrap by chair model
};

/// Measures of the pairs, then those of the truth where there are any. "beyond.moves" is the mean change
/// beyond the ends over that within: 0 where extrapolation stands still.
std::vector<MorphFigure> figuresOf(const MorphEval& eval);

/// Means over the pairs along the style slider.
TrustProfile profileOf(const MorphEval& eval, const std::string& weightsHash);

/// Morphs pairs of chairs that the model and the data set have in common, at views of the training grid that
/// neither chair holds out. Pair i follows from the seed, i and the data set alone. Stops: between groups of
/// pairs. Errors: those of sharedViews() and ChairSession::generate(); InvalidArgument (fewer than two chairs
/// in common, or a data set smaller than the model's pictures); Busy (stopped).
Result<MorphEval> evaluateMorphs(ChairSession& session,
                                 const PackedChairs& data,
                                 const MorphEvalOptions& options,
                                 const JobContext& job);

}  // namespace vitrine
