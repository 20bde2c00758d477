// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/fields.h"
#include "core/nets/segmenter_info.h"

namespace vitrine {

/// What the user chose about the samples of a network's answer: the base of a panel's state.
struct SamplingState {
    static constexpr int kMaxSamples = 100;
    static constexpr double kMaxTemperature = 1.5;
    static constexpr int kPathSteps = 25;  ///< pictures from one pinned sample to another, ends included

    int numSamples = 16;
    quint64 seed = 1;
    double temperature = 1;  ///< temperature of the samples; see SamplingOptions
    std::vector<ForcedChannel> forced;
    QList<int> pinned;
    int chosen = -1;   ///< sample that is looked at; -1: none
    int pathStep = 0;  ///< from the first pinned sample to the second
    bool operator==(const SamplingState&) const = default;
};

/// Samples that are drawn no more are neither pinned nor chosen.
void setNumSamples(SamplingState& state, int count);
void togglePin(SamplingState& state, int sample);
/// Another seed: nothing is pinned.
void drawAgain(SamplingState& state);
/// Holds a channel at so many deviations from the prior's mean; 0 lets go of it.
void holdChannel(SamplingState& state, int channel, double deviations);
/// The first two pinned samples; none where there are not two.
std::optional<std::pair<int, int>> pathEnds(const SamplingState& state);
/// Whether both ask for the same samples.
bool drawsTheSame(const SamplingState& a, const SamplingState& b);

/// The fields "pinned", "chosen" and "path": what no recipe needs.
void bindPins(FieldSet& fields, SamplingState& state);

template <class Request>
void askSamples(const SamplingState& state, Request& request) {
    request.numSamples = state.numSamples;
    request.seed = state.seed;
    request.temperature = state.temperature;
    request.forced = state.forced;
}
/// A panel draws no more samples, and no wider, than its sliders have.
template <class Request>
void takeSamples(SamplingState& state, const Request& request) {
    state.numSamples = std::min(request.numSamples, SamplingState::kMaxSamples);
    state.seed = request.seed;
    state.temperature = std::min(request.temperature, SamplingState::kMaxTemperature);
    state.forced = request.forced;
}

}  // namespace vitrine
