// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "ui/panel_kit/state_store.h"
#include "ui/panels/sampling/sampling_state.h"

namespace vitrine {

/// A panel's store, as seen by what knows only the sampling in its state. The store outlives it. Thread: GUI.
class SamplingStore {
public:
    using Edit = std::function<void(SamplingState&)>;

    template <class State>
    explicit SamplingStore(StateStore<State>& store)
        : m_signals(&store),
          m_state([&store]() -> const SamplingState& { return store.state(); }),
          m_change([&store](const QString& key, const QString& text, const Edit& edit) {
              store.change(key, text, edit);
          }),
          m_changeOnce([&store](const QString& key, const QString& text, const Edit& edit) {
              store.changeOnce(key, text, edit);
          }) {}

    StateStoreBase* signalSource() const { return m_signals; }
    const SamplingState& state() const { return m_state(); }
    /// As those of StateStore.
    void change(const QString& key, const QString& text, const Edit& edit) const {
        m_change(key, text, edit);
    }
    void changeOnce(const QString& key, const QString& text, const Edit& edit) const {
        m_changeOnce(key, text, edit);
    }

private:
    using Change = std::function<void(const QString& key, const QString& text, const Edit& edit)>;

    StateStoreBase* m_signals;
    std::function<const SamplingState&()> m_state;
    Change m_change, m_changeOnce;
};

}  // namespace vitrine
