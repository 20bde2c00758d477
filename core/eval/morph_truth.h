// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/sessions/chair_session.h"

namespace vitrine {

/// Two family styles of one build, with a view.
struct MorphTruthPair {
    std::string from, to;
    int fromIndex = 0, toIndex = 0;              ///< class indices of the model
    std::uint64_t fromNumber = 0, toNumber = 0;  ///< of the family
    ChairView view;
};

/// The generator's middle between two family styles beside the truth: the picture of the interpolated shape.
struct MorphTruthScores {
    std::string from, to;
    int fromIndex = 0, toIndex = 0;
    ChairView view;
    double psnr = 0, iou = 0;                    ///< of the generator's middle. Units: dB
    double crossFadePsnr = 0, crossFadeIou = 0;  ///< of the mean of the generator's two end pictures
};

/// Pairs of the model's family styles that can be interpolated and between which nothing is trained on, at
/// most `count`, at views of the training grid. Seed: `seed`.
std::vector<MorphTruthPair> drawTruthPairs(const ChairModelInfo& model, int count, std::uint64_t seed);

/// Errors: those of ChairSession::generate() and ChairModel::load().
Result<MorphTruthScores> scoreTruth(ChairSession& session, const MorphTruthPair& pair);

}  // namespace vitrine
