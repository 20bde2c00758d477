// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "ui/panel_kit/state_store.h"
#include "ui/panels/sampling/sampling_state.h"

namespace vitrine {

/// A panel's StateStore, as seen by what knows only the sampling in its state. The store outlives it. Thread:
/// GUI.
struct SamplingStore {
    using Edit = std::function<void(SamplingState&)>;
    using Change = std::function<void(const QString& key, const QString& text, const Edit& edit)>;

    template <class State>
    explicit SamplingStore(StateStore<State>& store)
        : signalSource(&store),
          state([&store]() -> const SamplingState& { return store.state(); }),
          change([&store](const auto&... step) { store.change(step...); }),
          changeOnce([&store](const auto&... step) { store.changeOnce(step...); }) {}

    StateStoreBase* signalSource;
    std::function<const SamplingState&()> state;
    Change change, changeOnce;
};

}  // namespace vitrine
