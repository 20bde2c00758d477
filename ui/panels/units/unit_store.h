// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/units/unit_state.h"
#include "ui/shell/state_store.h"

namespace vitrine {

/// Holds the panel's state.
class UnitStore : public StateStore<UnitState> {
    Q_OBJECT
public:
    explicit UnitStore(UndoHistory& undo, QObject* parent = nullptr)
        : StateStore(undo, QStringLiteral("units"), parent) {}

    const UnitState& state() const { return settledState(); }

Q_SIGNALS:
    void changed();

private:
    void stateChanged() override { Q_EMIT changed(); }
};

}  // namespace vitrine
