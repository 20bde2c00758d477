// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sessions/segmentation_session.h"

namespace vitrine {

/// What of a request a model can answer: without a truth of other labels, held channels that it has not, and
/// known labels that it does not know or cannot follow; one sample where all would be the same.
SegmentationRequest answerable(SegmentationRequest request, const SegmentationModelInfo& info);
/// Whether a model can answer a request. Errors: InvalidArgument saying what is wrong and what to do.
Status checkRequest(const SegmentationRequest& request, const SegmentationModelInfo& info);
/// The labels that an answer needs no network for: the observed ones, else the true ones where the picture is
/// seen. Empty where none is known, or none is left to find. Shapes: [size, size].
LabelMap knownLabels(const SegmentationRequest& request, int size);
/// The true labels but those that were given. Shapes: [size, size]; empty without a truth.
LabelMap labelsToFind(const SegmentationRequest& request, int size);
/// Adds the measures of all samples together: their diversity, and the scores where the request brings the
/// truth.
void finishScores(const SegmentationRequest& request,
                  const SegmentationModelInfo& info,
                  SegmentationResult& result);

}  // namespace vitrine
