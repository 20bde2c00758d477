// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/data/packed_chairs.h"
#include "core/eval/transfer_models.h"
#include "core/jobs/job.h"
#include "core/metrics/chair_score.h"

namespace vitrine {

/// The columns of the table: each number of kTransferAzimuths, then targets given at 20 degrees and drawn at
/// 30.
std::vector<TransferViews> transferSettings();

/// A method's pictures of unseen views of the targets.
struct TransferRow {
    std::string method;
    std::vector<ChairScore> scores;  ///< by setting; 0 views where no network has it
};

struct TransferEval {
    std::vector<TransferRow> rows;
    std::size_t numTargets = 0, numSources = 0;
};

/// Scores networks with and without transfer, both readings of it, beside the nearest source chair on the
/// given views and the nearest given view. Several networks of one setting (seeds) are averaged. Stops:
/// between networks. Errors: InvalidArgument (a data set that does not fit the networks), those of
/// ChairSession::generate(), Busy (stopped). Source: papers.md B6.
Result<TransferEval> evaluateTransfer(std::vector<TransferModel>& models,
                                      const PackedChairs& data,
                                      const JobContext& job);

/// As on the slides: for each number of azimuths the way from one given azimuth to the next, with transfer
/// above without; the first and the last picture of a row are at given views. Rows without a network are
/// white. Shapes: [H, W, 3]. Errors: InvalidArgument (`target` is none of the networks' targets), those of
/// ChairSession::generate().
Result<Image> transferStrips(std::vector<TransferModel>& models, const std::string& target);

}  // namespace vitrine
