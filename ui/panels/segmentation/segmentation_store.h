// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/segmentation/segmentation_state.h"
#include "ui/shell/state_store.h"

namespace vitrine {

/// Holds the panel's state.
class SegmentationStore : public StateStore<SegmentationState> {
    Q_OBJECT
public:
    explicit SegmentationStore(UndoHistory& undo, QObject* parent = nullptr)
        : StateStore(undo, QStringLiteral("segmentation"), parent) {}

    const SegmentationState& state() const { return settledState(); }

Q_SIGNALS:
    void changed();

private:
    void stateChanged() override { Q_EMIT changed(); }
};

}  // namespace vitrine
