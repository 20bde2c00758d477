// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explore/segmentation_session.h"

namespace vitrine {

/// Whether a model can answer a request. Errors: InvalidArgument saying what is wrong and what to do.
Status checkRequest(const SegmentationRequest& request, const SegmentationModelInfo& info);
/// Adds what is told of all samples together: their diversity, and the scores where the request brings the
/// truth.
void finishScores(const SegmentationRequest& request,
                  const SegmentationModelInfo& info,
                  SegmentationResult& result);

}  // namespace vitrine
