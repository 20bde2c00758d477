// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/segmentation_state.h"

#include <algorithm>

namespace vitrine {

void setPicture(SegmentationState& state, SegmentationPicture picture) {
    const Image& image = picture.image;
    state.marks = {LabelMap(image.width, image.height), LabelMap(image.width, image.height, kUnknownLabel)};
    state.picture = std::make_shared<const SegmentationPicture>(std::move(picture));
    state.pinned.clear();
    state.chosen = -1;
}

bool hasObserved(const SegmentationState& state) {
    const auto& labels = state.marks.observed.pixels;
    return std::any_of(labels.begin(), labels.end(), [](std::uint8_t l) { return l != kUnknownLabel; });
}

SegmentationRequest requestOf(const SegmentationState& state) {
    SegmentationRequest request;
    if (state.picture) {
        request.image = state.picture->image;
        request.omission = state.marks.omission;
        if (hasObserved(state)) request.observed = state.marks.observed;
        request.truth = state.picture->truth;
    }
    askSamples(state, request);
    request.numSamplingSteps = state.numSamplingSteps;
    request.numSteps = state.numSteps;
    request.numSweeps = state.numSweeps;
    request.samplingSweeps = state.samplingSweeps;
    return request;
}

bool asksTheSame(const SegmentationState& a, const SegmentationState& b) {
    return a.picture == b.picture && a.marks == b.marks && a.model == b.model && drawsTheSame(a, b) &&
           a.numSamplingSteps == b.numSamplingSteps && a.numSteps == b.numSteps &&
           a.numSweeps == b.numSweeps && a.samplingSweeps == b.samplingSweeps;
}

bool looksTheSame(const SegmentationState& a, const SegmentationState& b) {
    return a.picture == b.picture && a.numSamples == b.numSamples && a.opacity == b.opacity &&
           a.aggregate == b.aggregate && a.uncertainty == b.uncertainty && a.answer == b.answer &&
           a.order == b.order && a.pinned == b.pinned && a.chosen == b.chosen && a.pathStep == b.pathStep;
}

}  // namespace vitrine
