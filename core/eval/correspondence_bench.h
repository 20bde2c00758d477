// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/base/result.h"
#include "core/sessions/correspondence_session.h"

namespace vitrine {

struct CorrespondenceBenchOptions {
    std::filesystem::path model;
    CorrespondenceRequest request;  ///< a morph
    int numRounds = 3;
    int numThreads = 0;
};

/// Times of one match, medians over the rounds.
struct CorrespondenceBench {
    double totalMs = 0;    ///< ours: pictures, flows both ways over threads, both concatenations
    double literalMs = 0;  ///< zero-unpooling and convolution picture by picture, flows one after the other,
                           ///< the same concatenations
    std::map<std::string, double> shares;  ///< of ours: generate, flow, concatenate
    int numFrames = 0, numFlows = 0;
    std::string device;

    double ratio() const { return literalMs / totalMs; }
};

/// Both ways in turns, so that a busy neighbour slows both. Errors: those of the weight file and of the
/// session; Busy (stopped).
Result<CorrespondenceBench> benchCorrespondence(const CorrespondenceBenchOptions& options,
                                                const JobContext& job);

}  // namespace vitrine
