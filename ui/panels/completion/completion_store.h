// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/completion/completion_state.h"
#include "ui/shell/state_store.h"

namespace vitrine {

/// Holds the panel's state.
class CompletionStore : public StateStore<CompletionState> {
    Q_OBJECT
public:
    explicit CompletionStore(UndoHistory& undo, QObject* parent = nullptr)
        : StateStore(undo, QStringLiteral("completion"), parent) {}

    const CompletionState& state() const { return settledState(); }

Q_SIGNALS:
    void changed();

private:
    void stateChanged() override { Q_EMIT changed(); }
};

}  // namespace vitrine
