// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/sampling/sampling_state.h"

#include <QRandomGenerator>

namespace vitrine {

void setNumSamples(SamplingState& state, int count) {
    state.numSamples = count;
    state.pinned.removeIf([count](int sample) { return sample >= count; });
    if (state.chosen >= count) state.chosen = -1;
}

void togglePin(SamplingState& state, int sample) {
    if (state.pinned.removeAll(sample) == 0) state.pinned << sample;
}

void drawAgain(SamplingState& state) {
    constexpr int kMaxSeed = 999'999;
    state.seed = quint64(QRandomGenerator::global()->bounded(1, kMaxSeed));
    state.pinned.clear();
}

void holdChannel(SamplingState& state, int channel, double deviations) {
    std::erase_if(state.forced, [channel](const ForcedChannel& each) { return each.channel == channel; });
    if (deviations != 0) state.forced.push_back({channel, deviations});
}

std::optional<std::pair<int, int>> pathEnds(const SamplingState& state) {
    if (state.pinned.size() < 2) return {};
    return std::pair(state.pinned[0], state.pinned[1]);
}

bool drawsTheSame(const SamplingState& a, const SamplingState& b) {
    return a.numSamples == b.numSamples && a.seed == b.seed && a.temperature == b.temperature &&
           a.forced == b.forced;
}

void bindPins(FieldSet& fields, SamplingState& state) {
    constexpr int kLastSample = SamplingState::kMaxSamples - 1;
    fields.list("pinned", state.pinned, FieldRange{0, kLastSample});
    fields.integer("chosen", state.chosen, {-1, kLastSample});
    fields.integer("path", state.pathStep, {0, SamplingState::kPathSteps - 1}).formerly("way");
}

}  // namespace vitrine
