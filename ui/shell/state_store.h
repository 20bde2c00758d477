// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <functional>
#include <utility>

#include "ui/shell/undo.h"

namespace vitrine {

/// Holds a panel's state; every change goes through the undo stack. A panel derives its own from it and says
/// what happens at a change. Thread: GUI.
template <class State>
class StateStore : public QObject {
public:
    using Edit = std::function<void(State&)>;

    /// `panel` begins the keys of its steps of undo.
    StateStore(UndoHistory& undo, QString panel, QObject* parent)
        : QObject(parent), m_undo(undo), m_panel(std::move(panel)) {}

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
    void endGesture() { m_undo.endGesture(); }
    /// The state at the start; can't be undone.
    void reset(const State& state) {
        m_state = state;
        stateChanged();
    }

protected:
    virtual void stateChanged() = 0;

private:
    UndoHistory& m_undo;
    QString m_panel;
    State m_state;
};

}  // namespace vitrine
