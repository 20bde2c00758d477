// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <functional>
#include <utility>

#include "ui/shell/undo.h"

namespace vitrine {

/// The signals of a StateStore.
class StateStoreBase : public QObject {
    Q_OBJECT
public:
    /// The drag is over: the next change is a step of undo of its own.
    void endGesture() { m_undo.endGesture(); }

Q_SIGNALS:
    void changed();
    /// Something that sameSettings(a, b) of the state compares has changed; with every change where there is
    /// no such function.
    void settingsChanged();

protected:
    StateStoreBase(UndoHistory& undo, QString panel, QObject* parent)
        : QObject(parent), m_undo(undo), m_panel(std::move(panel)) {}

    UndoHistory& m_undo;
    const QString m_panel;
};

/// Holds a panel's state; every change goes through the undo stack. Thread: GUI.
template <class State>
class StateStore : public StateStoreBase {
public:
    using Edit = std::function<void(State&)>;

    /// `panel` begins the keys of its steps of undo.
    StateStore(UndoHistory& undo, const QString& panel, QObject* parent = nullptr)
        : StateStoreBase(undo, panel, parent) {}

    /// What is shown: with the overlay.
    const State& state() const { return m_shown; }
    /// What is saved and undone.
    const State& settledState() const { return m_state; }

    /// Changes with the same `key` are one step of undo until endGesture().
    void change(const QString& key, const QString& text, const Edit& edit) {
        State after = m_state;
        edit(after);
        // The stack may outlive the panel.
        m_undo.set(m_panel + u'.' + key, text, m_state, after, [store = QPointer(this)](const State& state) {
            if (store) store->reset(state);
        });
    }
    /// A change that is a step of its own.
    void changeOnce(const QString& key, const QString& text, const Edit& edit) {
        m_undo.endGesture();
        change(key, text, edit);
        m_undo.endGesture();
    }
    /// The state at the start; can't be undone.
    void reset(const State& state) {
        m_state = state;
        show();
    }

    /// Shows a change that is no step of undo, such as a running animation; it replaces an earlier one.
    void setOverlay(Edit overlay) {
        m_overlay = std::move(overlay);
        show();
    }
    /// Makes the overlay part of the state, as one step of undo.
    void keepOverlay(const QString& key, const QString& text) {
        if (!m_overlay) return;
        changeOnce(key, text, std::exchange(m_overlay, {}));
        show();
    }

private:
    void show() {
        const State before = std::exchange(m_shown, m_state);
        if (m_overlay) m_overlay(m_shown);
        if constexpr (requires { sameSettings(before, m_shown); }) {
            if (!sameSettings(before, m_shown)) Q_EMIT settingsChanged();
        } else {
            Q_EMIT settingsChanged();
        }
        Q_EMIT changed();
    }

    State m_state;
    State m_shown;
    Edit m_overlay;
};

}  // namespace vitrine
