// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/correspondence/correspondence_state.h"
#include "ui/shell/state_store.h"

namespace vitrine {

/// Holds the panel's state.
class CorrespondenceStore : public StateStore<CorrespondenceState> {
    Q_OBJECT
public:
    explicit CorrespondenceStore(UndoHistory& undo, QObject* parent = nullptr)
        : StateStore(undo, QStringLiteral("correspondence"), parent) {}

    const CorrespondenceState& state() const { return settledState(); }

Q_SIGNALS:
    void changed();

private:
    void stateChanged() override { Q_EMIT changed(); }
};

}  // namespace vitrine
